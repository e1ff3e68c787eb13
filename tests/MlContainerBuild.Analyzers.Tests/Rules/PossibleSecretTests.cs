using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.HardCodedCredentialAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1008.</summary>
public sealed class PossibleSecretTests
{
    private static readonly string Value = Made.Random(Made.Alphanumeric, 40);

    [Theory]
    [InlineData("""const string CallbackKey = {|MLC1008:"VALUE"|};""")]
    [InlineData("""string token = {|MLC1008:"VALUE"|};""")]
    [InlineData("""object Get() => new Dictionary<string, string> { ["upload-key"] = {|MLC1008:"VALUE"|} };""")]
    public Task RandomValueOfSomethingCalledKey_Triggers(string members) =>
        Verify.VerifyAnalyzerAsync($$"""class Client { {{members.Replace("VALUE", Value)}} }""");

    [Theory]
    [InlineData("const string RouteId = \"VALUE\";")]
    [InlineData("const string CacheKey = \"VALUE\";")]
    [InlineData("const string UserKey = \"0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e\";")]
    [InlineData("const string UserKey = \"5d41402abc4b2a76b9719d911017c592\";")]
    [InlineData("const string ResourceKey = \"Models.Training.Errors.NotEnoughMemory\";")]
    [InlineData("const string SettingKey = \"MlService:Training:MaximumNumberOfEpochs2\";")]
    [InlineData("const string token = \"<|reserved_special_token_17|>\";")]
    [InlineData("const string token = \"[PAD]\";")]
    [InlineData("const string Text = \"VALUE\";")]
    public Task NameDigestOrIdentifier_DoesNotTrigger(string member) =>
        Verify.VerifyAnalyzerAsync($$"""class Client { {{member.Replace("VALUE", Value)}} }""");
}
