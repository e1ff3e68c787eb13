using MlContainerBuild.Checks.Models.Loading;

namespace MlContainerBuild.Checks.Tests.Models.Loading;

public sealed class ModelLoaderSourceTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Models_StandInOrderWithTheirHashes()
    {
        string source = Create("Iris", new DeclaredModel("models/b.onnx"), new DeclaredModel("models/a.onnx", Hash));

        Assert.Contains(
            $"""
                        "models/a.onnx" => "{Hash}",
                        "models/b.onnx" => "",
                        _ => throw
                """.ReplaceLineEndings("\n"),
            source,
            StringComparison.Ordinal);
        Assert.DoesNotContain("example.onnx", source, StringComparison.Ordinal);
        Assert.Contains("private const string Project = \"Iris.csproj\";", source, StringComparison.Ordinal);
        Assert.Equal(2, source.Split("GeneratedCode(\"MlContainerBuild\", \"1.2.3\")").Length - 1);
    }

    [Theory]
    [InlineData("Iris.Inference", "namespace Iris.Inference;")]
    [InlineData("my-service", "namespace my_service;")]
    [InlineData("my.class.9lives", "namespace @my.@class._9lives;")]
    [InlineData("a b.Ünicode", "namespace a_b.Ünicode;")]
    [InlineData("..", null)]
    [InlineData("", null)]
    public void RootNamespace_BecomesOneThatCompiles(string rootNamespace, string? expected)
    {
        string[] lines = Create(rootNamespace).Split('\n');

        Assert.Equal(expected, lines.SingleOrDefault(line => line.StartsWith("namespace", StringComparison.Ordinal)));
    }

    [Fact]
    public void NamesOfFiles_AreEscaped() =>
        Assert.Contains("        \"a\\\"b\\\\c\\u000a{d}\" => \"\",\n", Create("Iris", new DeclaredModel("a\"b\\c\n{d}")), StringComparison.Ordinal);

    [Fact]
    public void WithoutModels_EveryNameIsRefused() =>
        Assert.Contains("name switch\n    {\n        _ => throw", Create("Iris"), StringComparison.Ordinal);

    private static string Create(string rootNamespace, params DeclaredModel[] models) => ModelLoaderSource.Create(rootNamespace, "Iris.csproj", "1.2.3", models);
}
