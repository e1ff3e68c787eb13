using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Rules;
using MlContainerBuild.Analyzers.Tests.Verification;
using MlContainerBuild.Secrets.Tests;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>Settings are named by what is around a secret. That may be another secret, or the secret itself.</summary>
public sealed class SecretsInMessagesTests
{
    [Theory]
    [InlineData("""void Run(Uri a) { Equal("https://app:ONE@models.example/a.git", a.AbsoluteUri); Equal("https://app:TWO@models.example/b.git", a.AbsoluteUri); }""")]
    [InlineData("""string[] Tokens => new[] { "hf_THREE", "hf_FOUR" };""")]
    [InlineData("""string[,] Tokens => new[,] { { "hf_THREE", "hf_FOUR" }, { "hf_FOUR", "hf_THREE" } };""")]
    [InlineData("""Dictionary<string, string> Tokens => new() { { "hf_THREE", "hf_FOUR" }, { "hf_FOUR", "hf_THREE" } };""")]
    [InlineData("""Dictionary<string, string> Tokens => new() { ["hf_THREE"] = "hf_FOUR", ["hf_FOUR"] = "hf_THREE" };""")]
    [InlineData("""void Run(Dictionary<string, int> map) { map.Add("Server=db.example;User Id=sa;Password=ONE", 1); map.Add("Server=db.example;User Id=sa;Password=TWO", 2); }""")]
    [InlineData("""void Run(Dictionary<string, string> map) { map.Add("Server=db.example;User Id=sa;Password=ONE", "Server=db.example;User Id=sa;Password=TWO"); }""")]
    [InlineData("""void Run(Dictionary<string, string> map) { map["ONE"] = "Server=db.example;User Id=sa;Password=TWO"; map["TWO"] = "Server=db.example;User Id=sa;Password=ONE"; }""")]
    [InlineData("""void Run(string a) { Equal("b25lOk9ORQ==", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("app:ONE"))); Equal("ONE", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("app:TWO"))); }""")]
    public async Task Message_ShowsNoSecret(string members)
    {
        string[] secrets = [Made.Password(1), Made.Password(2), Made.Random(Made.Letters, 34, 3), Made.Random(Made.Letters, 34, 4)];
        string source = $$"""class Client { static void Equal(string a, string b) { } {{members}} }"""
            .Replace("ONE", secrets[0]).Replace("TWO", secrets[1]).Replace("THREE", secrets[2]).Replace("FOUR", secrets[3]);
        Compilation compilation = TestProject.Compile(source);
        TestProject.AssertCompiles(compilation, "test source");

        ImmutableArray<Diagnostic> findings = await TestProject.AnalyzeAsync(compilation, new SecretTextAnalyzer(), new HardCodedCredentialAnalyzer());

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.All(secrets, secret => Assert.DoesNotContain(Plain(secret), Plain(finding.GetMessage(CultureInfo.InvariantCulture)), StringComparison.Ordinal)));
    }

    /// <summary>As names are made: without punctuation, in other case.</summary>
    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
