using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Payload;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>The rules on model files, run over a publish folder and what the project declares.</summary>
/// <param name="Findings">By rule for the folder as a whole, then in the order of the files.</param>
/// <param name="Models">Every model that was read, published or mounted, in the order of the paths.</param>
public sealed record ModelCheck(ImmutableArray<Finding> Findings, ImmutableArray<ModelFile> Models)
{
    /// <summary>What a run has looked for.</summary>
    public static ImmutableArray<string> RuleIds { get; } = ["MLC3050", "MLC3051", "MLC3052", "MLC3053", "MLC3054"];

    /// <summary>Runs.</summary>
    /// <param name="projectPath">Absolute.</param>
    /// <param name="declarations">Every <c>MlContainerModel</c> of the project.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ModelCheck Run(PayloadSubject subject, string projectPath, ImmutableArray<ModelDeclaration> declarations, ModelHashes hashes, CancellationToken cancellation = default)
    {
        Dictionary<string, PublishedFile> files = subject.Files().ToDictionary(file => file.RelativePath, StringComparer.Ordinal);
        ILookup<string, ModelDeclaration> declared = declarations.ToLookup(declaration => declaration.TargetPath, StringComparer.Ordinal);
        ImmutableArray<PublishedModel> published = [.. Read(files.Values, declared, cancellation)];
        ImmutableArray<PublishedModel> mounted = [.. ReadMounted(declarations.Where(declaration => !files.ContainsKey(declaration.TargetPath)), cancellation)];

        long externalSize = published.SelectMany(model => model.File.ExternalData.Select(location => ExternalDataRule.Resolve(model.RelativePath, location)))
            .Distinct(StringComparer.Ordinal)
            .Sum(path => files.TryGetValue(path, out PublishedFile? file) ? file.Size : 0);
        return new ModelCheck(
            [
                .. BakedModelRule.Check(published, externalSize),
                .. DeclaredModelRule.Check(projectPath, declarations, published, path => files.GetValueOrDefault(path)?.Path, path => hashes.Sha256(path, cancellation)),
                .. published.Concat(mounted).SelectMany(model => Check(model, files)),
            ],
            [.. published.Concat(mounted).Select(model => model.File).OrderBy(file => file.Path, StringComparer.Ordinal)]);
    }

    /// <summary>What MLC3052 says of the file of a declaration; nothing where it is no model.</summary>
    public static IEnumerable<Finding> FindCode(ModelDeclaration declaration) =>
        ModelReader.Read(declaration.FullPath) is { } model ? CodeInModelRule.Check(Declared(declaration, model)) : [];

    private static List<Finding> Check(PublishedModel model, Dictionary<string, PublishedFile> files)
    {
        List<Finding> found =
        [
            .. CodeInModelRule.Check(model),
            .. ExternalDataRule.Check(model, files.ContainsKey),
            .. SecretInModelRule.Check(model),
        ];
        if (model.File.Problem is { } problem && !found.Any(finding => finding.Rule.Id == "MLC3052"))
        {
            found.Add(problem.IsBehindModel
                ? new Finding(
                    RuleCatalog.Get("MLC9009"),
                    $"{model.Subject} is longer than the model in it, and the rest was not searched (offset {problem.Offset}: {MessageText.Plain(problem.Reason)}).",
                    "Find out what was appended, and take the model from where it was exported.",
                    model.Source)
                : new Finding(
                    RuleCatalog.Get("MLC9009"),
                    $"{model.Subject} could not be read to the end of its head, so the rest was not searched (offset {problem.Offset}: {MessageText.Plain(problem.Reason)}).",
                    "Make sure that the file is whole.",
                    model.Source));
        }

        return found;
    }

    private static IEnumerable<PublishedModel> Read(IEnumerable<PublishedFile> files, ILookup<string, ModelDeclaration> declared, CancellationToken cancellation)
    {
        foreach (PublishedFile file in files.OrderBy(file => file.RelativePath, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (file.Size > 0 && ModelReader.Read(file.Path) is { } model)
            {
                // The file of the project, by which an exception of the policy names it.
                string place = declared[file.RelativePath].FirstOrDefault()?.FullPath ?? (file.Origin is { Package: null } origin ? origin.Path : file.Path);
                yield return new PublishedModel(file.RelativePath, file.Path, model with { Path = file.RelativePath }, new ValueSource.File(new SourceSpan(place)));
            }
        }
    }

    private static IEnumerable<PublishedModel> ReadMounted(IEnumerable<ModelDeclaration> declarations, CancellationToken cancellation)
    {
        foreach (ModelDeclaration declaration in declarations.Where(declaration => declaration.IsMounted))
        {
            cancellation.ThrowIfCancellationRequested();
            if (ModelReader.Read(declaration.FullPath) is { } model)
                yield return Declared(declaration, model) with { IsMounted = true };
        }
    }

    private static PublishedModel Declared(ModelDeclaration declaration, ModelFile model) =>
        new(declaration.TargetPath, declaration.FullPath, model with { Path = declaration.TargetPath }, new ValueSource.File(new SourceSpan(declaration.FullPath)));
}
