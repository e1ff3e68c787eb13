using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Payload.Secrets;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload;

/// <summary>MLC3022. What is published is in the image, and who can pull the image can read it.</summary>
internal static class SecretInPublishedFileRule
{
    private static readonly Rule Rule = RuleCatalog.Get("MLC3022");

    /// <param name="entry">The path within an archive; null for the file itself.</param>
    public static IEnumerable<Finding> Check(PublishedFile file, string? entry, ContentSecrets content)
    {
        string path = entry is null ? file.Editable : file.Path;
        foreach (FoundSecret secret in content.Secrets.DistinctBy(secret => new Place(secret.Key, secret.FormatId, secret.Position)).Take(PayloadLimits.FindingsOfAFile))
        {
            var span = entry is null && secret.Position is { } position ? new SourceSpan(path, position.Line, position.Column) : new SourceSpan(path);
            yield return new Finding(Rule, Message(file, entry, secret), Fix(file, entry, secret), new ValueSource.File(span)) { Severity = SeverityOf(file, secret) };
        }
    }

    /// <summary>A secret in a string or a resource of an assembly.</summary>
    public static Finding Check(PublishedFile file, CompiledSecret compiled)
    {
        FoundSecret secret = compiled.Secret;
        string where = compiled.Resource is null ? "" : $" in its resource {MessageText.Quote(compiled.Resource)}";
        string key = secret.Key is null ? "" : $", {MessageText.Plain(secret.Key)}";
        return new Finding(
            Rule,
            $"The published assembly {MessageText.Quote(file.RelativePath)} holds {secret.Description}{where}{key}: compiling hides nothing, and everyone who can pull the image can read it.",
            $"Delete it from the source, revoke the secret, {SecretText.ReadAtRunTime}.",
            new ValueSource.File(compiled.Source ?? new SourceSpan(file.Path)))
        {
            Severity = secret.Severity,
        };
    }

    // What a browser is served is public by design: keys of Maps and Firebase are told there to everybody, and restricted by origin.
    private static Severity SeverityOf(PublishedFile file, FoundSecret secret) =>
        secret.FormatId == "gcp-api-key" && file.RelativePath.StartsWith("wwwroot/", StringComparison.Ordinal) ? Severity.Info : secret.Severity;

    private static string Message(PublishedFile file, string? entry, FoundSecret secret)
    {
        string where = MessageText.Quote(file.RelativePath) + (entry is null ? "" : $" holds {MessageText.Quote(entry)}, which");
        string what = CellOf(file, entry, secret) is { } cell ? $"holds {secret.Description} {cell.Place}"
            : secret.Key is null ? $"holds {secret.Description}"
            : $"sets {MessageText.Plain(secret.Key)} to {secret.Description}";
        string origin = file.Origin?.Package is { } package ? $" It comes with the package {MessageText.Plain(package)}." : "";
        return $"The published file {where} {what}: everyone who can pull the image can read it.{origin}";
    }

    private static string Fix(PublishedFile file, string? entry, FoundSecret secret)
    {
        if (file.Origin?.Package is not null)
            return "Tell whoever publishes the package, and use a version without it.";

        if (SeverityOf(file, secret) == Severity.Info)
            return $"Take it out, or leave the file out of the image: {PublishExclusion.Of(file)}.";

        string name = Path.GetFileName(entry ?? file.RelativePath);
        if (CellOf(file, entry, secret) is { } cell)
        {
            string delete = cell.IsOutput ? "Clear the output" : "Delete it from the cell";
            return $"{delete}, revoke the secret, read the new one from the environment or a file in the notebook, and leave the notebook out of the {Exclusion(file, entry)}.";
        }

        if (IsEnvironmentFile(name))
            return $"Leave the file out of the {Exclusion(file, entry)}, revoke the secret, and give the new one to the container at run time.";

        bool isConfiguration = entry is null && secret.Key is not null
            && name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return isConfiguration
            ? $"""Delete it from the file, revoke the secret, mount the new one at run time as the file /run/secrets/{MessageText.Plain(secret.Key!.Replace(":", "__", StringComparison.Ordinal))} and read it with builder.Configuration.AddKeyPerFile("/run/secrets", optional: true)."""
            : $"Delete it from the file, revoke the secret, {SecretText.ReadAtRunTime}.";
    }

    private static string Exclusion(PublishedFile file, string? entry) => entry is null ? $"image, {PublishExclusion.Of(file)}" : "archive";

    private static NotebookCell? CellOf(PublishedFile file, string? entry, FoundSecret secret) =>
        (entry ?? file.RelativePath).EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) ? NotebookCell.Of(secret.Key) : null;

    private static bool IsEnvironmentFile(string name) =>
        name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".env", StringComparison.OrdinalIgnoreCase);

    // One secret may be found by more than one reader of the file.
    private sealed record Place(string? Key, string FormatId, TextPosition? Position);
}
