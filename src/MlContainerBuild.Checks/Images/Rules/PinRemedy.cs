namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>How to pin a base image: the one place that knows it.</summary>
internal static class PinRemedy
{
    public static string For(ContainerIntent intent) => $"Run: dotnet build \"{MessageText.Whole(intent.ProjectPath)}\" -t:MlContainerPin";
}
