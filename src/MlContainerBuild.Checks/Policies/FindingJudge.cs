using System.Collections.Immutable;
using System.Globalization;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>Applies a policy to what the rules have found.</summary>
/// <param name="projectPath">Absolute: the path that an exception names for a finding about the image.</param>
public sealed class FindingJudge(Policy policy, string projectPath, TimeProvider clock)
{
    private readonly DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    private readonly string? policyDirectory = Path.GetDirectoryName(policy.Path);

    /// <summary>
    /// Sets severities and suppressions, and adds MLC9002 and MLC9003 for exceptions that would have silenced one of the
    /// findings but do not count.
    /// </summary>
    public ImmutableArray<Finding> Judge(ImmutableArray<Finding> findings)
    {
        ImmutableArray<Finding>.Builder judged = ImmutableArray.CreateBuilder<Finding>(findings.Length);
        foreach (Finding finding in findings)
            judged.Add(Silence(finding with { Severity = SeverityOf(finding) }));

        foreach (PolicyException exception in policy.Exceptions)
        {
            if (DefectOf(exception) is { } defect && findings.Any(finding => Covers(exception, finding)))
                judged.Add(defect with { Severity = SeverityOf(defect) });
        }

        return judged.DrainToImmutable();
    }

    /// <summary>
    /// MLC9002 and MLC9003 for the exceptions that <see cref="Judge"/> had no use for, judged. Called once a publish, with
    /// everything that was found for every platform: what one platform does not need another may.
    /// </summary>
    public ImmutableArray<Finding> ReviewExceptions(ImmutableArray<Finding> judged, Examination examination)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (PolicyException exception in policy.Exceptions)
        {
            if (judged.Any(finding => Covers(exception, finding)))
                continue;

            Finding? finding = IsThisProjectsOwn(exception, examination)
                ? DefectOf(exception) ?? Unused(exception)
                : exception.Reason.Length == 0 ? WithoutReason(exception) : null;
            if (finding is not null)
                findings.Add(finding with { Severity = SeverityOf(finding) });
        }

        return findings.DrainToImmutable();
    }

    private Severity SeverityOf(Finding finding)
    {
        if (!policy.RuleSeverities.TryGetValue(finding.Rule.Id, out Severity severity))
            return finding.Severity;

        return finding.Rule.IsAboutEvidence && severity < finding.Severity ? finding.Severity : severity;
    }

    private Finding Silence(Finding finding)
    {
        if (finding.Suppression is not null)
            return finding;

        PolicyException? exception = policy.Exceptions.FirstOrDefault(exception => DefectOf(exception) is null && Covers(exception, finding));
        if (exception is not null)
            return finding with { Suppression = new Suppression(SuppressionKind.External, exception.Reason) { Expires = exception.Expires } };

        return AllowedBy(finding) is { } pattern
            ? finding with { Suppression = new Suppression(SuppressionKind.External, $"The policy allows secret-shaped values in '{pattern}'.") }
            : finding;
    }

    private PathGlob? AllowedBy(Finding finding) =>
        finding.Rule.IsAboutSecretInFile && finding.Source is ValueSource.File file && RelativePath(file.Span.Path) is { } relative
            ? policy.AllowedSecretFiles.FirstOrDefault(pattern => pattern.IsMatch(relative))
            : null;

    /// <summary>
    /// The exception that would silence a finding of a rule about a file. A rule that tells of many files at once tells of those that
    /// one exception covers apart from the others.
    /// </summary>
    public PolicyException? ExceptionFor(string ruleId, string path) =>
        policy.Exceptions.FirstOrDefault(exception => exception.RuleId == ruleId && DefectOf(exception) is null && IsMatch(exception, path));

    private bool Covers(PolicyException exception, Finding finding) =>
        finding.Rule.Id == exception.RuleId
        && !finding.Rule.IsAboutEvidence
        && IsMatch(exception, finding.Source is ValueSource.File file ? file.Span.Path : projectPath);

    private bool IsMatch(PolicyException exception, string path) =>
        exception.Path is null || (RelativePath(path) is { } relative && exception.Path.IsMatch(relative));

    /// <summary>With <c>/</c>, relative to the policy's directory; null outside it.</summary>
    private string? RelativePath(string path)
    {
        if (policyDirectory is null)
            return null;

        string relative = Path.GetRelativePath(policyDirectory, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    // A policy at the repository's root speaks for many projects, and this run has seen one of them: a pattern may be
    // there for another. Certain are only a path that names one file, and a policy that stands beside the project.
    private bool IsThisProjectsOwn(PolicyException exception, Examination examination)
    {
        if (!examination.RuleIds.Contains(exception.RuleId))
            return false;

        string projectDirectory = Path.GetDirectoryName(projectPath)!;
        if (exception.Path is { IsLiteral: true } literal && policyDirectory is not null)
        {
            string path = Path.GetFullPath(literal.Pattern, policyDirectory);
            bool isGone = path.StartsWith(projectDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !File.Exists(path);
            return path == projectPath || examination.Paths.Contains(path) || isGone;
        }

        return policyDirectory == projectDirectory
            && (exception.Path is null || examination.Paths.Add(projectPath).Any(path => IsMatch(exception, path)));
    }

    private Finding? DefectOf(PolicyException exception)
    {
        if (exception.Reason.Length == 0)
            return WithoutReason(exception);

        return exception.Expires < today
            ? About(
                exception,
                "MLC9002",
                string.Create(CultureInfo.InvariantCulture, $"expired on {exception.Expires:yyyy-MM-dd}, so it no longer counts."),
                "Solve what it was for and remove it, or decide anew and give it a later date.")
            : null;
    }

    private static Finding WithoutReason(PolicyException exception) =>
        About(exception, "MLC9003", "has no reason, so it does not count.", "Add 'reason:' with why the finding is acceptable and who decided it.");

    private static Finding Unused(PolicyException exception) =>
        About(exception, "MLC9003", "silences nothing: the rule was checked there and found nothing.", "Remove it, or correct its path.");

    private static Finding About(PolicyException exception, string ruleId, string predicate, string fix)
    {
        string path = exception.Path is null ? "" : $" at '{exception.Path}'";
        return new Finding(RuleCatalog.Get(ruleId), $"The exception for {exception.RuleId}{path} {predicate}", fix, new ValueSource.File(exception.Span));
    }
}

/// <summary>What a run has looked at: only of that can an exception be called unused.</summary>
/// <param name="RuleIds">Rules that ran to their end. C# rules are left out: which files a compilation held is not known.</param>
/// <param name="Paths">Absolute paths of the files that were checked. The project file is always one of them.</param>
public sealed record Examination(ImmutableHashSet<string> RuleIds, ImmutableHashSet<string> Paths);
