using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models;

/// <summary>What writes the hashes of a project's models into it, to be pasted into a shell.</summary>
internal static class ModelPinCommand
{
    /// <param name="projectPath">Absolute.</param>
    public static string Of(string projectPath) => $"dotnet build \"{MessageText.Whole(projectPath)}\" -t:MlContainerPinModels";
}
