using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks;

/// <summary>Logs findings as MSBuild's canonical errors, warnings and messages.</summary>
/// <param name="projectFile">Stands for the place of a finding that has none.</param>
internal sealed class FindingLog(TaskLoggingHelper log, string projectFile)
{
    /// <summary>Logs a finding at a severity; <paramref name="trailer"/> is appended, on the same line: MSBuild would repeat place and code before another one.</summary>
    public void Write(Finding finding, Severity severity, string trailer = "")
    {
        SourceSpan span = finding.Span ?? new SourceSpan(projectFile);
        string text = WithoutCommands(trailer.Length == 0 ? finding.Text : $"{finding.Text} (In all: {trailer})");
        string code = finding.Rule.Id;
        string help = finding.Rule.HelpUri.ToString();

        // No arguments follow the message: braces in it are text, not a format.
        switch (severity)
        {
            case Severity.Error:
                log.LogError(null, code, null, help, span.Path, span.Line, span.Column, span.EndLine, span.EndColumn, text);
                break;
            case Severity.Warning:
                log.LogWarning(null, code, null, help, span.Path, span.Line, span.Column, span.EndLine, span.EndColumn, text);
                break;
            case Severity.Info:
                log.LogMessage(null, code, null, span.Path, span.Line, span.Column, span.EndLine, span.EndColumn, finding.IsCommonplace ? MessageImportance.Normal : MessageImportance.High, text);
                break;
            default:
                break;
        }
    }

    // Azure Pipelines and GitHub Actions obey "##vso[…]" and "##[…]" wherever it stands in a line of the log, and a message may
    // quote a value of somebody else's image.
    private static string WithoutCommands(string text) =>
        text.Replace("#[", "# [", StringComparison.Ordinal).Replace("#vso[", "# vso[", StringComparison.OrdinalIgnoreCase);
}
