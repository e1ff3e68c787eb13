namespace MlContainerBuild.Checks.Reports;

/// <summary>What a person reads at the end of a publish.</summary>
public static class PublishSummary
{
    /// <summary>A few plain lines: what was checked, what was found, where the image went, where the report is.</summary>
    public static string ToText(PublishReport report) => throw new NotImplementedException();

    /// <summary>
    /// One line to append to the last error or warning: the Terminal Logger hides messages, so a summary that is only a
    /// message is never seen. Empty when nothing counts.
    /// </summary>
    public static string ToTrailer(PublishReport report) => throw new NotImplementedException();
}
