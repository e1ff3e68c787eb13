using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Payload.Secrets;

namespace MlContainerBuild.Checks.Payload;

/// <summary>MLC3023. A file that exists to hold a credential has no place in an image, whatever else is in it.</summary>
internal static class CredentialFileRule
{
    private static readonly Rule Rule = RuleCatalog.Get("MLC3023");

    /// <param name="entry">The path within an archive; null for the file itself.</param>
    public static Finding Check(PublishedFile file, string? entry, string what, IReadOnlyList<FoundSecret> secrets)
    {
        FoundSecret worst = secrets.MaxBy(secret => secret.Severity)!;
        var span = entry is null && worst.Position is { } position ? new SourceSpan(file.Editable, position.Line, position.Column) : new SourceSpan(entry is null ? file.Editable : file.Path);
        string where = entry is null ? MessageText.Quote(file.RelativePath) : $"{MessageText.Quote(file.RelativePath)} with {MessageText.Quote(entry)} in it";
        string mask = worst.Mask.Length > 1 ? $" ({worst.Mask})" : "";
        return new Finding(
            Rule,
            $"The publish folder holds {where}, {what}{mask}: everyone who can pull the image can copy and use it.",
            $"Keep it out of the publish, {PublishExclusion.Of(file)}; replace the credential, because it may have been published before; and mount what the service needs at run time.",
            new ValueSource.File(span))
        {
            Severity = SeverityOf(worst),
        };
    }

    // In a file that exists for it even a value of uncertain form is the credential; a key behind a passphrase is half of one.
    private static Severity SeverityOf(FoundSecret worst) => worst.FormatId is "private-key-encrypted" or "putty-key" ? worst.Severity : Severity.Error;
}
