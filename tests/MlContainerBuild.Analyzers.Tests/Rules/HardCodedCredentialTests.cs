using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Rules;
using MlContainerBuild.Analyzers.Tests.Documentation;
using MlContainerBuild.Analyzers.Tests.Verification;
using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.HardCodedCredentialAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1002.</summary>
public sealed partial class HardCodedCredentialTests
{
    private static readonly string Key = Made.Random(Made.HexDigits, 32);
    private static readonly string Password = Made.Password();

    // In the sources KEY and PASSWORD are values made for this run.
    private static string Filled(string source) => source.Replace("API_KEY", "API_§").Replace("KEY", Key).Replace("§", "KEY").Replace("PASSWORD", Password);

    private static string Method(string body) => Filled(
        $$"""
        using System.ClientModel;
        using System.Net;
        using System.Net.Http.Headers;
        using Azure;
        using Azure.AI.OpenAI;
        using Microsoft.Data.SqlClient;
        using Microsoft.SemanticKernel;
        using OpenAI;
        using OpenAI.Chat;

        class Client
        {
            static void Use(object value) { }
            static string Secret(string name) => name;

            void Run(HttpClient http, IKernelBuilder kernel, string? given, bool flag, WebHeaderCollection headers, Dictionary<string, string> map)
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("""Use(new ApiKeyCredential({|MLC1002:"KEY"|}));""")]
    [InlineData("""Use(new AzureKeyCredential({|MLC1002:"KEY"|}));""")]
    [InlineData("""new AzureKeyCredential(given!).Update({|MLC1002:"KEY"|});""")]
    [InlineData("""Use(new ChatClient("gpt-4o", {|MLC1002:"KEY"|}));""")]
    [InlineData("""Use(new OpenAIClient({|MLC1002:"KEY"|}));""")]
    [InlineData("""Use(new AzureOpenAIClient(new Uri("https://models.openai.azure.com"), new AzureKeyCredential({|MLC1002:"KEY"|})));""")]
    [InlineData("""kernel.AddOpenAIChatCompletion("gpt-4o", {|MLC1002:"KEY"|});""")]
    [InlineData("""kernel.AddOpenAIChatCompletion(apiKey: {|MLC1002:"KEY"|}, modelId: "gpt-4o");""")]
    [InlineData("""Use(new NetworkCredential("reader", {|MLC1002:"PASSWORD"|}));""")]
    [InlineData("""Use(new NetworkCredential { Password = {|MLC1002:"PASSWORD"|} });""")]
    [InlineData("""Use(new NetworkCredential("reader", {|MLC1002:"correcthorsebattery"|}));""")]
    [InlineData("""Use(new SqlConnectionStringBuilder { DataSource = "db", Password = {|MLC1002:"PASSWORD"|} });""")]
    [InlineData("""Use(new StackExchange.Redis.ConfigurationOptions { Password = {|MLC1002:"PASSWORD"|} });""")]
    [InlineData("""http.DefaultRequestHeaders.Add("api-key", {|MLC1002:"KEY"|});""")]
    [InlineData("""http.DefaultRequestHeaders.Add("Authorization", {|MLC1002:"Bearer KEY"|});""")]
    [InlineData("""http.DefaultRequestHeaders.TryAddWithoutValidation("X-Auth-Token", {|MLC1002:"KEY"|});""")]
    [InlineData("""http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", {|MLC1002:"KEY"|});""")]
    [InlineData("""headers["Ocp-Apim-Subscription-Key"] = {|MLC1002:"KEY"|};""")]
    [InlineData("""headers.Add("x-api-key", {|MLC1002:"KEY"|});""")]
    [InlineData("""Use(new System.Security.Cryptography.X509Certificates.X509Certificate2("/certs/a.pfx", {|MLC1002:"PASSWORD"|}));""", "SYSLIB0057")]
    public async Task ConstantAtApi_TriggersAndFailsThePublish(string body, string disabled = "")
    {
        string source = (disabled.Length > 0 ? $"#pragma warning disable {disabled}\n" : "") + Method(body);
        await Verify.VerifyAnalyzerAsync(source);
        Diagnostic finding = Assert.Single(await TestProject.AnalyzeAsync(TestProject.Compile(Markup.Parse(source).Source), new HardCodedCredentialAnalyzer()));
        Assert.Equal("error", finding.Properties["publishSeverity"]);
    }

    [Theory]
    [InlineData("""Use(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes({|MLC1002:"reader:PASSWORD"|}))));""")]
    [InlineData("""var basic = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes({|MLC1002:"reader:PASSWORD"|})); http.DefaultRequestHeaders.Add("Authorization", $"Basic {basic}");""")]
    [InlineData("""var key = {|MLC1002:"KEY"|}; Use(new ApiKeyCredential(key));""")]
    [InlineData("""const string key = {|MLC1002:"KEY"|}; Use(new ApiKeyCredential(key));""")]
    [InlineData("""string key; key = {|MLC1002:"KEY"|}; Use(new ApiKeyCredential(key));""")]
    [InlineData("""Use(new ApiKeyCredential(given ?? {|MLC1002:"KEY"|}));""")]
    [InlineData("""Use(new ApiKeyCredential(flag ? {|MLC1002:"KEY"|} : given!));""")]
    [InlineData("""Use(new ApiKeyCredential(given switch { "a" => {|MLC1002:"KEY"|}, _ => given! }));""")]
    [InlineData("""Use(new ApiKeyCredential({|MLC1002:"KEY"|}.Trim()));""")]
    [InlineData("""Use(new ApiKeyCredential({|MLC1002:"KEY1" + "KEY2"|}));""")]
    [InlineData("""Use(new ApiKeyCredential({|MLC1002:string.Concat("KEY1", "KEY2")|}));""")]
    [InlineData("""var credential = new ApiKeyCredential({|MLC1002:"KEY"|}); Use(credential);""")]
    [InlineData("""var key = {|MLC1002:"KEY"|}; Use(new ApiKeyCredential(key)); Use(new ChatClient("m", key));""")]
    public Task ConstantOnItsWayToApi_TriggersOnceWhereItIsWritten(string body) =>
        Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("""private const string Value = {|MLC1002:"KEY"|}; object Get() => new ApiKeyCredential(Value);""")]
    [InlineData("""private static readonly string Value = {|MLC1002:"KEY"|}; object Get() => new ApiKeyCredential(Value);""")]
    [InlineData("""private string value = {|MLC1002:"KEY"|}; object Get() => new ApiKeyCredential(value);""")]
    [InlineData("""string Value { get; } = {|MLC1002:"KEY"|}; object Get() => new ApiKeyCredential(Value);""")]
    [InlineData("""string Value => {|MLC1002:"KEY"|}; object Get() => new ApiKeyCredential(Value);""")]
    [InlineData("""object Get(string value = {|MLC1002:"KEY"|}) => new ApiKeyCredential(value);""")]
    [InlineData("""const string ApiKey = {|MLC1002:"KEY"|}; object Get() => new ApiKeyCredential(ApiKey); object Other() => new ChatClient("m", ApiKey);""")]
    public Task ConstantInMember_TriggersOnceWhereItIsDeclared(string members) =>
        Verify.VerifyAnalyzerAsync(Filled($$"""using System.ClientModel; using OpenAI.Chat; class Client { {{members}} }"""));

    [Theory]
    [InlineData("""const string ClientSecret = {|MLC1002:"KEY"|};""")]
    [InlineData("""static readonly string apiKey = {|MLC1002:"KEY"|};""")]
    [InlineData("""string DbPassword { get; set; } = {|MLC1002:"PASSWORD"|};""")]
    [InlineData("""string Password => {|MLC1002:"t0ps3cr3t"|};""")]
    [InlineData("""string GetApiKey() => {|MLC1002:"KEY"|};""")]
    [InlineData("""string GetApiKey() { return {|MLC1002:"KEY"|}; }""")]
    [InlineData("""void Open(string password = {|MLC1002:"PASSWORD"|}) { }""")]
    [InlineData("""void Open(string host, string password = {|MLC1002:"PASSWORD"|}) { } void Run() { Open("a"); Open("b"); }""")]
    [InlineData("""void Open(string password) { } void Run() => Open({|MLC1002:"PASSWORD"|});""")]
    [InlineData("""bool Check(string password) => password == {|MLC1002:"PASSWORD"|};""")]
    [InlineData("""void Run() { var accessToken = {|MLC1002:"KEY"|}; }""")]
    [InlineData("""object Get() => new Dictionary<string, string> { ["api_key"] = {|MLC1002:"KEY"|} };""")]
    [InlineData("""object Get() => new { apiKey = {|MLC1002:"KEY"|} };""")]
    [InlineData("""[Login(Password = {|MLC1002:"PASSWORD"|})] class LoginAttribute : Attribute { public string? Password { get; set; } }""")]
    [InlineData("""ReadOnlySpan<byte> ApiKey => {|MLC1002:"KEY"u8|};""")]
    [InlineData("""string Url => {|MLC1002:"https://models.example/v1/iris?access_token=KEY&format=onnx"|};""")]
    [InlineData("""string Url(string model) => $"{|MLC1002:https://models.example/v1?access_token=KEY&model=|}{model}";""")]
    [InlineData("string Body => {|MLC1002:\"{ \\\"user\\\": \\\"a\\\", \\\"password\\\": \\\"PASSWORD\\\" }\"|};")]
    public async Task ConstantNamedCredential_TriggersAndWarns(string members)
    {
        string source = Filled($$"""class Client { {{members}} }""");
        await Verify.VerifyAnalyzerAsync(source);
        Diagnostic finding = Assert.Single(await TestProject.AnalyzeAsync(TestProject.Compile(Markup.Parse(source).Source), new HardCodedCredentialAnalyzer()));
        Assert.Equal("warning", finding.Properties["publishSeverity"]);
    }

    [Fact]
    public Task Finding_NamesPlaceAndSetting() =>
        Verify.VerifyAnalyzerAsync(
            Method("""Use(new ChatClient("gpt-4o", {|#0:"KEY"|}));"""),
            Verify.Diagnostic("MLC1002").WithLocation(0).WithArguments("'apiKey' of 'ChatClient'", "OpenAI:ApiKey", "OpenAI__ApiKey"));

    [Theory]
    [InlineData("""Use(new ApiKeyCredential(Environment.GetEnvironmentVariable("OPENAI_API_KEY")!));""")]
    [InlineData("""Use(new ApiKeyCredential(given!));""")]
    [InlineData("""Use(new ApiKeyCredential(File.ReadAllText("/run/secrets/openai-key1")));""")]
    [InlineData("""Use(new ApiKeyCredential("your-api-key-goes-here"));""")]
    [InlineData("""Use(new ApiKeyCredential("<your OpenAI key 1>"));""")]
    [InlineData("""Use(new ApiKeyCredential("not-needed"));""")]
    [InlineData("""Use(new ApiKeyCredential("sk-no-key-required"));""")]
    [InlineData("""Use(new ApiKeyCredential("lm-studio"));""")]
    [InlineData("""Use(new ApiKeyCredential("ollama"));""")]
    [InlineData("""Use(new ApiKeyCredential("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));""")]
    [InlineData("""Use(new ApiKeyCredential(""));""")]
    [InlineData("""Use(new OpenAIClient(new ApiKeyCredential("KEY"), new OpenAIClientOptions { Endpoint = new Uri("http://localhost:1234/v1") }));""")]
    [InlineData("""var credential = new ApiKeyCredential("KEY"); Use(new OpenAIClient(credential, new OpenAIClientOptions { Endpoint = new Uri("http://127.0.0.1:1234/v1") }));""")]
    [InlineData("""var options = new OpenAIClientOptions { Endpoint = new Uri("http://host.docker.internal:11434") }; Use(new OpenAIClient(new ApiKeyCredential("KEY"), options));""")]
    [InlineData("""kernel.AddOpenAIChatCompletion("llama", new Uri("http://localhost:11434/v1"), "KEY");""")]
    [InlineData("""Use(new NetworkCredential("reader", ""));""")]
    [InlineData("""Use(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("reader:" + given)));""")]
    [InlineData("""Use(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("a text: of several words")));""")]
    [InlineData("""Use(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("user:password")));""")]
    [InlineData("""Use(new NetworkCredential("reader", "${PASSWORD}"));""")]
    [InlineData("""http.DefaultRequestHeaders.Add("User-Agent", "KEY");""")]
    [InlineData("""http.DefaultRequestHeaders.Add("X-Request-Id", "KEY");""")]
    [InlineData("""http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", given);""")]
    public Task ReadAtRunTimeSampleOrLocal_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    /// <summary>What the fix writes is what the message says.</summary>
    [Theory]
    [InlineData("MLC1002", """object Get() => new ApiKeyCredential("KEY");""")]
    [InlineData("MLC1002", """object[] Get() => [new NetworkCredential("a", "PASSWORD"), new NetworkCredential("b", "PASSWORD2")];""")]
    [InlineData("MLC1002", """const string ApiKey = "KEY";""")]
    [InlineData("MLC1004", """object Get() => new HMACSHA256(System.Text.Encoding.UTF8.GetBytes("KEY"));""")]
    [InlineData("MLC1008", """const string CallbackKey = "RANDOM";""")]
    public async Task Message_NamesTheSettingOfTheFix(string id, string members)
    {
        string source = Filled($$"""using System.ClientModel; using System.Net; using System.Security.Cryptography; class Client { {{members}} }""").Replace("RANDOM", Random);
        ImmutableArray<Diagnostic> findings = await TestProject.AnalyzeAsync(TestProject.Compile(source), new HardCodedCredentialAnalyzer());
        Assert.NotEmpty(findings);
        Assert.All(findings, finding =>
        {
            string setting = finding.Properties["setting"]!;
            Assert.Equal(id, finding.Id);
            Assert.Contains($": \"{setting}\" from configuration, which a mounted file /run/secrets/{setting.Replace(":", "__", StringComparison.Ordinal)} sets ", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("""internal const string ModelApiKey = "KEY";""", """Use(new ApiKeyCredential(Constants.ModelApiKey));""", "MLC1002")]
    [InlineData("""internal const string ModelApiKey = "KEY";""", """http.DefaultRequestHeaders.Add("Authorization", "Bearer " + Constants.ModelApiKey);""", "MLC1002")]
    [InlineData("""internal const string CallbackKey = "RANDOM";""", """Use(new ApiKeyCredential(Constants.CallbackKey));""", "MLC1002")]
    [InlineData("""internal const string JwtKey = "KEY";""", """Use(new System.Security.Cryptography.HMACSHA256(System.Text.Encoding.UTF8.GetBytes(Constants.JwtKey)));""", "MLC1004")]
    public async Task ConstantOfAnotherFileAtApi_IsToldOnceWhereItIsDeclared(string declaration, string use, string id)
    {
        Diagnostic finding = Assert.Single(await InTwoFilesAsync(declaration, use));

        Assert.Equal((id, "error", true), (finding.Id, finding.Properties["publishSeverity"], IsInDeclaration(finding)));
    }

    [Theory]
    [InlineData("""Use(new ApiKeyCredential(Constants.Remote));""")]
    [InlineData("""var key = Constants.Remote; Use(new ApiKeyCredential(key));""")]
    public async Task ConstantOfAnotherFileWhoseNameSaysNothing_IsToldOnceWhereItIsUsed(string use)
    {
        Diagnostic finding = Assert.Single(await InTwoFilesAsync("""internal const string Remote = "KEY";""", use));

        Assert.Equal(("MLC1002", "error", false), (finding.Id, finding.Properties["publishSeverity"], IsInDeclaration(finding)));
    }

    [Fact]
    public async Task ConstantOfAnotherFileThatNoApiTakes_WarnsWhereItIsDeclared()
    {
        Diagnostic finding = Assert.Single(await InTwoFilesAsync("""internal const string ModelApiKey = "KEY";""", "Use(Constants.ModelApiKey);"));

        Assert.Equal(("MLC1002", "warning", true), (finding.Id, finding.Properties["publishSeverity"], IsInDeclaration(finding)));
    }

    private static readonly string Random = Made.Random(Made.Alphanumeric, 40);

    private static bool IsInDeclaration(Diagnostic finding) => finding.Location.SourceTree!.ToString().Contains("class Constants", StringComparison.Ordinal);

    private static Task<ImmutableArray<Diagnostic>> InTwoFilesAsync(string declaration, string use)
    {
        Compilation constants = TestProject.Compile(Filled($$"""static class Constants { {{declaration}} }""").Replace("RANDOM", Random));
        SyntaxTree user = TestProject.Parse($$"""using System.ClientModel; class Client { static void Use(object value) { } void Run(HttpClient http) { {{use}} } }""");
        return TestProject.AnalyzeAsync(constants.AddSyntaxTrees(user), new HardCodedCredentialAnalyzer());
    }

    [Theory]
    [InlineData("""const string ApiKey = "ApiKey";""")]
    [InlineData("""const string ApiKeyHeader = "X-Api-Key-2024";""")]
    [InlineData("""const string ApiKeyEnvironmentVariable = "OPENAI_API_KEY_1";""")]
    [InlineData("""const string ClientSecret = "client_secret_basic";""")]
    [InlineData("""const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";""")]
    [InlineData("""const string Password = "Password";""")]
    [InlineData("""const string Password = "password_v2";""")]
    [InlineData("""const string ForgotPassword = "ForgotPassword";""")]
    [InlineData("""const string Password = "#login-password2";""")]
    [InlineData("""const string Password = "input[type=password]:nth(1)";""")]
    [InlineData("""const string Password = @"^(?=.*\d)(?=.*[a-z]).{8,}$";""")]
    [InlineData("""const string PasswordHash = "PASSWORD";""")]
    [InlineData("""const string PasswordRequired = "Please enter your password 2 times";""")]
    [InlineData("""const string ResetPassword = "/account/reset-password2";""")]
    [InlineData("""const string PublicKey = "KEY";""")]
    [InlineData("""const string CacheKey = "KEY";""")]
    [InlineData("""const string ClientId = "KEY";""")]
    [InlineData("""const string ClientSecret = "0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e";""")]
    [InlineData("""const string EosToken = "<|endoftext|>";""")]
    [InlineData("""const string SpecialTokens = "KEY";""")]
    [InlineData("""const string StripeApiKey = "pk_live_KEY";""")]
    [InlineData("""string ApiKey => Environment.GetEnvironmentVariable("MODEL_API_KEY_1")!;""")]
    [InlineData("""static class EnvironmentVariables { public const string ApiKey = "KEY"; }""")]
    [InlineData("""void Log(string message) { } void Run() => Log("KEY");""")]
    [InlineData("""string Url(string token) => $"https://models.example/v1?access_token={token}&revision=KEY";""")]
    [InlineData("""string Url => "https://models.example/v1?access_token=YOUR_TOKEN_GOES_HERE_1&page_token=2";""")]
    [InlineData("""string Url => "http://localhost:8080/v1?access_token=KEY";""")]
    [InlineData("string Schema => \"{ \\\"password\\\": { \\\"type\\\": \\\"string\\\" }, \\\"apiKey\\\": \\\"string\\\" }\";")]
    [InlineData("""object Get() => new Dictionary<string, string> { ["sha256"] = "KEY", ["revision"] = "KEY" };""")]
    public Task NameOrLookAlike_DoesNotTrigger(string members) => Verify.VerifyAnalyzerAsync(Filled($$"""class Client { {{members}} }"""));

    [Theory]
    [InlineData("""const string AccountKey = "EMULATOR";""")]
    [InlineData("""object Get() => new Azure.AzureKeyCredential("EMULATOR");""")]
    public Task KeyThatEveryEmulatorShips_DoesNotTrigger(string members) =>
        Verify.VerifyAnalyzerAsync($$"""class Client { {{members}} }""".Replace("EMULATOR", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6" + "IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="));

    [Fact]
    public Task PasswordOfTestcontainer_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(Filled("""namespace Testcontainers.PostgreSql { class Builder { public Builder WithPassword(string password) => this; } } class C { void Run() => new Testcontainers.PostgreSql.Builder().WithPassword("PASSWORD"); }"""));

    [Fact]
    public Task TestProject_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync("namespace Xunit { class FactAttribute : Attribute; } " + Filled("""class Client { const string ApiKey = "KEY"; object Get() => new System.ClientModel.ApiKeyCredential(ApiKey); }"""));

    [Fact]
    public async Task SinkOfEditorConfig_Triggers()
    {
        string source = Filled(
            """
            namespace Acme
            {
                public class Vault(string pin) { public string Pin => pin; public string Licence { get; set; } = ""; public void Open(string code) { } }
            }
            class Client { void Run() { var vault = new Acme.Vault("PASSWORD"); vault.Licence = "KEY"; vault.Open("PASSWORD"); } }
            """);
        var options = EditorConfig.With(("mlcontainer.credential_sinks", "Acme.Vault(pin) | Acme.Vault.Licence|Acme.Vault.Open(code)"));
        ImmutableArray<Diagnostic> findings = await TestProject.AnalyzeAsync(TestProject.Compile(source), options, new HardCodedCredentialAnalyzer());

        Assert.Equal(["error", "error", "error"], findings.Select(finding => finding.Properties["publishSeverity"]));
        Assert.Empty(await TestProject.AnalyzeAsync(TestProject.Compile(source), new HardCodedCredentialAnalyzer()));
    }

    [Fact]
    public async Task PlaceholderOfEditorConfig_DoesNotTrigger()
    {
        string source = Filled("""class Client { string ApiKey = "acme-Demo-KEY"; object Get() => new System.ClientModel.ApiKeyCredential("acme-demo-KEY"); }""");
        var options = EditorConfig.With(("mlcontainer.secret_placeholders", "acme-demo|sandbox"));

        Assert.Empty(await TestProject.AnalyzeAsync(TestProject.Compile(source), options, new HardCodedCredentialAnalyzer()));
    }

    [Fact]
    public void SettingsOfEditorConfig_AreDocumented()
    {
        string page = Repository.Read("docs", "rules", "MLC1002.md");
        Assert.All(
            [Credentials.CredentialSettings.SinksKey, Credentials.CredentialSettings.PlaceholdersKey],
            key => Assert.Contains($"{key} = ", page, StringComparison.Ordinal));
    }
}
