namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>How to pin a base image: the one place that knows it.</summary>
internal static class PinRemedy
{
    public static string For(ContainerIntent intent)
    {
        string command = $"dotnet build \"{MessageText.Whole(intent.ProjectPath)}\" -t:MlContainerPin";
        return intent.IsBaseImageOnCommandLine
            ? $"Run: {command} -p:ContainerBaseImage={MessageText.Whole(intent.BaseImage.Value)}; it prints the pinned name, which is to be given on the command line instead"
            : $"Run: {command}";
    }
}
