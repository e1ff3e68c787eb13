namespace MlContainerBuild.Tasks.Tests.Pins;

/// <summary>What MlContainerPin says without asking any registry. The rest is tested against a real one, end to end.</summary>
public sealed class PinBaseImageTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("mlcontainer-").FullName;
    private readonly FakeBuildEngine engine = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void PinWithoutATag_IsLeftAndSaidSo()
    {
        string pin = $"registry.example/base@sha256:{new string('a', 64)}";

        Assert.True(Run(pin));

        Assert.Contains($"app -> {pin} is pinned without a tag", engine.Text, StringComparison.Ordinal);
        Assert.Contains(Project, engine.Text, StringComparison.Ordinal);
        Assert.Empty(engine.Errors);
    }

    [Fact]
    public void NoReference_IsAnUnknownValueAndNotShown()
    {
        string password = new('p', 12);

        Assert.False(Run($"https://me:{password}@registry.example/base:1"));

        Assert.Equal(["MLC9008"], engine.Errors.Select(error => error.Code));
        Assert.DoesNotContain(password, engine.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SdkWithoutItsGraphOfPlatforms_IsNamed()
    {
        Assert.False(Run("registry.example/base:1"));

        Assert.Equal(["MLC9006"], engine.Errors.Select(error => error.Code));
        Assert.Contains("runtime identifier graph", engine.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_WritesNothingAndFails()
    {
        File.WriteAllText(Path.Combine(directory, "graph.json"), """{"runtimes":{"linux-x64":{}}}""");

        Assert.False(Run("registry.example/base:1", isCancelled: true));

        Assert.Equal("Pinning the base image was cancelled. Nothing was written.", Assert.Single(engine.Errors).Message);
        Assert.DoesNotContain("@sha256:", File.ReadAllText(Project), StringComparison.Ordinal);
    }

    private string Project => Path.Combine(directory, "app.csproj");

    private bool Run(string baseImage, bool isCancelled = false)
    {
        File.WriteAllText(Project, $"<Project><PropertyGroup><ContainerBaseImage>{baseImage}</ContainerBaseImage></PropertyGroup></Project>");
        using var task = new PinBaseImage
        {
            BuildEngine = engine,
            ProjectFile = Project,
            GivenBaseImage = baseImage,
            BaseImage = baseImage,
            RuntimeIdentifiers = ["linux-x64"],
            RuntimeIdentifierGraph = Path.Combine(directory, "graph.json"),
        };
        if (isCancelled)
            task.Cancel();

        return task.Execute();
    }
}
