using System.Buffers.Text;
using System.Text.Json;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MlContainerBuild.Tasks;

/// <summary>
/// Labels and variables as one label whose value consists of letters, digits, '-' and '_' only, so that it passes through a
/// property list that is split at ';', ':' and '='.
/// </summary>
internal static class FoldedItems
{
    /// <summary>The name of the label that carries them. It never reaches an image: the inner build takes it out again.</summary>
    public const string LabelName = "mlcontainerbuild.folded";

    public static ITaskItem Fold(IEnumerable<ITaskItem> labels, IEnumerable<ITaskItem> variables)
    {
        var content = new Content([.. labels.Select(Pair)], [.. variables.Select(Pair)]);
        return NewItem(LabelName, Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content)));

        static string[] Pair(ITaskItem item) => [item.ItemSpec, item.GetMetadata("Value")];
    }

    /// <summary>Null when <paramref name="labels"/> holds no folded items: the outer build did not fold.</summary>
    /// <exception cref="FormatException">The folded value has been changed on its way.</exception>
    public static (ITaskItem[] Labels, ITaskItem[] Variables)? Unfold(IEnumerable<ITaskItem> labels)
    {
        ITaskItem? folded = labels.FirstOrDefault(label => label.ItemSpec == LabelName);
        if (folded is null)
            return null;

        try
        {
            Content content = JsonSerializer.Deserialize<Content>(Base64Url.DecodeFromChars(folded.GetMetadata("Value")))
                ?? throw new FormatException("it is empty");
            return (Items(content.Labels), Items(content.Variables));
        }
        catch (JsonException exception)
        {
            throw new FormatException("it is not what was folded", exception);
        }

        static ITaskItem[] Items(string[][] pairs) => [.. pairs.Select(pair => NewItem(pair[0], pair[1]))];
    }

    // The literal setters escape; the constructor would read '%3B' in a value as an escape of its own.
    private static TaskItem NewItem(string include, string value)
    {
        var item = new TaskItem();
        ITaskItem2 literal = item;
        literal.EvaluatedIncludeEscaped = Microsoft.Build.Evaluation.ProjectCollection.Escape(include);
        literal.SetMetadataValueLiteral("Value", value);
        return item;
    }

    private sealed record Content(string[][] Labels, string[][] Variables);
}
