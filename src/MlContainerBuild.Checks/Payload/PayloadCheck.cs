using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Payload.Secrets;

namespace MlContainerBuild.Checks.Payload;

/// <summary>The rules on published files, run over everything that goes into the application layer.</summary>
/// <param name="Findings">In the order of the files.</param>
/// <param name="FileCount">How many files there are.</param>
public sealed record PayloadCheck(ImmutableArray<Finding> Findings, int FileCount)
{
    /// <summary>What a run has looked for.</summary>
    public static ImmutableArray<string> RuleIds { get; } = ["MLC3022", "MLC3023"];

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PayloadCheck Run(PayloadSubject subject, CancellationToken cancellation = default)
    {
        IReadOnlyList<PublishedFile> files = subject.Files();
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (PublishedFile file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(Check(file, cancellation));
        }

        return new PayloadCheck(findings.DrainToImmutable(), files.Count);
    }

    private static IEnumerable<Finding> Check(PublishedFile file, CancellationToken cancellation)
    {
        try
        {
            // Model files have readers and a rule of their own (MLC3054), which never touch the weights.
            if (file.Size == 0 || PayloadFile.KindOf(file.RelativePath) != PayloadFileKind.Other)
                return [];

            using FileStream stream = File.OpenRead(file.Path);
            return Report(file, entry: null, ContentScanner.Scan(stream, file.RelativePath, file.Size, cancellation));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be read cannot be packed either; the SDK will say so. Until then nobody may believe that it was searched.
            return [new Finding(RuleCatalog.Get("MLC9009"), $"The published file {MessageText.Quote(file.RelativePath)} could not be read, so it was not searched for secrets.", "Make it readable.", new ValueSource.File(new SourceSpan(file.Path)))];
        }
    }

    private static IEnumerable<Finding> Report(PublishedFile file, string? entry, ContentSecrets content) =>
        content.CredentialFile is { } what
            ? [CredentialFileRule.Check(file, entry, what, content.Secrets)]
            : SecretInPublishedFileRule.Check(file, entry, content);
}
