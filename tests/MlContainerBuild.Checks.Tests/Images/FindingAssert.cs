using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Tests.Images;

/// <summary>Runs every rule, so that a test also sees what it did not expect.</summary>
internal static class FindingAssert
{
    public static void None(ContainerSubject subject) => Assert.Empty(ContainerRules.Check(subject).Select(Line));

    public static Finding Single(ContainerSubject subject, string id, Severity severity)
    {
        ImmutableArray<Finding> findings = ContainerRules.Check(subject);
        Assert.Equal([$"{id} {severity}"], findings.Select(finding => $"{finding.Rule.Id} {finding.Severity}"));
        return findings[0];
    }

    /// <summary>The finding of a value that the project sets: the same at both moments.</summary>
    public static Finding SingleAtBothMoments(ImageUnderTest image, string id, Severity severity)
    {
        Finding atIntent = Single(image.AtIntent(), id, severity);
        Assert.Equal(atIntent, Single(image.AtRehearsal(), id, severity));
        return atIntent;
    }

    public static void NoneAtBothMoments(ImageUnderTest image)
    {
        None(image.AtIntent());
        None(image.AtRehearsal());
    }

    private static string Line(Finding finding) => $"{finding.Rule.Id} {finding.Severity}: {finding.Text}";
}
