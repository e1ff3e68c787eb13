using Fix = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.SecretFallbackAnalyzer, MlContainerBuild.CodeFixes.Rules.SecretFallbackFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>The fix of MLC1006.</summary>
public sealed partial class SecretFallbackTests
{
    [Theory]
    [InlineData(
        """Use(configuration["OpenAI:ApiKey"] ?? {|MLC1006:"VALUE"|});""",
        """Use(configuration["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured"));""")]
    [InlineData(
        """Use(Environment.GetEnvironmentVariable("MODEL_API_KEY") ?? {|MLC1006:"VALUE"|});""",
        """Use(Environment.GetEnvironmentVariable("MODEL_API_KEY") ?? throw new InvalidOperationException("MODEL_API_KEY is not configured"));""")]
    [InlineData(
        """var key = configuration["OpenAI:ApiKey"]; Use(string.IsNullOrEmpty(key) ? {|MLC1006:"VALUE"|} : key);""",
        """var key = configuration["OpenAI:ApiKey"]; Use(string.IsNullOrEmpty(key) ? throw new InvalidOperationException("OpenAI:ApiKey is not configured") : key);""")]
    [InlineData(
        """Use(configuration.GetValue("OpenAI:ApiKey", {|MLC1006:"VALUE"|}));""",
        """Use(configuration["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured"));""")]
    [InlineData(
        """int length = configuration.GetValue("OpenAI:ApiKey", {|MLC1006:"VALUE"|}).Length;""",
        """int length = (configuration["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured")).Length;""")]
    public Task Fallback_BecomesAnException(string body, string fixedBody) => Fix.VerifyCodeFixAsync(Method(body), Method(fixedBody));

    [Theory]
    [InlineData("""options.ApiKey ??= {|MLC1006:"VALUE"|};""")]
    public Task AssignmentThatCannotThrow_HasNoFix(string body) => Fix.VerifyCodeFixAsync(Method(body), Method(body));

    [Fact]
    public Task FixAll_ThrowsForEverySetting() =>
        Fix.VerifyFixAllAsync(
            Method("""Use(configuration["Db:Password"] ?? {|MLC1006:"t0ps3cr3t"|}); Use(configuration["Hub:ApiKey"] ?? {|MLC1006:"VALUE"|});"""),
            Method("""Use(configuration["Db:Password"] ?? throw new InvalidOperationException("Db:Password is not configured")); Use(configuration["Hub:ApiKey"] ?? throw new InvalidOperationException("Hub:ApiKey is not configured"));"""));
}
