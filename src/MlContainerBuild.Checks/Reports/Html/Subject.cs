using System.Globalization;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>What a finding is about, as a reader would sort it.</summary>
internal enum Subject
{
    CSharp,
    BaseImage,
    Image,
    Payload,
    Dockerfile,
    Compose,
    Kubernetes,
    Vulnerabilities,
    Ourselves,
}

internal static class Subjects
{
    public static Subject Of(Rule rule) => Number(rule) switch
    {
        >= 1000 and < 3000 => Subject.CSharp,
        >= 3000 and < 3010 => Subject.BaseImage,
        >= 3022 and <= 3024 or >= 3050 and < 4000 => Subject.Payload,
        >= 3000 and < 4000 => Subject.Image,
        >= 4000 and < 5000 => Subject.Dockerfile,
        >= 5000 and < 6000 => Subject.Compose,
        >= 6000 and < 7000 => Subject.Kubernetes,
        >= 7000 and < 8000 => Subject.Vulnerabilities,
        _ => Subject.Ourselves,
    };

    public static string Title(this Subject subject) => subject switch
    {
        Subject.CSharp => "C#",
        Subject.BaseImage => "Base image",
        Subject.Image => "Image",
        Subject.Payload => "Payload",
        Subject.Dockerfile => "Dockerfiles",
        Subject.Compose => "Compose files",
        Subject.Kubernetes => "Kubernetes manifests",
        Subject.Vulnerabilities => "Vulnerabilities",
        _ => "The check itself",
    };

    private static int Number(Rule rule) =>
        rule.Id.Length > 3 && int.TryParse(rule.Id.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
