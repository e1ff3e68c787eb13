using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Rules;
using MlContainerBuild.Analyzers.Tests.Verification;
using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.SecretFallbackAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1006.</summary>
public sealed partial class SecretFallbackTests
{
    private static readonly string Value = Made.Random(Made.Alphanumeric, 32);

    // In the sources VALUE was made for this run.
    private static string Method(string body) =>
        $$"""
        using Microsoft.Extensions.Configuration;

        class ModelOptions { public string? ApiKey { get; set; } }

        class Service(IConfiguration configuration, ModelOptions options)
        {
            const string Fallback = "VALUE";
            static void Use(object? value) { }

            void Run(string? given)
            {
                {{body}}
            }
        }
        """.Replace("VALUE", Value);

    [Theory]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""Use(configuration.GetSection("OpenAI:ApiKey").Value ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""Use(configuration.GetSection("OpenAI")["ApiKey"] ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""Use(configuration.GetValue("OpenAI:ApiKey", {|MLC1006:"VALUE"|}));""")]
    [InlineData("""Use(configuration.GetValue<string>("OpenAI:ApiKey") ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""Use(Environment.GetEnvironmentVariable("MODEL_API_KEY") ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""var key = Environment.GetEnvironmentVariable("MODEL_API_KEY"); Use(key ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""var key = configuration["OpenAI:ApiKey"]; Use(string.IsNullOrEmpty(key) ? {|MLC1006:"VALUE"|} : key);""")]
    [InlineData("""Use(options.ApiKey ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""options.ApiKey ??= {|MLC1006:"VALUE"|};""")]
    [InlineData("""Use(given ?? configuration["OpenAI:ApiKey"] ?? {|MLC1006:"VALUE"|});""")]
    [InlineData("""Use(configuration.GetValue<string>("Azure:Key", {|MLC1006:"0a1b2c3d4e5f60718293a4b5c6d7e8f9"|}));""")]
    [InlineData("""Use(configuration["Db:Password"] ?? {|MLC1006:"t0ps3cr3t"|});""")]
    public Task ConstantInPlaceOfSecret_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task ConstantField_TriggersWhereItIsDeclared() =>
        Verify.VerifyAnalyzerAsync(Method("""Use(configuration["OpenAI:ApiKey"] ?? Fallback);""").Replace($"\"{Value}\"", $$"""{|MLC1006:"{{Value}}"|}"""));

    [Theory]
    [InlineData("""Use(configuration["Db:Password"] ?? "changeme");""")]
    [InlineData("""Use(Environment.GetEnvironmentVariable("DB_PASSWORD") ?? "postgres");""")]
    [InlineData("""Use(configuration["Jwt:Key"] ?? "your-super-secret-key-change-me");""")]
    public async Task FallbackThatEverybodyKnows_OnlyWarns(string body)
    {
        Diagnostic finding = Assert.Single(await TestProject.AnalyzeAsync(TestProject.Compile(Method(body)), new SecretFallbackAnalyzer()));
        Assert.Equal(("MLC1006", "warning"), (finding.Id, finding.Properties["publishSeverity"]));
    }

    [Fact]
    public Task Finding_NamesTheSetting() =>
        Verify.VerifyAnalyzerAsync(
            Method("""Use(configuration["OpenAI:ApiKey"] ?? {|#0:"VALUE"|});"""),
            Verify.Diagnostic("MLC1006").WithLocation(0).WithArguments("OpenAI:ApiKey"));

    [Theory]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured"));""")]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? "");""")]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? "not-needed");""")]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? "lm-studio");""")]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? "ollama");""")]
    [InlineData("""Use(configuration["OpenAI:ApiKey"] ?? "<your-key>");""")]
    [InlineData("""Use(configuration["OpenAI:Model"] ?? "VALUE");""")]
    [InlineData("""Use(configuration["Store:Url"] ?? "https://models.example");""")]
    [InlineData("""Use(configuration["ApiKeyFile"] ?? "/run/secrets/key1");""")]
    [InlineData("""Use(Environment.GetEnvironmentVariable("HF_HOME") ?? "VALUE");""")]
    [InlineData("""Use(given ?? "VALUE");""")]
    [InlineData("""Use(configuration.GetValue("Retries", 3));""")]
    public Task NoSecretOrNoConstant_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
