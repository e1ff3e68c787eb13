using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3044: the publish profile asks for a container and the SDK has made none. It does so, with exit code 0, for projects
/// that are neither web nor worker: their targets do not know the profile.
/// </summary>
public static class MissingContainerRule
{
    /// <summary>The finding; that no container was made only the host can know.</summary>
    public static Finding Check(string projectPath) => new(
        RuleCatalog.Get("MLC3044"),
        "The publish profile asks for a container, and the SDK has published files only: it knows the profile in web and worker projects alone.",
        $"Run: dotnet publish \"{projectPath}\" -t:PublishContainer",
        new ValueSource.Property("PublishProfile"));
}
