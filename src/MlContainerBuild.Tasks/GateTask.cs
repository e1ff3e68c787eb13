using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Tasks;

/// <summary>What the tasks of the gate have in common: the package's properties, the policy, and how findings are judged, placed and shown.</summary>
public abstract class GateTask : PolicyTask, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    [Required]
    public string ReportDirectory { get; set; } = "";

    /// <summary>True when nothing stands in the way of the publish.</summary>
    [Output]
    public bool HasPassed { get; set; }

    public void Cancel() => cancellation.Cancel();

    public void Dispose()
    {
        cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    public override bool Execute()
    {
        try
        {
            Check(OpenGate(), cancellation.Token);
            HasPassed = !Log.HasLoggedErrors;
        }
        catch (OperationCanceledException)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, "The check of the container was cancelled. Nothing has been published.");
        }
        catch (Exception exception)
        {
            // Fail closed whatever went wrong. The message may quote a value of the project, so it is redacted like one.
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("The check of the container", exception));
        }

        return HasPassed;
    }

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    private protected abstract void Check(Gate gate, CancellationToken cancellation);

    /// <summary>Findings without a place get the line that set their value: only now, as the project is evaluated for it.</summary>
    private protected ImmutableArray<Finding> Locate(ImmutableArray<Finding> findings)
    {
        using var locator = new ValueLocator(ProjectFile, GlobalProperties);
        return [.. findings.Select(finding =>
        {
            if (finding.Span is not null)
                return finding;

            (SourceSpan span, string remark) = locator.Locate(finding.Source);
            return finding with { Span = span, Message = remark.Length == 0 ? finding.Message : $"{finding.Message} {remark}" };
        })];
    }

    /// <summary>Logs findings, what fails last, as what the mode makes of it; the last one tells the verdict and where the report is.</summary>
    private protected void Show(PublishReport report, Func<Finding, bool> isShown)
    {
        var log = new FindingLog(Log, ProjectFile);
        Finding[] shown =
        [
            .. report.Findings
                .Where(finding => finding.Suppression is null && finding.Severity != Severity.None)
                .Where(finding => finding.Fails(report.FailOn) || isShown(finding))
                .OrderBy(finding => finding.Fails(report.FailOn)).ThenBy(finding => finding.Severity),
        ];
        for (int i = 0; i < shown.Length; i++)
        {
            Finding finding = shown[i];
            string trailer = i == shown.Length - 1 && finding.Severity > Severity.Info && report.SarifPath is not null ? PublishSummary.ToTrailer(report) : "";
            if (!finding.Fails(report.FailOn))
                log.Write(finding, finding.Severity, trailer);
            else if (report.IsAudit && !finding.Rule.FailsInAudit)
                log.Write(finding, (Severity)Math.Min((int)finding.Severity, (int)Severity.Warning), trailer);
            else
                log.Write(finding, Severity.Error, trailer);
        }
    }

    private Gate OpenGate()
    {
        GateOptions options = ReadOptions();
        PolicyReadResult policyFile = ReadPolicy();
        Severity failOn = options.FailOn ?? policyFile.Policy.FailOn ?? Severity.Error;

        // The engine would turn the gate's warnings into errors after the gate has let the publish pass.
        if (failOn > Severity.Warning && !options.IsAudit && WarningsAsErrors.AreRequested(BuildEngine))
            failOn = Severity.Warning;

        return new Gate(ProjectFile, options, policyFile, failOn);
    }

    /// <summary>The properties of the command line, or of whoever started this build.</summary>
    private protected IReadOnlyDictionary<string, string> GlobalProperties =>
        BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties() : ImmutableDictionary<string, string>.Empty;
}
