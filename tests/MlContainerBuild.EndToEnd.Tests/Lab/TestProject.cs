using System.Globalization;
using System.Security;
using System.Text;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>A project on disk that consumes the packed package, built by the real <c>dotnet</c>.</summary>
internal sealed class TestProject
{
    private readonly Laboratory laboratory;
    private readonly StringBuilder properties = new();
    private readonly StringBuilder items = new();
    private readonly StringBuilder targets = new();
    private string sdk = "Microsoft.NET.Sdk.Web";
    private string framework = "<TargetFramework>net10.0</TargetFramework>";
    private bool isReferencingPackage = true;
    private string written = "";

    public TestProject(Laboratory laboratory, string name, string? directory = null)
    {
        this.laboratory = laboratory;
        Name = name;
        Directory = directory ?? laboratory.NewDirectory(name);
        System.IO.Directory.CreateDirectory(Directory);
        WriteFile("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => $"uid {Environment.GetEnvironmentVariable("APP_UID")}");
            app.Run();
            """);
    }

    public string Name { get; }

    public string Directory { get; }

    public string File => Path.Combine(Directory, Name + ".csproj");

    public string Report => Path.Combine(Directory, "obj", "Release", "net10.0", "mlcontainer", "report.sarif");

    /// <summary>The repository in the registry: one for each project, so that tests do not meet there.</summary>
    public string Repository => "e2e/" + Path.GetFileName(Directory).ToLowerInvariant();

    public TestProject Sdk(string value) => With(() => sdk = value);

    /// <summary>Several target frameworks, of which one may be all: the project then has an outer build.</summary>
    public TestProject ForFrameworks(string frameworks) => With(() => framework = $"<TargetFrameworks>{frameworks}</TargetFrameworks>");

    public TestProject WithoutPackage() => With(() => isReferencingPackage = false);

    /// <summary>Registry, repository, a tag, and a base from the laboratory.</summary>
    public TestProject PublishingTo(Registry registry, string baseImage) => this
        .Property("ContainerRegistry", registry.Address)
        .Property("ContainerRepository", Repository)
        .Property("ContainerImageTag", "1.0.0")
        .Property("ContainerBaseImage", baseImage);

    public TestProject Property(string name, string value) =>
        With(() => properties.AppendLine(CultureInfo.InvariantCulture, $"    <{name}>{SecurityElement.Escape(value)}</{name}>"));

    public TestProject Item(string type, string include, string value) =>
        With(() => items.AppendLine(CultureInfo.InvariantCulture, $"    <{type} Include=\"{SecurityElement.Escape(include)}\" Value=\"{SecurityElement.Escape(value)}\" />"));

    public TestProject RawItem(string xml) => With(() => items.AppendLine("    " + xml));

    public TestProject Target(string xml) => With(() => targets.AppendLine(xml));

    /// <summary>What a publish for two platforms needs on a machine without the packs of the other one.</summary>
    public TestProject ForTwoPlatforms() => this
        .Property("RuntimeIdentifiers", "linux-x64;linux-arm64")
        .Property("UseAppHost", "false")
        .Property("EnableRuntimePackDownload", "false")
        .Property("EnableAppHostPackDownload", "false")
        .Property("DisableTransitiveFrameworkReferenceDownloads", "true");

    public TestProject WriteFile(string name, string content)
    {
        string path = Path.Combine(Directory, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return this;
    }

    /// <summary>The line of the project file that holds a text; lines start at 1.</summary>
    public int LineOf(string text) => System.IO.File.ReadAllLines(File).ToList().FindIndex(line => line.Contains(text, StringComparison.Ordinal)) + 1;

    public Task<BuildResult> PublishContainerAsync(params string[] arguments) => RunAsync(["publish", "-t:PublishContainer", .. arguments]);

    public Task<BuildResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    public async Task<BuildResult> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        Write();
        environment["NUGET_PACKAGES"] = laboratory.NuGetPackages;
        return BuildResult.Parse(await CommandLine.RunAsync("dotnet", arguments, Directory, environment));
    }

    /// <summary>Writes the project file; done by every run.</summary>
    public void Write()
    {
        string package = isReferencingPackage ? "    <PackageReference Include=\"MlContainerBuild\" Version=\"*\" PrivateAssets=\"all\" />" : "";
        string text = $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                {framework}
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
            {properties}  </PropertyGroup>
              <ItemGroup>
            {package}
            {items}  </ItemGroup>
            {targets}</Project>

            """;

        // An unchanged file keeps its time stamp, so that a second run is incremental, and what a build has edited in it.
        if (text == written)
            return;

        System.IO.File.WriteAllText(File, text);
        written = text;
    }

    private TestProject With(Action change)
    {
        change();
        return this;
    }
}
