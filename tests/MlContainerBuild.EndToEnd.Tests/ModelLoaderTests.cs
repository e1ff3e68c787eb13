using System.Security.Cryptography;

using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The class that <c>MlContainerGenerateModelLoader</c> adds to a project: in strict builds, incremental ones, and when it runs.</summary>
public sealed class ModelLoaderTests
{
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData("weights"u8));

    [Fact]
    public async Task StrictestProject_CompilesWithoutAWarning()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "strict")
            .Property("RootNamespace", "my-svc.class.9lives")
            .Property("LangVersion", "10")
            .Property("TreatWarningsAsErrors", "true")
            .Property("AnalysisMode", "All")
            .Property("EnforceCodeStyleInBuild", "true")
            .Property("GenerateDocumentationFile", "true")
            .Property("NoWarn", "CS1591;CA1707")
            .Property("IsAotCompatible", "true")
            .Property("ImplicitUsings", "disable")
            .Property("Nullable", "disable")
            .RawItem($"<MlContainerModel Include=\"models/**\" Sha256=\"{Hash}\" />")
            .WriteFile("Program.cs", "System.Console.WriteLine(my_svc.@class._9lives.DeclaredModels.ReadVerified(\"models/iris.onnx\").Length);")
            .WriteFile("models/iris.onnx", "weights")
            // Names that the generated code must not stumble over.
            .WriteFile("Names.cs", "namespace my_svc.@class._9lives { static class System { } static class File { } static class Path { } static class Array { } }");

        BuildResult result = await project.RunAsync("build");

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task Source_IsWrittenWhenTheModelsChangeAndGoneAfterClean()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "incremental")
            .RawItem($"<MlContainerModel Include=\"models/**\" Sha256=\"{Hash}\" />")
            .WriteFile("models/a.onnx", "weights");
        string source = Path.Combine(project.Directory, "obj", "Debug", "net10.0", "mlcontainer", "DeclaredModels.g.cs");
        string assembly = Path.Combine(project.Directory, "bin", "Debug", "net10.0", project.Name + ".dll");

        // The editor asks for it before anything has been built.
        BuildResult designTime = await project.RunAsync(
            "msbuild", "-restore", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:Compile");
        Assert.True(designTime.Succeeded, designTime.Output);
        Assert.Contains("DeclaredModels.g.cs", designTime.Output, StringComparison.Ordinal);
        Assert.Contains("models/a.onnx", await File.ReadAllTextAsync(source), StringComparison.Ordinal);

        Assert.True((await project.RunAsync("build")).Succeeded);
        (DateTime sourceTime, DateTime assemblyTime) = (File.GetLastWriteTimeUtc(source), File.GetLastWriteTimeUtc(assembly));
        BuildResult again = await project.RunAsync("build", "-v:d");
        Assert.True(again.Succeeded, again.Output);
        Assert.Contains("Skipping target \"_MlContainerGenerateModelLoader\"", again.Output, StringComparison.Ordinal);
        Assert.Equal((sourceTime, assemblyTime), (File.GetLastWriteTimeUtc(source), File.GetLastWriteTimeUtc(assembly)));

        project.WriteFile("models/b.onnx", "weights");
        Assert.True((await project.RunAsync("build")).Succeeded);
        Assert.Contains("models/b.onnx", await File.ReadAllTextAsync(source), StringComparison.Ordinal);
        Assert.NotEqual(assemblyTime, File.GetLastWriteTimeUtc(assembly));

        Assert.True((await project.RunAsync("clean")).Succeeded);
        Assert.False(File.Exists(source));
    }

    [Fact]
    public async Task ModelWithoutAHash_IsSaidInEveryBuildAndRefusedInAPublish_UntilItIsPinned()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "unpinned").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .RawItem("<MlContainerModel Include=\"models/iris.onnx\" />")
            .WriteFile("models/iris.onnx", "weights");

        Assert.Equal(["MLC9008"], (await project.RunAsync("build")).Warnings);
        BuildResult second = await project.RunAsync("build");
        Assert.Equal(["MLC9008"], second.Warnings);
        Assert.Contains("-t:MlContainerPinModels", second.Find("MLC9008").Text, StringComparison.Ordinal);

        BuildResult publish = await project.PublishContainerAsync();
        Assert.Equal(["MLC9008"], publish.Errors);
        Assert.Empty(laboratory.Registry.Requests(project.Repository));

        BuildResult pin = await project.RunAsync("build", "-t:MlContainerPinModels");
        Assert.True(pin.Succeeded, pin.Output);
        Assert.Empty((await project.RunAsync("build")).Warnings);
        BuildResult pinned = await project.PublishContainerAsync();
        Assert.True(pinned.Succeeded, pinned.Output);
    }

    [Theory]
    [InlineData("malformed", false)]
    [InlineData("malformedmulti", true)]
    public async Task MalformedHash_IsSaidOnceInAPublish(string name, bool isForTwoPlatforms)
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, name).PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .RawItem("<MlContainerModel Include=\"models/iris.onnx\" Sha256=\"abc\" />")
            .WriteFile("models/iris.onnx", "weights");
        if (isForTwoPlatforms)
            project.ForTwoPlatforms();

        BuildResult publish = await project.PublishContainerAsync();

        Diagnostic said = Assert.Single(publish.Diagnostics);
        Assert.Equal(("error", "MLC9008"), (said.Severity, said.Code));
    }

    [Fact]
    public async Task UnknownValueOfTheProperty_IsAWarningAndInAPublishAnError()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = new TestProject(laboratory, "loadervalue").PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0"))
            .Property("MlContainerGenerateModelLoader", "all");

        Assert.Equal(["MLC9008"], (await project.RunAsync("build")).Warnings);
        Assert.Equal(["MLC9008"], (await project.PublishContainerAsync()).Errors);
    }

    [Fact]
    public async Task VerifiedPath_IsGivenOnlyForWhatTheProcessCannotChange()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "paths")
            .RawItem($"<MlContainerModel Include=\"iris.onnx\" Sha256=\"{Hash}\" Mount=\"true\" />")
            .WriteFile("iris.onnx", "weights")
            .WriteFile("Program.cs", """
                foreach (var directory in args)
                {
                    try
                    {
                        paths.DeclaredModels.VerifiedPath("iris.onnx", directory);
                        Console.WriteLine($"{directory}: given");
                    }
                    catch (paths.ModelVerificationException refused)
                    {
                        Console.WriteLine($"{directory}: {refused.Message.Split("could be changed by this process, which may write ").Last().Split('.')[0]}");
                    }
                }
                """);
        BuildResult build = await project.RunAsync("build");
        Assert.True(build.Succeeded, build.Output);

        // Root makes the places, and the user of the container tries them; the laboratory's own folder is closed to him.
        string root = Directory.CreateTempSubdirectory("loader-").FullName;
        try
        {
            CommandResult layout = await CommandLine.RunAsync("bash", ["-euc", """
                chmod 755 .
                cp -r "$0" app; chmod -R go+rX app
                place() { mkdir -p "$1"; printf weights >"$1/iris.onnx"; chmod 755 "$1"; chmod 644 "$1/iris.onnx"; }
                place root-owned
                place own-file; chown 1654 own-file/iris.onnx; chmod 444 own-file/iris.onnx
                place open-file; chmod 666 open-file/iris.onnx
                place own-directory; chown 1654 own-directory; chmod 555 own-directory
                place open-directory; chmod 777 open-directory
                place group-directory; chgrp 1654 group-directory; chmod 775 group-directory
                place sticky-directory; chmod 1777 sticky-directory
                place below/open; chmod 777 below
                mkdir link; ln -s ../open-directory/iris.onnx link/iris.onnx
                mkdir linked; ln -s "$PWD/below/open" linked/directory
                mkdir hops; ln -s ../open-hop/iris.onnx hops/iris.onnx
                mkdir open-hop; ln -s ../root-owned/iris.onnx open-hop/iris.onnx; chmod 777 open-hop
                mkdir fine; ln -s "$PWD/root-owned" fine/directory
                """, Path.Combine(project.Directory, "bin", "Debug", "net10.0")], root);
            Assert.True(layout.ExitCode == 0, layout.Output);

            string[] places =
            [
                "root-owned", "own-file", "open-file", "own-directory", "open-directory", "group-directory", "sticky-directory", "below/open", "link", "linked/directory", "hops", "fine/directory", "missing",
            ];
            CommandResult run = await CommandLine.RunAsync(
                "setpriv", ["--reuid=1654", "--regid=1654", "--clear-groups", "--no-new-privs", "dotnet", "app/paths.dll", .. places], root, new Dictionary<string, string> { ["HOME"] = "/tmp" });

            Assert.Equal(
                [
                    "root-owned: given",
                    $"own-file: '{root}/own-file/iris",
                    $"open-file: '{root}/open-file/iris",
                    $"own-directory: '{root}/own-directory'",
                    $"open-directory: '{root}/open-directory'",
                    $"group-directory: '{root}/group-directory'",
                    "sticky-directory: given",
                    $"below/open: '{root}/below'",
                    $"link: '{root}/open-directory'",
                    $"linked/directory: '{root}/below'",
                    $"hops: '{root}/open-hop'",
                    "fine/directory: given",
                    $"missing: The model 'iris",
                ],
                run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            Assert.Empty(Directory.GetFiles(root, ".mlcontainer-*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task PublishForTwoPlatforms_CarriesModelAndLoaderIntoTheImage()
    {
        Laboratory laboratory = await Laboratory.OpenAsync();
        TestProject project = NewProject(laboratory, "image").Sdk("Microsoft.NET.Sdk.Web").ForTwoPlatforms()
            .PublishingTo(laboratory.Registry, laboratory.Base("aspnet:10.0-multi"))
            .Property("ContainerUser", "1654:1654")
            .RawItem($"<MlContainerModel Include=\"models/iris.onnx\" Sha256=\"{Hash}\" />")
            .WriteFile("models/iris.onnx", "weights")
            .WriteFile("Program.cs", "Console.WriteLine(image.DeclaredModels.VerifiedPath(\"models/iris.onnx\"));");

        BuildResult publish = await project.PublishContainerAsync();
        Assert.True(publish.Succeeded, publish.Output);
        Assert.Empty(publish.Warnings);

        CommandResult run = await Podman.RunAsync($"{laboratory.Registry.Address}/{project.Repository}:1.0.0");
        Assert.Equal((0, "/app/models/iris.onnx"), (run.ExitCode, run.Output.Trim()));
    }

    private static TestProject NewProject(Laboratory laboratory, string name) =>
        new TestProject(laboratory, name).Sdk("Microsoft.NET.Sdk").Property("OutputType", "Exe").Property("MlContainerGenerateModelLoader", "true").WriteFile("Program.cs", "System.Console.WriteLine();");
}
