using System.Collections.Immutable;
using System.Globalization;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>
/// MLC3050. Weights in a layer are pulled with every release of the service and can be read by everyone who can pull it. Small
/// models belong there all the same, so it is information, once a publish.
/// </summary>
internal static class BakedModelRule
{
    /// <param name="models">Those in the publish folder.</param>
    /// <param name="externalSize">Bytes of the files beside them that hold weights of theirs.</param>
    public static IEnumerable<Finding> Check(ImmutableArray<PublishedModel> models, long externalSize)
    {
        if (models.IsEmpty)
            yield break;

        PublishedModel largest = models.MaxBy(model => model.File.Size)!;
        string total = Size(models.Sum(model => model.File.Size) + externalSize);
        string count = models.Length == 1 ? "one model file" : $"{models.Length} model files";
        yield return new Finding(
            RuleCatalog.Get("MLC3050"),
            models.Length == 1 && externalSize == 0
                ? $"The image holds the model {MessageText.Quote(largest.RelativePath)} ({largest.File.Format.Name()}, {total}): it is pulled with every release, and everyone who can pull the image can read it."
                : $"The image holds {count} ({total}, the largest is {MessageText.Quote(largest.RelativePath)}, {largest.File.Format.Name()}, {Size(largest.File.Size)}): they are pulled with every release, and everyone who can pull the image can read them.",
            $"""Where that matters, mount it at run time and keep it out of the image: <MlContainerModel Include="{MessageText.Plain(largest.RelativePath)}" Mount="true" />.""",
            largest.Source);
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB"),
        >= 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 10):0.0} KiB"),
        _ => $"{bytes} bytes",
    };
}
