using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Tests.Images.Bases;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

/// <summary>
/// The oracle: the SDK's own <c>CreateNewImage</c> in this process. It reads the base image from the registry and builds the
/// configuration; told to push nothing, it stops there.
/// </summary>
internal static class SdkImageBuilder
{
    private static readonly Lazy<Type> Task = new(Load);

    /// <summary>What the SDK made of it; null when it failed.</summary>
    /// <param name="intent">With a base image on a loopback registry.</param>
    public static SdkImage? Build(ContainerIntent intent, string runtimeIdentifier, string emptyFolder) =>
        Run(intent, runtimeIdentifier, emptyFolder, pushTo: null);

    /// <summary>Pushes the image to the registry of its base, with the tag 1.</summary>
    public static bool Push(ContainerIntent intent, string runtimeIdentifier, string folder, string repository) =>
        Run(intent, runtimeIdentifier, folder, repository) is not null;

    private static SdkImage? Run(ContainerIntent intent, string runtimeIdentifier, string folder, string? pushTo)
    {
        Assert.True(ImageReference.TryParse(intent.BaseImage.Value, out ImageReference? image, out _));
        object task = Activator.CreateInstance(Task.Value)!;
        Set("BuildEngine", new SilentEngine());
        Set("BaseRegistry", image.Registry);
        Set("BaseImageName", image.Repository);
        Set("BaseImageTag", image.Tag ?? "");
        Set("BaseImageDigest", image.Digest ?? "");
        Set("OutputRegistry", image.Registry);
        Set("Repository", pushTo ?? "app");
        Set("ImageTags", new[] { "1" });
        Set("PublishDirectory", folder);
        Set("WorkingDirectory", intent.Settings.WorkingDirectory!.Value);
        Set("ContainerUser", intent.Settings.User?.Value ?? "");
        Set("ContainerEnvironmentVariables", Items(intent.Settings.Environment, "Value"));
        Set("Labels", Items(intent.Settings.Labels, "Value"));
        Set("ExposedPorts", Items(intent.Settings.Ports, "Type"));
        Set("Entrypoint", Items(intent.Command.Entrypoint));
        Set("EntrypointArgs", Items(intent.Command.EntrypointArgs));
        Set("AppCommand", Items(intent.Command.AppCommand));
        Set("AppCommandArgs", Items(intent.Command.AppCommandArgs));
        Set("DefaultArgs", Items(intent.Command.DefaultArgs));
        Set("AppCommandInstruction", intent.Command.Instruction?.Value ?? "");
        Set("ContainerRuntimeIdentifier", runtimeIdentifier);
        Set("RuntimeIdentifierGraphPath", InstalledSdk.RuntimeIdentifierGraphPath);
        Set("GenerateLabels", intent.GeneratesLabels);
        Set("GenerateDigestLabel", intent.GeneratesBaseDigestLabel);
        Set("SkipPublishing", pushTo is null);
        if (intent.ImageFormat is { } format)
        {
            Set("ImageFormat", format.Value);
        }

        try
        {
            return (bool)Task.Value.GetMethod("Execute")!.Invoke(task, null)!
                ? new SdkImage((string)Get("GeneratedContainerConfiguration")!, (string)Get("GeneratedContainerMediaType")!)
                : null;
        }
        catch (TargetInvocationException)
        {
            // To MSBuild this is error MSB4018, and the publish has failed.
            return null;
        }

        void Set(string property, object value) => Task.Value.GetProperty(property)!.SetValue(task, value);
        object? Get(string property) => Task.Value.GetProperty(property)!.GetValue(task);
    }

    private static ITaskItem[] Items(ImmutableArray<Setting> settings, string metadata) =>
        [.. settings.Select(setting => new TaskItem(setting.Name, new Dictionary<string, string> { [metadata] = setting.Value }))];

    private static ITaskItem[] Items(ImmutableArray<Setting> arguments) => [.. arguments.Select(argument => new TaskItem(argument.Value))];

    private static Type Load()
    {
        string tasks = Path.Combine(InstalledSdk.Directory, "Containers", "tasks", "net10.0");
        AssemblyLoadContext.Default.Resolving += (context, name) => new[] { tasks, InstalledSdk.Directory }
            .Select(folder => Path.Combine(folder, name.Name + ".dll"))
            .Where(File.Exists)
            .Select(context.LoadFromAssemblyPath)
            .FirstOrDefault();
        Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(tasks, "Microsoft.NET.Build.Containers.dll"));

        // Its cache of layers would otherwise fill the user's own.
        assembly.GetType("Microsoft.NET.Build.Containers.ContentStore", throwOnError: true)!
            .GetProperty("ArtifactRoot")!.SetValue(null, Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "sdk-layers")).FullName);
        return assembly.GetType("Microsoft.NET.Build.Containers.Tasks.CreateNewImage", throwOnError: true)!;
    }

    private sealed class SilentEngine : IBuildEngine
    {
        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "test.proj";

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public void LogErrorEvent(BuildErrorEventArgs e)
        {
        }

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogWarningEvent(BuildWarningEventArgs e)
        {
        }
    }
}

/// <param name="Configuration">The JSON of the image's configuration.</param>
internal sealed record SdkImage(string Configuration, string ManifestMediaType);
