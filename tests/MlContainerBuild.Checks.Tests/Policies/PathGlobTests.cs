using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Policies;

public class PathGlobTests
{
    [Theory]
    [InlineData("src/Api/Api.csproj", "src/Api/Api.csproj")]
    [InlineData("src/*/*.csproj", "src/Api/Api.csproj")]
    [InlineData("src/**/*.csproj", "src/Api.csproj")]
    [InlineData("src/**/*.csproj", "src/a/b/c/Api.csproj")]
    [InlineData("**/*.yaml", "compose.yaml")]
    [InlineData("**/*.yaml", "a/b/compose.yaml")]
    [InlineData("**", "a/b")]
    [InlineData("deploy/**", "deploy/a/b.yaml")]
    [InlineData("**/legacy/**", "deploy/legacy/a.yaml")]
    [InlineData("**/legacy/**", "legacy/a.yaml")]
    [InlineData("**/a/**/b", "a/x/a/y/b")]
    [InlineData("a*b*c", "axxbyybzzc")]
    [InlineData("?.yaml", "a.yaml")]
    [InlineData("*", ".env")]
    [InlineData("a.b", "a.b")]
    public void Path_Matches(string pattern, string path) => Assert.True(Parse(pattern).IsMatch(path));

    [Theory]
    [InlineData("src/*.csproj", "src/Api/Api.csproj")]
    [InlineData("*.yaml", "deploy/compose.yaml")]
    [InlineData("deploy/**", "deploy")]
    [InlineData("deploy/**", "deployments/a.yaml")]
    [InlineData("deploy", "deploy/a.yaml")]
    [InlineData("**/legacy/**", "legacy")]
    [InlineData("src/api.csproj", "src/Api.csproj")]
    [InlineData("?.yaml", ".yaml")]
    [InlineData("a?c", "a/c")]
    [InlineData("a.b", "axb")]
    [InlineData("a*b*c", "axxbyyc_")]
    [InlineData("**/a/**/b", "a/x/b/c")]
    public void Path_DoesNotMatch(string pattern, string path) => Assert.False(Parse(pattern).IsMatch(path));

    [Fact]
    public void PatternThatInvitesBacktracking_IsDecided()
    {
        PathGlob glob = Parse(string.Join('/', Enumerable.Repeat("**/*a*a*a*a*b", 60)));
        Assert.False(glob.IsMatch(string.Join('/', Enumerable.Repeat(new string('a', 200), 100))));
    }

    [Fact]
    public void Globs_AreEqualByPattern()
    {
        Assert.Equal(Parse("a/**"), Parse("a/**"));
        Assert.Equal(Parse("a/**").GetHashCode(), Parse("a/**").GetHashCode());
        Assert.NotEqual(Parse("a/**"), Parse("a/*"));
    }

    private static PathGlob Parse(string pattern)
    {
        Assert.True(PathGlob.TryParse(pattern, out PathGlob? glob, out string? error), error);
        return glob!;
    }
}
