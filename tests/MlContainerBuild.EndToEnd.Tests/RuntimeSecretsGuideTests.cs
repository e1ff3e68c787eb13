using System.Text.RegularExpressions;

using MlContainerBuild.EndToEnd.Tests.Lab;

using YamlDotNet.RepresentationModel;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>What <c>docs/runtime-secrets.md</c> tells people to paste is code that compiles and YAML that parses.</summary>
public sealed partial class RuntimeSecretsGuideTests
{
    private static readonly string Guide = File.ReadAllText(Repository.PathOf("docs/runtime-secrets.md"));

    [Fact]
    public async Task CSharp_CompilesWithoutAFinding()
    {
        string[] snippets = [.. Snippets("csharp")];
        Assert.Equal(5, snippets.Length);

        Laboratory laboratory = await Laboratory.OpenAsync();
        string directory = laboratory.NewDirectory("guide");
        for (int i = 0; i < snippets.Length; i++)
        {
            // One program each: a project has only one with statements at the top.
            var project = new TestProject(laboratory, $"Snippet{i}", Path.Combine(directory, $"Snippet{i}")).Property("TreatWarningsAsErrors", "true");
            bool isProgram = snippets[i].Contains("CreateSlimBuilder", StringComparison.Ordinal);
            project.Property("OutputType", isProgram ? "Exe" : "Library").WriteFile("Program.cs", snippets[i]).Write();
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "guide.proj"), """
            <Project>
              <ItemGroup><Snippet Include="*/*.csproj" /></ItemGroup>
              <Target Name="Build"><MSBuild Projects="@(Snippet)" Targets="Restore" /><MSBuild Projects="@(Snippet)" Targets="Build" Properties="Restored=true" BuildInParallel="true" /></Target>
            </Project>
            """);
        BuildResult result = BuildResult.Parse(await CommandLine.RunAsync(
            "dotnet", ["msbuild", "guide.proj", "-t:Build", "-m:2"], directory, new Dictionary<string, string> { ["NUGET_PACKAGES"] = laboratory.NuGetPackages }));

        Assert.True(result.Succeeded, result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Yaml_Parses()
    {
        YamlMappingNode[] documents = [.. Snippets("yaml").Select(Parse)];

        Assert.Equal(7, documents.Length);
        Assert.Equal(
            ["Deployment", "SecretProviderClass", "SecretProviderClass", "SecretProviderClass"],
            documents.Where(document => document.Children.ContainsKey("kind")).Select(document => (string)document["kind"]!));
    }

    private static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
    }

    private static IEnumerable<string> Snippets(string language) =>
        Fence().Matches(Guide).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value);

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();
}
