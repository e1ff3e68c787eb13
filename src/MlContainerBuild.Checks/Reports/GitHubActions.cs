namespace MlContainerBuild.Checks.Reports;

/// <summary>What a workflow of GitHub Actions takes from a publish: text to append to its files.</summary>
public static class GitHubActions
{
    /// <summary>Markdown for the file named by <c>GITHUB_STEP_SUMMARY</c>.</summary>
    public static string ToStepSummary(PublishReport report) => throw new NotImplementedException();

    /// <summary>Lines for the file named by <c>GITHUB_OUTPUT</c>: <c>image</c> and <c>digest</c>. Empty when nothing with a digest was published.</summary>
    public static string ToOutput(PublishReport report) => throw new NotImplementedException();
}
