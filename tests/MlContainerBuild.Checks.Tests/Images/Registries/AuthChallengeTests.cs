using System.Collections.Immutable;

using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

public sealed class AuthChallengeTests
{
    [Theory]
    [InlineData("""Bearer realm="https://auth.example/token",service="registry",scope="repository:a/b:pull,push" """,
        "Bearer realm=https://auth.example/token service=registry scope=repository:a/b:pull,push")]
    [InlineData("""bearer REALM="https://auth.example/token" """, "bearer realm=https://auth.example/token")]
    [InlineData("Bearer realm=https://auth.example/token?a=b, service=registry", "Bearer realm=https://auth.example/token?a=b service=registry")]
    [InlineData("""Basic realm="say \"hello\", please" """, """Basic realm=say "hello", please""")]
    [InlineData("Basic", "Basic")]
    [InlineData("""Basic realm="r", Bearer realm="https://auth.example/t" """, "Basic realm=r | Bearer realm=https://auth.example/t")]
    [InlineData("""Negotiate YII==, Basic realm="r" """, "Negotiate yii== | Basic realm=r")]
    [InlineData("""Bearer realm = "x" , service="y" """, "Bearer realm=x service=y")]
    [InlineData("""Bearer realm="first",realm="second" """, "Bearer realm=first")]
    [InlineData("""Bearer service="s",realm="never closed""", "Bearer service=s")]
    [InlineData("", "")]
    [InlineData(",,, ,", "")]
    [InlineData("\u0001", "")]
    public void Header_IsReadAsTheSpecificationSays(string header, string expected)
    {
        Assert.Equal(expected, Show(AuthChallenge.ParseAll([header])));
    }

    [Fact]
    public void SeveralFields_AreAllRead() =>
        Assert.Equal("Basic realm=a | Bearer realm=b", Show(AuthChallenge.ParseAll(["Basic realm=a", "Bearer realm=b"])));

    [Fact]
    public void HugeHeader_IsReadToALimit()
    {
        string many = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"p{i}=v"));

        AuthChallenge challenge = Assert.Single(AuthChallenge.ParseAll(["Bearer " + many]));

        Assert.InRange(challenge.Parameters.Count, 1, 2_000);
    }

    private static string Show(ImmutableArray<AuthChallenge> challenges) =>
        string.Join(" | ", challenges.Select(challenge => string.Join(
            ' ',
            new[] { challenge.Scheme }.Concat(challenge.Parameters
                .OrderBy(pair => Array.IndexOf(["realm", "service", "scope"], pair.Key))
                .Select(pair => $"{pair.Key}={pair.Value}")))));
}
