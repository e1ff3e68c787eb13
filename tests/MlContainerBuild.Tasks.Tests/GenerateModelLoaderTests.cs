using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MlContainerBuild.Tasks.Tests;

public sealed class GenerateModelLoaderTests : IDisposable
{
    private static readonly string Hash = new('a', 64);
    private static readonly string OtherHash = new('b', 64);

    private readonly string directory = Directory.CreateTempSubdirectory("loader-").FullName;
    private readonly FakeBuildEngine engine = new();

    private string Source => Path.Combine(directory, "obj", "DeclaredModels.g.cs");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void UnchangedSource_KeepsItsFile()
    {
        Assert.True(Run(Model("models/iris.onnx", Hash)));
        DateTime written = DateTime.UnixEpoch.AddYears(50);
        File.SetLastWriteTimeUtc(Source, written);

        Assert.True(Run(Model("models/iris.onnx", Hash)));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Source));

        Assert.True(Run(Model("models/iris.onnx", OtherHash)));
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(Source));
        Assert.Equal([Source], Directory.GetFiles(directory, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void HashInCapitalsAndASecondDeclaration_AreTheSameModel()
    {
        Assert.True(Run(Model("models/iris.onnx", $" {Hash.ToUpperInvariant()} "), Model("models\\iris.onnx", Hash)));

        Assert.Single(File.ReadAllLines(Source), $"        \"models/iris.onnx\" => \"{Hash}\",");
        Assert.Empty(engine.Warnings);
    }

    [Theory]
    [InlineData("has no Sha256", "")]
    [InlineData("has a Sha256 that is not one: it takes 64 hexadecimal digits", "abc")]
    [InlineData("has a Sha256 that is not one: it takes 64 hexadecimal digits", "gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    [InlineData("is declared with several values of Sha256", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "")]
    public void ModelThatCanOnlyBeRefused_IsSaidWithTheCommand(string problem, params string[] hashes)
    {
        Assert.True(Run([.. hashes.Select(hash => Model("models/iris.onnx", hash))]));

        BuildWarningEventArgs warning = Assert.Single(engine.Warnings);
        Assert.Equal("MLC9008", warning.Code);
        Assert.Equal(
            $"The model 'models/iris.onnx' {problem}, so the generated DeclaredModels can only refuse to load it. Run: dotnet build \"/repo/Iris.csproj\" -t:MlContainerPinModels",
            warning.Message);
        Assert.Contains("        \"models/iris.onnx\" => \"\",", File.ReadAllLines(Source));
    }

    [Fact]
    public void ModelThatCanOnlyBeRefused_FailsAPublish()
    {
        var task = NewTask(Model("models/iris.onnx", ""));
        task.IsPublishing = true;

        Assert.False(task.Execute());
        Assert.False(task.IsClean);
        Assert.Equal("MLC9008", Assert.Single(engine.Errors).Code);
    }

    [Fact]
    public void SourceThatCannotBeWritten_IsAnErrorOfTheBuild()
    {
        File.WriteAllText(Path.Combine(directory, "obj"), "a file where a directory should be");

        Assert.False(Run(Model("models/iris.onnx", Hash)));
        Assert.StartsWith("The source that loads the models could not be written: ", Assert.Single(engine.Errors).Message, StringComparison.Ordinal);
    }

    private bool Run(params ITaskItem[] models) => NewTask(models).Execute();

    private GenerateModelLoader NewTask(params ITaskItem[] models) =>
        new() { BuildEngine = engine, ProjectFile = "/repo/Iris.csproj", RootNamespace = "Iris", SourceFile = Source, Models = models };

    private static TaskItem Model(string path, string hash) =>
        new(path, new Dictionary<string, string> { ["TargetPath"] = path, ["Sha256"] = hash });
}
