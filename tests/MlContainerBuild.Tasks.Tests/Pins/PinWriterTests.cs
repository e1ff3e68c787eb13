using MlContainerBuild.Tasks.Pins;

namespace MlContainerBuild.Tasks.Tests.Pins;

/// <summary>Where a pin is written, and where it is refused. The projects are evaluated for real, without an SDK.</summary>
public sealed class PinWriterTests : IDisposable
{
    private const string Tag = "registry.example/dotnet/aspnet:10.0";
    private static readonly string Pin = $"{Tag}@sha256:{new string('a', 64)}";

    private readonly string directory = Directory.CreateTempSubdirectory("mlcontainer-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void ProjectLiteral_IsReplaced() => AssertWritten("a.csproj", $"""
        <Project>
          <PropertyGroup>
            <ContainerBaseImage>{Tag}</ContainerBaseImage>
          </PropertyGroup>
        </Project>
        """);

    [Fact]
    public void DirectoryBuildProps_IsEditedAndTheProjectIsNot()
    {
        string project = Write("a.csproj", """<Project><Import Project="Directory.Build.props" /></Project>""");

        AssertWritten("Directory.Build.props", $"""
            <Project>
            	<PropertyGroup>
            		<ContainerBaseImage
            			Condition="'$(ContainerBaseImage)' == ''">{Tag}</ContainerBaseImage>
            	</PropertyGroup>
            </Project>
            """);

        Assert.Equal("""<Project><Import Project="Directory.Build.props" /></Project>""", File.ReadAllText(project));
    }

    [Fact]
    public void FileImportedByAnImportedFile_IsEdited()
    {
        Write("a.csproj", """<Project><Import Project="build/one.props" /></Project>""");
        Write("build/one.props", """<Project><Import Project="two.props" /></Project>""");

        AssertWritten("build/two.props", $"<Project><PropertyGroup><ContainerBaseImage>{Tag}</ContainerBaseImage></PropertyGroup></Project>");
    }

    [Fact]
    public void OfSeveralValues_TheOneInEffectIsReplaced()
    {
        Write("Directory.Build.props", "<Project><PropertyGroup><ContainerBaseImage>registry.example/default:1</ContainerBaseImage></PropertyGroup></Project>");

        AssertWritten(
            "a.csproj",
            $"""
            <Project>
              <Import Project="Directory.Build.props" />
              <PropertyGroup Condition="'$(Configuration)' == 'Debug'">
                <ContainerBaseImage>registry.example/debug:1</ContainerBaseImage>
              </PropertyGroup>
              <Choose>
                <When Condition="'$(Configuration)' == 'Release'">
                  <PropertyGroup>
                    <ContainerBaseImage Condition="'$(TargetFramework)' != 'net9.0'">{Tag}</ContainerBaseImage>
                    <ContainerBaseImage Condition="'$(TargetFramework)' == 'net9.0'">registry.example/dotnet/aspnet:9.0</ContainerBaseImage>
                  </PropertyGroup>
                </When>
              </Choose>
            </Project>
            """,
            ("Configuration", "Release"),
            ("TargetFramework", "net10.0"));

        Assert.DoesNotContain("@sha256:", File.ReadAllText(Path.Combine(directory, "Directory.Build.props")), StringComparison.Ordinal);
    }

    [Fact]
    public void NoValue_GetsOneInTheProject()
    {
        string project = Write("a.csproj", "<Project>\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n");

        PinWriting.Written written = Assert.IsType<PinWriting.Written>(WritePin(""));

        Assert.Equal($"{project}(4,5)", written.Span.ToString());
        Assert.Equal(
            $"<Project>\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <ContainerBaseImage>{Pin}</ContainerBaseImage>\n  </PropertyGroup>\n</Project>\n",
            File.ReadAllText(project));
    }

    [Fact]
    public void EmptyValueInEffect_IsFilled()
    {
        Write("Directory.Build.props", "<Project><PropertyGroup><ContainerBaseImage>registry.example/default:1</ContainerBaseImage></PropertyGroup></Project>");
        string project = Write("a.csproj", """<Project><Import Project="Directory.Build.props" /><PropertyGroup><ContainerBaseImage /></PropertyGroup></Project>""");

        Assert.IsType<PinWriting.Written>(WritePin(""));

        Assert.Contains($"<ContainerBaseImage>{Pin}</ContainerBaseImage>", File.ReadAllText(project), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralFrameworks_GetAValueEach()
    {
        string project = Write("a.csproj", "<Project>\n  <PropertyGroup>\n    <TargetFrameworks>net9.0;net10.0</TargetFrameworks>\n  </PropertyGroup>\n</Project>\n");

        Assert.IsType<PinWriting.Written>(WritePin("", "net9.0", Pin.Replace("10.0", "9.0", StringComparison.Ordinal), ("TargetFramework", "net9.0")));
        Assert.IsType<PinWriting.Written>(WritePin("", "net10.0", Pin, ("TargetFramework", "net10.0")));

        Assert.Equal(
            "<Project>\n  <PropertyGroup>\n    <TargetFrameworks>net9.0;net10.0</TargetFrameworks>\n"
            + $"    <ContainerBaseImage Condition=\"'$(TargetFramework)' == 'net9.0'\">{Pin.Replace("10.0", "9.0", StringComparison.Ordinal)}</ContainerBaseImage>\n"
            + $"    <ContainerBaseImage Condition=\"'$(TargetFramework)' == 'net10.0'\">{Pin}</ContainerBaseImage>\n"
            + "  </PropertyGroup>\n</Project>\n",
            File.ReadAllText(project));
    }

    // The other framework of the project, or another project with the same Directory.Build.props, was there first.
    [Fact]
    public void ValueThatSomebodyHasPinnedMeanwhile_IsLeft()
    {
        string project = Write("a.csproj", $"<Project><PropertyGroup><ContainerBaseImage>{Pin}</ContainerBaseImage></PropertyGroup></Project>");
        DateTime before = File.GetLastWriteTimeUtc(project);

        Assert.IsType<PinWriting.Written>(WritePin(Tag));

        Assert.Equal(before, File.GetLastWriteTimeUtc(project));
    }

    [Fact]
    public void CommandLine_IsRefused() =>
        AssertRefused($"<Project><PropertyGroup><ContainerBaseImage>registry.example/other:1</ContainerBaseImage></PropertyGroup></Project>", "on the command line", Tag, ("ContainerBaseImage", Tag));

    [Theory]
    [InlineData("""<Project><PropertyGroup><Version>10.0</Version><ContainerBaseImage>registry.example/dotnet/aspnet:$(Version)</ContainerBaseImage></PropertyGroup></Project>""", "made of other properties")]
    [InlineData("""<Project><PropertyGroup><ContainerBaseImage>registry.example/dotnet/<!-- family -->aspnet:10.0</ContainerBaseImage></PropertyGroup></Project>""", "holds more than text")]
    [InlineData("""<Project><PropertyGroup><ContainerBaseImage>registry.example/other:1</ContainerBaseImage></PropertyGroup></Project>""", "a target sets it")]
    [InlineData("""<Project><PropertyGroup><NuGetPackageRoot>$(MSBuildThisFileDirectory)</NuGetPackageRoot><ContainerBaseImage>registry.example/dotnet/aspnet:10.0</ContainerBaseImage></PropertyGroup></Project>""", "a package or of the SDK")]
    [InlineData("""<Project><PropertyGroup><MSBuildProjectExtensionsPath>.</MSBuildProjectExtensionsPath><ContainerBaseImage>registry.example/dotnet/aspnet:10.0</ContainerBaseImage></PropertyGroup></Project>""", "generated file")]
    public void ValueThatIsNotOursToEdit_IsRefused(string project, string reason) => AssertRefused(project, reason, Tag);

    [Theory]
    [InlineData("""<Project><PropertyGroup Condition="'$(Configuration)' == 'Release'"><ContainerBaseImage>registry.example/dotnet/aspnet:10.0</ContainerBaseImage></PropertyGroup></Project>""", "under conditions that do not hold")]
    [InlineData("""<Project><Target Name="X"><PropertyGroup><ContainerBaseImage>registry.example/dotnet/aspnet:10.0</ContainerBaseImage></PropertyGroup></Target></Project>""", "may set it")]
    public void ValueThatDoesNotCountHere_IsRefused(string project, string reason) => AssertRefused(project, reason, current: "");

    // An inferred value would be written in the first group, and this one has the last word.
    [Fact]
    public void ValueThatIsOverwrittenLater_IsRefused() => AssertRefused(
        """
        <Project>
          <PropertyGroup>
            <A>1</A>
          </PropertyGroup>
          <PropertyGroup>
            <ContainerBaseImage Condition="'$(TargetFramework)' == 'net9.0' or '$(ContainerBaseImage)' != ''">registry.example/other:1</ContainerBaseImage>
          </PropertyGroup>
        </Project>
        """,
        "would not count",
        current: "",
        targetFramework: "net10.0",
        ("TargetFramework", "net10.0"));

    [Fact]
    public void ProjectThatCannotBeEvaluated_IsRefused() => AssertRefused("<Project><Import Project=\"missing.props\" /></Project>", "could not be evaluated", Tag);

    [Fact]
    public void ReadOnlyFile_IsRefused()
    {
        string text = $"<Project><PropertyGroup><ContainerBaseImage>{Tag}</ContainerBaseImage></PropertyGroup></Project>";
        string project = Write("a.csproj", text);
        File.SetAttributes(project, FileAttributes.ReadOnly);
        try
        {
            PinWriting.Refused refused = Assert.IsType<PinWriting.Refused>(WritePin(Tag));
            Assert.Contains("it is read-only", refused.Reason, StringComparison.Ordinal);
            Assert.Equal(text, File.ReadAllText(project));
        }
        finally
        {
            File.SetAttributes(project, FileAttributes.Normal);
        }
    }

    // MSBuild reads it as UTF-8 whatever it declares; the XML reader would refuse the declaration.
    [Fact]
    public void DeclaredCodePage_IsNoObstacle() => AssertWritten(
        "a.csproj", $"<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<Project><PropertyGroup><ContainerBaseImage>{Tag}</ContainerBaseImage></PropertyGroup></Project>");

    private void AssertWritten(string file, string text, params (string Name, string Value)[] globalProperties)
    {
        string path = Write(file, text);

        PinWriting.Written written = Assert.IsType<PinWriting.Written>(WritePin(Tag, null, Pin, globalProperties));

        Assert.Equal(path, written.Span.Path);
        Assert.Equal(text.Replace($">{Tag}<", $">{Pin}<", StringComparison.Ordinal), File.ReadAllText(path));
        Assert.DoesNotContain(Directory.EnumerateFiles(directory, ".*", SearchOption.AllDirectories), _ => true);
    }

    private void AssertRefused(string text, string reason, string current, params (string Name, string Value)[] globalProperties) =>
        AssertRefused(text, reason, current, targetFramework: null, globalProperties);

    private void AssertRefused(string text, string reason, string current, string? targetFramework, params (string Name, string Value)[] globalProperties)
    {
        string project = Write("a.csproj", text);

        PinWriting.Refused refused = Assert.IsType<PinWriting.Refused>(WritePin(current, targetFramework, Pin, globalProperties));

        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(project));
    }

    private PinWriting WritePin(string current) => WritePin(current, null, Pin);

    private PinWriting WritePin(string current, string? targetFramework, string pin, params (string Name, string Value)[] globalProperties) =>
        new PinWriter(Path.Combine(directory, "a.csproj"), globalProperties.ToDictionary(property => property.Name, property => property.Value))
            .Write(current, pin, targetFramework);

    private string Write(string name, string text)
    {
        string path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
