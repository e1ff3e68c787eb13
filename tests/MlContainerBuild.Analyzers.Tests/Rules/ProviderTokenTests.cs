using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Tests.Verification;
using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.SecretTextAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1001.</summary>
public sealed class ProviderTokenTests
{
    public static TheoryData<string, string, string> Tokens() => new()
    {
        { Made.HuggingFaceToken(), "Hugging Face user token (hf_…)", "HuggingFace:Token" },
        { Made.GitHubToken(), "GitHub token (ghp_…)", "GitHub:Token" },
        { "sk-" + Made.Random(Made.Alphanumeric, 20) + "T3BlbkFJ" + Made.Random(Made.Alphanumeric, 20), "OpenAI API key", "OpenAI:ApiKey" },
        { "sk-ant-api03-" + Made.Random(Made.Alphanumeric, 93) + "AA", "Anthropic API key (sk-ant-…)", "Anthropic:ApiKey" },
        { "nvapi-" + Made.Random(Made.Alphanumeric, 64), "NVIDIA API key (nvapi-…)", "NVIDIA:ApiKey" },
        { "wandb_v1_" + Made.Random(Made.Alphanumeric, 77), "Weights & Biases API key (wandb_v1_…)", "WeightsAndBiases:ApiKey" },
        { "dckr_pat_" + Made.Random(Made.Alphanumeric, 27), "Docker Hub personal access token (dckr_pat_…)", "DockerHub:Token" },
        { "glpat-" + Made.Random(Made.Alphanumeric, 20), "GitLab token", "GitLab:Token" },
    };

    [Theory, MemberData(nameof(Tokens))]
    public Task TokenOfProvider_TriggersAndNamesItWithoutShowingIt(string token, string shown, string key) =>
        Verify.VerifyAnalyzerAsync(
            $$"""class Client { string key = {|#0:"{{token}}"|}; }""",
            Verify.Diagnostic("MLC1001").WithLocation(0).WithArguments(shown, key, key.Replace(":", "__", StringComparison.Ordinal)));

    [Fact]
    public async Task Token_FailsThePublishButNotTheBuild()
    {
        Diagnostic finding = await FindingOf(Made.HuggingFaceToken());
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Equal("error", finding.Properties["publishSeverity"]);
    }

    [Fact]
    public async Task TokenThatExpires_OnlyWarns() =>
        Assert.Equal("warning", (await FindingOf(Made.JsonWebToken())).Properties["publishSeverity"]);

    [Fact]
    public Task TokenInTestProject_Triggers() =>
        Verify.VerifyAnalyzerAsync($$"""namespace Xunit { class FactAttribute : Attribute; } class T { string key = {|MLC1001:"{{Made.HuggingFaceToken()}}"|}; }""");

    public static TheoryData<string> LookAlikes() =>
    [
        "hf_" + new string('x', 34),
        "AKIA" + "IOSFODNN7EXAMPLE",
        "sha256:" + Made.Random(Made.HexDigits, 64),
        Made.Random(Made.HexDigits, 40),
        "0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e",
        "sk-no-key-required",
        "not-needed",
        "lm-studio",
        "UseDevelopmentStorage=true",
        "Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089",
        "<|endoftext|>",
        "hf_hub_download",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ];

    [Theory, MemberData(nameof(LookAlikes))]
    public Task LookAlike_DoesNotTrigger(string text) => Verify.VerifyAnalyzerAsync($$"""class Client { string text = "{{text}}"; }""");

    private static async Task<Diagnostic> FindingOf(string text) =>
        Assert.Single(await TestProject.AnalyzeAsync(TestProject.Compile($$"""class C { string s = "{{text}}"; }"""), new Analyzers.Rules.SecretTextAnalyzer()));
}
