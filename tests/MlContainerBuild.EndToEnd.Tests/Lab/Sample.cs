namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>A project of <c>samples/</c>, copied so that it consumes the package under test and leaves nothing in the repository.</summary>
internal sealed class Sample
{
    private readonly Laboratory laboratory;

    private Sample(Laboratory laboratory, string directory)
    {
        this.laboratory = laboratory;
        Directory = directory;
    }

    public string Directory { get; }

    public string Image => $"{laboratory.Registry.Address}/{Path.GetFileName(Path.GetDirectoryName(Directory))}:1.0.0";

    public static async Task<Sample> CopyAsync(string name)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        CommandResult feed = await CommandLine.RunAsync("bash", [Repository.PathOf("build/lab/feed.sh")], Repository.Root);
        Assert.True(feed.ExitCode == 0, feed.Output);

        string parent = laboratory.NewDirectory(name.ToLowerInvariant());
        string directory = Path.Combine(parent, name);
        // All of them, since they share files; not what lies beside them, which is about this repository.
        foreach (string sample in System.IO.Directory.GetDirectories(Repository.PathOf("samples")))
        {
            Copy(sample, Path.Combine(parent, Path.GetFileName(sample)));
        }

        await File.WriteAllTextAsync(Path.Combine(parent, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{laboratory.Packages}" />
                <add key="feed" value="{Repository.PathOf("artifacts/feed")}" />
              </packageSources>
            </configuration>
            """);
        return new Sample(laboratory, directory);
    }

    /// <summary>To the laboratory's registry and on one of its base images; the policy is the sample's own, with that registry allowed.</summary>
    public async Task<BuildResult> PublishContainerAsync(string baseImage, params string[] arguments)
    {
        string policy = Path.Combine(Directory, "mlcontainer.yaml");
        string[] lines = await File.ReadAllLinesAsync(policy);
        await File.WriteAllLinesAsync(policy, lines.Select(line => line.StartsWith("  allowedRegistries:", StringComparison.Ordinal) ? $"  allowedRegistries: [\"{laboratory.Registry.Address}\"]" : line));
        string[] image = Image.Split('/')[1].Split(':');
        return await RunAsync(
        [
            "publish", "-t:PublishContainer", $"-p:ContainerRegistry={laboratory.Registry.Address}", $"-p:ContainerRepository={image[0]}", $"-p:ContainerImageTag={image[1]}",
            $"-p:ContainerBaseImage={laboratory.Base(baseImage)}", .. arguments,
        ]);
    }

    public async Task<BuildResult> RunAsync(params string[] arguments) => BuildResult.Parse(await CommandLine.RunAsync(
        "dotnet", arguments, Directory, new Dictionary<string, string> { ["NUGET_PACKAGES"] = laboratory.NuGetPackages }));

    private static void Copy(string from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (string file in System.IO.Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        // What builds here have left is not the sample.
        foreach (string folder in System.IO.Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
