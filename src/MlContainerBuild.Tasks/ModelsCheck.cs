using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Models.Rules;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>The model files of each platform's image, and those the project declares.</summary>
/// <param name="Models">For the report.</param>
internal sealed record ModelsCheck(ImmutableArray<Finding> Findings, ImmutableArray<ReportedModel> Models)
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ModelsCheck Run(PublishFacts publish, CancellationToken cancellation)
    {
        var found = new List<Finding>();
        var models = new Dictionary<string, ReportedModel>(StringComparer.Ordinal);
        foreach (PlatformFacts platform in publish.Platforms)
        {
            string hashCache = platform.Facts.Property("_MlContainerModelHashCache");
            var hashes = new ModelHashes(hashCache.Length == 0 ? null : hashCache);
            var mistakes = new List<Finding>();
            ImmutableArray<ModelDeclaration> declarations = [.. platform.Facts.Models.Select(item => Read(item, publish.Intent.ProjectPath, mistakes))];
            ModelCheck check = ModelCheck.Run(PublishedFilesCheck.Subject(platform), publish.Intent.ProjectPath, declarations, hashes, cancellation);
            hashes.Save();
            found.AddRange(mistakes.Concat(check.Findings).Select(finding => finding with { RuntimeIdentifier = platform.RuntimeIdentifier }));
            foreach (ReportedModel model in Describe(check, declarations))
            {
                models.TryAdd(model.Path, model);
            }
        }

        return new ModelsCheck(
            [.. publish.IsMultiPlatform ? PlatformFindings.Merge(found, publish.Platforms.Length) : found.Select(finding => finding with { RuntimeIdentifier = null })],
            [.. models.Values.OrderBy(model => model.Path, StringComparer.Ordinal)]);
    }

    private static ModelDeclaration Read(ITaskItem item, string projectPath, List<Finding> mistakes) => ModelDeclaration.Read(
        item.ItemSpec, item.GetMetadata("FullPath"), item.GetMetadata("TargetPath"), item.GetMetadata("Sha256"), item.GetMetadata("Mount"), projectPath, mistakes);

    private static IEnumerable<ReportedModel> Describe(ModelCheck check, ImmutableArray<ModelDeclaration> declarations)
    {
        foreach (ModelDeclaration declaration in declarations)
        {
            ModelFile? file = check.Models.FirstOrDefault(model => model.Path == declaration.TargetPath);
            yield return new ReportedModel(declaration.TargetPath, declaration.Sha256, declaration.IsMounted) { Format = file is null ? null : Format(file), Size = file?.Size };
        }

        foreach (ModelFile file in check.Models)
        {
            yield return new ReportedModel(file.Path) { Format = Format(file), Size = file.Size };
        }
    }

    // "ONNX (pytorch 2.1.0; operators of com.acme)"
    private static string Format(ModelFile file)
    {
        string[] remarks =
        [
            .. file.Producer is { } producer ? [MessageText.Plain(producer)] : Array.Empty<string>(),
            .. file.CustomDomains.IsEmpty ? Array.Empty<string>() : [$"operators of {MessageText.Plain(string.Join(", ", file.CustomDomains))}"],
        ];
        return remarks.Length == 0 ? file.Format.Name() : $"{file.Format.Name()} ({string.Join("; ", remarks)})";
    }
}
