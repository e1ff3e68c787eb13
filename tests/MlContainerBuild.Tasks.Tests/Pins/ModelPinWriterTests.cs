using MlContainerBuild.Tasks.Pins;

namespace MlContainerBuild.Tasks.Tests.Pins;

/// <summary>Where a hash is written, and where it is refused. The projects are evaluated for real, without an SDK.</summary>
public sealed class ModelPinWriterTests : IDisposable
{
    private static readonly string Hash = new('a', 64);
    private static readonly string Other = new('b', 64);

    private readonly string directory = Directory.CreateTempSubdirectory("mlcontainer-").FullName;

    public ModelPinWriterTests()
    {
        Write("models/iris.onnx", "1");
        Write("models/deep/words.gguf", "2");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void SingleFile_GetsTheAttribute()
    {
        AssertWritten(
            """<Project><ItemGroup><MlContainerModel Include="models/iris.onnx" Mount="false" /></ItemGroup></Project>""",
            $"""<Project><ItemGroup><MlContainerModel Include="models/iris.onnx" Mount="false" Sha256="{Hash}" /></ItemGroup></Project>""",
            "models/iris.onnx");
    }

    [Fact]
    public void FilesOfAPattern_GetAnElementEach() => AssertWritten(
        """
        <Project>
          <ItemGroup>
            <MlContainerModel Include="models/**" />
          </ItemGroup>
        </Project>
        """,
        $"""
        <Project>
          <ItemGroup>
            <MlContainerModel Include="models/**" />
            <MlContainerModel Update="models/deep/words.gguf" Sha256="{Hash}" />
            <MlContainerModel Update="models/iris.onnx" Sha256="{Hash}" />
          </ItemGroup>
        </Project>
        """,
        "models/deep/words.gguf", "models/iris.onnx");

    [Fact]
    public void HashThatIsThere_IsReplacedWhereItStands() => AssertWritten(
        $"""
        <Project>
          <ItemGroup>
            <MlContainerModel Include="models/**" />
            <MlContainerModel Update="models/iris.onnx" Sha256="{Other}" />
            <MlContainerModel Update="models/deep/words.gguf">
              <Sha256>{Other}</Sha256>
            </MlContainerModel>
          </ItemGroup>
        </Project>
        """,
        $"""
        <Project>
          <ItemGroup>
            <MlContainerModel Include="models/**" />
            <MlContainerModel Update="models/iris.onnx" Sha256="{Hash}" />
            <MlContainerModel Update="models/deep/words.gguf">
              <Sha256>{Hash}</Sha256>
            </MlContainerModel>
          </ItemGroup>
        </Project>
        """,
        "models/iris.onnx", "models/deep/words.gguf");

    [Fact]
    public void DefaultOfAnItemDefinition_IsNoPlaceToWrite() => AssertWritten(
        """<Project><ItemDefinitionGroup><MlContainerModel><Sha256></Sha256></MlContainerModel></ItemDefinitionGroup><ItemGroup><MlContainerModel Include="models/iris.onnx" /></ItemGroup></Project>""",
        $"""<Project><ItemDefinitionGroup><MlContainerModel><Sha256></Sha256></MlContainerModel></ItemDefinitionGroup><ItemGroup><MlContainerModel Include="models/iris.onnx" Sha256="{Hash}" /></ItemGroup></Project>""",
        "models/iris.onnx");

    [Fact]
    public void ImportedFile_IsEditedWhereItDeclares()
    {
        string import = Write("models.props", """<Project><ItemGroup><MlContainerModel Include="models/iris.onnx" /></ItemGroup></Project>""");
        const string Project = """<Project><Import Project="models.props" /></Project>""";

        AssertWritten(Project, Project, "models/iris.onnx");

        Assert.Contains(Hash, File.ReadAllText(import), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Project><ItemGroup /></Project>""", "a target adds the item")]
    [InlineData("""<Project><ItemGroup><MlContainerModel Include="models/iris.onnx" /><MlContainerModel Include="models/*.onnx" /></ItemGroup></Project>""", "declared in")]
    [InlineData("""<Project><ItemGroup><MlContainerModel Include="models/**" Sha256="0" /></ItemGroup></Project>""", "one hash is set for several files")]
    [InlineData("""<Project><ItemGroup><MlContainerModel Include="models/iris.onnx" Sha256="$(A)0" /></ItemGroup></Project>""", "made of properties")]
    [InlineData("""<Project><ItemGroup Condition="'$(X)' == ''"><MlContainerModel Include="models/iris.onnx" /></ItemGroup><ItemGroup><MlContainerModel Remove="models/iris.onnx" /></ItemGroup></Project>""", "a target adds the item")]
    public void WhatCannotBeKnown_IsRefusedAndNothingIsWritten(string project, string reason)
    {
        string path = Write("a.csproj", project);

        (_, PinWriting writing) = Assert.Single(new ModelPinWriter(path, new Dictionary<string, string>()).Write([new ModelPin("models/iris.onnx", Hash)]));

        Assert.Contains(reason, Assert.IsType<PinWriting.Refused>(writing).Reason, StringComparison.Ordinal);
        Assert.Equal(project, File.ReadAllText(path));
    }

    private void AssertWritten(string before, string after, params string[] models)
    {
        string path = Write("a.csproj", before);

        Assert.All(new ModelPinWriter(path, new Dictionary<string, string>()).Write([.. models.Select(model => new ModelPin(model, Hash))]), result => Assert.IsType<PinWriting.Written>(result.Writing));

        Assert.Equal(after, File.ReadAllText(path));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
