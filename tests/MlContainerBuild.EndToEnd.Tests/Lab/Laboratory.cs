using System.Text.RegularExpressions;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>
/// What all end-to-end tests share: the package, packed from this build; a registry; base images in it. Made at the first
/// question and ended with the process.
/// </summary>
internal sealed partial class Laboratory
{
    private static readonly Lazy<Task<Laboratory>> Shared = new(CreateAsync);
    private static int projectCount;
    private readonly Dictionary<string, string> bases;

    private Laboratory(string directory, Registry registry, Dictionary<string, string> bases)
    {
        Directory = directory;
        Registry = registry;
        this.bases = bases;
    }

    /// <summary>Everything the tests write; deleted at the end.</summary>
    public string Directory { get; }

    public Registry Registry { get; }

    public string Packages => Path.Combine(Directory, "packages");

    public string NuGetPackages => Path.Combine(Directory, "nuget");

    public static Task<Laboratory> OpenAsync() => Shared.Value;

    /// <summary>A base image pinned to its digest, such as <c>aspnet:10.0</c>.</summary>
    public string Base(string name) => bases[name];

    /// <summary>The same without the digest.</summary>
    public string UnpinnedBase(string name) => bases[name].Split('@')[0];

    /// <summary>A folder of its own for a test's project, out of reach of this repository's own build files.</summary>
    public string NewDirectory(string name)
    {
        string path = Path.Combine(Directory, "projects", $"{Interlocked.Increment(ref projectCount):000}-{name}");
        System.IO.Directory.CreateDirectory(path);
        return path;
    }

    private static async Task<Laboratory> CreateAsync()
    {
        string directory = System.IO.Directory.CreateTempSubdirectory("mlcontainerbuild-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(directory, "Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(directory, "Directory.Packages.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(directory, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="packed" value="packages" />
              </packageSources>
            </configuration>
            """);

        Task<Registry> registry = Registry.StartAsync(Path.Combine(directory, "registry"));
        CommandResult pack = await CommandLine.RunAsync(
            "dotnet",
            ["pack", Repository.PathOf("src/MlContainerBuild"), "--no-build", "-c", Repository.Configuration, "-o", Path.Combine(directory, "packages"), "-v:q"],
            Repository.Root);
        Assert.True(pack.ExitCode == 0, pack.Output);

        CommandResult images = await CommandLine.RunAsync("bash", [Repository.PathOf("build/lab/base-images.sh"), (await registry).Address], Repository.Root);
        Assert.True(images.ExitCode == 0, images.Output);
        var bases = ImageLine().Matches(images.Output).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["image"].Value);

        var laboratory = new Laboratory(directory, await registry, bases);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => laboratory.Close();
        return laboratory;
    }

    private void Close()
    {
        Registry.DisposeAsync().AsTask().GetAwaiter().GetResult();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    [GeneratedRegex(@"^IMAGE=(?<image>[^/\r\n]+/base/(?<name>[^@\r\n]+)@sha256:[0-9a-f]{64})", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ImageLine();
}
