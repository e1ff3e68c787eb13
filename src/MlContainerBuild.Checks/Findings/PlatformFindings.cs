namespace MlContainerBuild.Checks.Findings;

/// <summary>Findings of several platforms as one list: what all of them have is said once, what some have names them.</summary>
internal static class PlatformFindings
{
    public static IEnumerable<Finding> Merge(IEnumerable<Finding> findings, int platformCount)
    {
        foreach (IGrouping<Finding, Finding> same in findings.GroupBy(finding => finding with { RuntimeIdentifier = null }))
        {
            string[] platforms = [.. same.Select(finding => finding.RuntimeIdentifier!).Distinct()];
            if (platforms.Length == platformCount)
                yield return same.Key;
            else
                yield return same.First() with { Message = $"{same.Key.Message} This is so for {string.Join(" and ", platforms)}." };
        }
    }
}
