using MlContainerBuild.Secrets.Tests;

using ByPlace = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.HardCodedCredentialAnalyzer, MlContainerBuild.CodeFixes.Rules.HardCodedCredentialFixer>;
using ByText = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.SecretTextAnalyzer, MlContainerBuild.CodeFixes.Rules.HardCodedCredentialFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>The fix of MLC1001, MLC1002 and MLC1003.</summary>
public sealed partial class HardCodedCredentialTests
{
    private static readonly string Token = Made.HuggingFaceToken();
    private static readonly string OtherToken = "hf_" + string.Concat(Token[3..].Reverse());

    private static string Usings(string source) =>
        $$"""
        using System.ClientModel;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Data.SqlClient;
        using Microsoft.Extensions.Configuration;
        using OpenAI.Chat;

        {{Filled(source).Replace("TEXT", Token)}}
        """;

    [Theory]
    [InlineData(
        """class C { object Get() => new ApiKeyCredential({|MLC1002:"KEY"|}); }""",
        """class C { object Get() => new ApiKeyCredential(Environment.GetEnvironmentVariable("OpenAI__ApiKey") ?? throw new InvalidOperationException("OpenAI__ApiKey is not configured")); }""")]
    [InlineData(
        """class C(IConfiguration settings) { object Get() => new ApiKeyCredential({|MLC1002:"KEY"|}); }""",
        """class C(IConfiguration settings) { object Get() => new ApiKeyCredential(settings["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured")); }""")]
    [InlineData(
        """class C { private readonly IConfigurationRoot root = null!; object Get() => new ApiKeyCredential({|MLC1002:"KEY"|}); }""",
        """class C { private readonly IConfigurationRoot root = null!; object Get() => new ApiKeyCredential(root["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured")); }""")]
    [InlineData(
        """class C { private readonly IConfigurationRoot root = null!; static object Get() => new ApiKeyCredential({|MLC1002:"KEY"|}); }""",
        """class C { private readonly IConfigurationRoot root = null!; static object Get() => new ApiKeyCredential(Environment.GetEnvironmentVariable("OpenAI__ApiKey") ?? throw new InvalidOperationException("OpenAI__ApiKey is not configured")); }""")]
    [InlineData(
        """class C { object Get(IConfiguration settings) => new ChatClient("m", {|MLC1002:"KEY"|}); }""",
        """class C { object Get(IConfiguration settings) => new ChatClient("m", settings["OpenAI:ApiKey"] ?? throw new InvalidOperationException("OpenAI:ApiKey is not configured")); }""")]
    [InlineData(
        """class ModelClient { static readonly string ApiKey = {|MLC1002:"KEY"|}; }""",
        """class ModelClient { static readonly string ApiKey = Environment.GetEnvironmentVariable("Model__ApiKey") ?? throw new InvalidOperationException("Model__ApiKey is not configured"); }""")]
    [InlineData(
        """class ModelClient { void Run(HttpClient http) => http.DefaultRequestHeaders.Add("Authorization", {|MLC1002:"Bearer KEY"|}); }""",
        """class ModelClient { void Run(HttpClient http) => http.DefaultRequestHeaders.Add("Authorization", "Bearer " + (Environment.GetEnvironmentVariable("Model__Authorization") ?? throw new InvalidOperationException("Model__Authorization is not configured"))); }""")]
    public Task CredentialByPlace_IsReadAtRunTime(string source, string fixedSource) => ByPlace.VerifyCodeFixAsync(Usings(source), Usings(fixedSource));

    [Theory]
    [InlineData(
        """class C { string Get() => {|MLC1001:"TEXT"|}; }""",
        """class C { string Get() => Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured"); }""")]
    [InlineData(
        """class C { string Get() => {|MLC1001:"Bearer TEXT"|}; }""",
        """class C { string Get() => "Bearer " + (Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured")); }""")]
    [InlineData(
        """class C { int Get() => {|MLC1001:"TEXT"|}.Length; }""",
        """class C { int Get() => (Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured")).Length; }""")]
    [InlineData(
        """class C(IConfiguration settings) { string Get() => settings["Hub:Token"] ?? {|MLC1001:"TEXT"|}; }""",
        """class C(IConfiguration settings) { string Get() => settings["Hub:Token"] ?? throw new InvalidOperationException("Hub:Token is not configured"); }""")]
    [InlineData(
        """var builder = WebApplication.CreateBuilder(); var token = {|MLC1001:"TEXT"|}; Console.WriteLine(token);""",
        """var builder = WebApplication.CreateBuilder(); var token = builder.Configuration["HuggingFace:Token"] ?? throw new InvalidOperationException("HuggingFace:Token is not configured"); Console.WriteLine(token);""")]
    [InlineData(
        """class C(IConfiguration settings) { object Get() => new SqlConnection({|MLC1003:"Server=db.example;User Id=sa;Password=PASSWORD"|}); }""",
        """class C(IConfiguration settings) { object Get() => new SqlConnection(settings.GetConnectionString("Default") ?? throw new InvalidOperationException("ConnectionStrings:Default is not configured")); }""")]
    [InlineData(
        """class C(IConfiguration settings) { object Get() => new SqlConnection("Server=db.example;User Id=sa;" + {|MLC1003:"Password=PASSWORD"|}); }""",
        """class C(IConfiguration settings) { object Get() => new SqlConnection(settings.GetConnectionString("Default") ?? throw new InvalidOperationException("ConnectionStrings:Default is not configured")); }""")]
    [InlineData(
        """class C { string featuresConnection = {|MLC1003:"Server=db.example;User Id=sa;Password=PASSWORD"|}; }""",
        """class C { string featuresConnection = Environment.GetEnvironmentVariable("ConnectionStrings__Features") ?? throw new InvalidOperationException("ConnectionStrings__Features is not configured"); }""")]
    public Task SecretByText_IsReadAtRunTime(string source, string fixedSource) => ByText.VerifyCodeFixAsync(Usings(source), Usings(fixedSource));

    [Theory]
    [InlineData(
        """class C { private const string Token = {|MLC1001:"TEXT"|}; string Get() => $"Bearer {Token}"; }""",
        """class C { private static readonly string Token = Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured"); string Get() => $"Bearer {Token}"; }""")]
    [InlineData(
        """class C { const string Header = {|MLC1001:"Bearer TEXT"|}; }""",
        """class C { static readonly string Header = "Bearer " + (Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured")); }""")]
    [InlineData(
        """class C { public const string Token = {|MLC1001:"TEXT"|}; } class D { string Get() => C.Token; }""",
        """class C { public static readonly string Token = Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured"); } class D { string Get() => C.Token; }""")]
    [InlineData(
        """class C { void Run() { const string token = {|MLC1001:"TEXT"|}; Console.WriteLine(token); } }""",
        """class C { void Run() { string token = Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured"); Console.WriteLine(token); } }""")]
    public Task ConstantThatNeedNotBeOne_IsReadAtRunTime(string source, string fixedSource) => ByText.VerifyCodeFixAsync(Usings(source), Usings(fixedSource));

    /// <summary>Where the language wants a constant, or the text is only known in part, people have to decide.</summary>
    [Theory]
    [InlineData("""public class C { public const string Token = {|MLC1001:"TEXT"|}; }""")]
    [InlineData("""class C { const string Token = {|MLC1001:"TEXT"|}; void Run(string token = Token) { } }""")]
    [InlineData("""class C { const string Token = {|MLC1001:"TEXT"|}; bool Run(string token) => token is Token; }""")]
    [InlineData("""class C { const string Token = {|MLC1001:"TEXT"|}; [System.ComponentModel.DefaultValue(Token)] string Other { get; set; } = ""; }""")]
    [InlineData("""class C { internal const string Token = {|MLC1001:"TEXT"|}; } class D { void Run(string token) { switch (token) { case C.Token: break; } } }""")]
    [InlineData("""class C { static readonly string Header = "Bearer " + Token; const string Token = {|MLC1001:"TEXT"|}; }""")]
    [InlineData("""class C { void Run() { const string token = {|MLC1001:"TEXT"|}; const string header = "Bearer " + token; Console.WriteLine(header); } }""")]
    [InlineData("""class C { void Run(string token = {|MLC1001:"TEXT"|}) { } }""")]
    [InlineData("""class C(string token = {|MLC1001:"TEXT"|}) { string Token => token; }""")]
    [InlineData("""class C { [System.ComponentModel.DefaultValue({|MLC1001:"TEXT"|})] string Token { get; set; } = ""; }""")]
    [InlineData("""class C { void Run(string token) { switch (token) { case {|MLC1001:"TEXT"|}: break; } } }""")]
    [InlineData("""class C { bool Run(string token) => token is {|MLC1001:"TEXT"|}; }""")]
    [InlineData("""class C { ReadOnlySpan<byte> Token => {|MLC1001:"TEXT"u8|}; }""")]
    [InlineData("""class C { string Get(string name) => $"{name}{|MLC1001: TEXT|}"; }""")]
    [InlineData("""class C { string Get() => {|MLC1001:"token=TEXT&page=1"|}; }""")]
    [InlineData("""class C { string Get(string host) => $"Server={host}{|MLC1003:;User Id=sa;Password=PASSWORD|}"; }""")]
    [InlineData("""class C { string Get() => string.Join(";", "Server=db.example", "User Id=sa", {|MLC1003:"Password=PASSWORD"|}); }""")]
    [InlineData("""class C { System.Linq.Expressions.Expression<Func<string>> Get() => () => {|MLC1001:"TEXT"|}; }""")]
    public Task PlaceThatTakesOnlyConstants_HasNoFix(string source) => ByText.VerifyCodeFixAsync(Usings(source), Usings(source));

    [Fact]
    public Task FixAll_ReadsEveryCredentialAtRunTime() =>
        ByText.VerifyFixAllAsync(
            Usings(
                """
                class C(IConfiguration settings)
                {
                    string Token => {|MLC1001:"TEXT"|};
                    string Header => {|MLC1001:"Bearer TEXT"|};
                }
                """),
            Usings(
                """
                class C(IConfiguration settings)
                {
                    string Token => settings["HuggingFace:Token"] ?? throw new InvalidOperationException("HuggingFace:Token is not configured");
                    string Header => "Bearer " + (settings["HuggingFace:Token"] ?? throw new InvalidOperationException("HuggingFace:Token is not configured"));
                }
                """));

    [Fact]
    public Task FixAll_ConnectionStrings_AreNamedByTheirMembersElseTheirDatabases() =>
        ByText.VerifyFixAllAsync(
            Usings(
                """
                class C(IConfiguration settings)
                {
                    string Features => {|MLC1003:"Server=db.example;User Id=sa;Password=PASSWORD"|};
                    string Labels => {|MLC1003:"Server=db.example;User Id=sa;Password=PASSWORD2"|};
                    object Open() => new SqlConnection({|MLC1003:"Server=db.example;Database=drift;User Id=sa;Password=PASSWORD3"|});
                }
                """),
            Usings(
                """
                class C(IConfiguration settings)
                {
                    string Features => settings.GetConnectionString("Features") ?? throw new InvalidOperationException("ConnectionStrings:Features is not configured");
                    string Labels => settings.GetConnectionString("Labels") ?? throw new InvalidOperationException("ConnectionStrings:Labels is not configured");
                    object Open() => new SqlConnection(settings.GetConnectionString("Drift") ?? throw new InvalidOperationException("ConnectionStrings:Drift is not configured"));
                }
                """));

    [Fact]
    public Task FixAll_DifferentConnectionStringsOfOneName_AreToldApartByTheNamesAround() =>
        ByText.VerifyFixAllAsync(
            Usings(
                """
                class Training(IConfiguration settings) { string Features => {|MLC1003:"Server=a.example;User Id=sa;Password=PASSWORD"|}; }
                class Serving(IConfiguration settings) { string Features => {|MLC1003:"Server=b.example;User Id=sa;Password=PASSWORD"|}; }
                """),
            Usings(
                """
                class Training(IConfiguration settings) { string Features => settings.GetConnectionString("TrainingFeatures") ?? throw new InvalidOperationException("ConnectionStrings:TrainingFeatures is not configured"); }
                class Serving(IConfiguration settings) { string Features => settings.GetConnectionString("ServingFeatures") ?? throw new InvalidOperationException("ConnectionStrings:ServingFeatures is not configured"); }
                """));

    [Fact]
    public Task FixAll_DifferentTokensOfOneProvider_GetDifferentSettings() =>
        ByText.VerifyFixAllAsync(
            Usings(
                """
                class C(IConfiguration settings)
                {
                    string ReaderToken => {|MLC1001:"TEXT"|};
                    string WriterToken => {|MLC1001:"OTHER"|};
                    string Again() => {|MLC1001:"OTHER"|};
                }
                """).Replace("OTHER", OtherToken),
            Usings(
                """
                class C(IConfiguration settings)
                {
                    string ReaderToken => settings["HuggingFace:Reader:Token"] ?? throw new InvalidOperationException("HuggingFace:Reader:Token is not configured");
                    string WriterToken => settings["HuggingFace:Writer:Token"] ?? throw new InvalidOperationException("HuggingFace:Writer:Token is not configured");
                    string Again() => settings["HuggingFace:Writer:Token"] ?? throw new InvalidOperationException("HuggingFace:Writer:Token is not configured");
                }
                """));

    [Fact]
    public Task FixAll_DifferentTokensInOneArray_AreNumbered() =>
        ByText.VerifyFixAllAsync(
            Usings("""class C(IConfiguration settings) { string[] Get() => [{|MLC1001:"TEXT"|}, {|MLC1001:"OTHER"|}]; }""").Replace("OTHER", OtherToken),
            Usings("""class C(IConfiguration settings) { string[] Get() => [settings["HuggingFace:CGet:Token1"] ?? throw new InvalidOperationException("HuggingFace:CGet:Token1 is not configured"), settings["HuggingFace:CGet:Token2"] ?? throw new InvalidOperationException("HuggingFace:CGet:Token2 is not configured")]; }"""));

    [Fact]
    public Task FixAll_FirstCannotBeFixed_FixesTheOthers() =>
        ByText.VerifyFixAllAsync(
            Usings("""class C { void Run(string token = {|MLC1001:"TEXT"|}) { } string Get() => {|MLC1001:"TEXT"|}; }"""),
            Usings($$"""class C { void Run(string token = "{{Token}}") { } string Get() => Environment.GetEnvironmentVariable("HuggingFace__Token") ?? throw new InvalidOperationException("HuggingFace__Token is not configured"); }"""));

    [Fact]
    public Task ConnectionStringBehindALookup_IsNamedAsTheLookup() =>
        ByText.VerifyCodeFixAsync(
            Usings("""class C(IConfiguration settings) { string Get() => settings.GetConnectionString("Db") ?? {|#0:"Server=db.example;User Id=sa;Password=PASSWORD"|}; }"""),
            [ByText.Diagnostic("MLC1003").WithLocation(0).WithArguments("connection string with a password", "ConnectionStrings:Db")],
            Usings("""class C(IConfiguration settings) { string Get() => settings.GetConnectionString("Db") ?? throw new InvalidOperationException("ConnectionStrings:Db is not configured"); }"""));

    [Fact]
    public Task CredentialBehindALookup_IsNamedAsTheLookup() =>
        ByPlace.VerifyCodeFixAsync(
            Usings("""class C(IConfiguration settings) { object Get() => new ApiKeyCredential(settings["Model:Endpoint"] ?? {|#0:"KEY"|}); }"""),
            [ByPlace.Diagnostic("MLC1002").WithLocation(0).WithArguments("'key' of 'ApiKeyCredential'", "Model:Endpoint", "Model__Endpoint")],
            Usings("""class C(IConfiguration settings) { object Get() => new ApiKeyCredential(settings["Model:Endpoint"] ?? throw new InvalidOperationException("Model:Endpoint is not configured")); }"""));

    [Fact]
    public Task FixAll_PasswordsInLocals_AreNamedByThem() =>
        ByPlace.VerifyFixAllAsync(
            Usings(
                """
                class Store(IConfiguration settings)
                {
                    object[] Open()
                    {
                        var features = new System.Net.NetworkCredential("a", {|MLC1002:"PASSWORD"|});
                        var labels = new System.Net.NetworkCredential("b", {|MLC1002:"PASSWORD2"|});
                        var again = new System.Net.NetworkCredential("b", {|MLC1002:"PASSWORD2"|});
                        return [features, labels, again];
                    }
                }
                """),
            Usings(
                """
                class Store(IConfiguration settings)
                {
                    object[] Open()
                    {
                        var features = new System.Net.NetworkCredential("a", settings["Store:Features:Password"] ?? throw new InvalidOperationException("Store:Features:Password is not configured"));
                        var labels = new System.Net.NetworkCredential("b", settings["Store:Labels:Password"] ?? throw new InvalidOperationException("Store:Labels:Password is not configured"));
                        var again = new System.Net.NetworkCredential("b", settings["Store:Labels:Password"] ?? throw new InvalidOperationException("Store:Labels:Password is not configured"));
                        return [features, labels, again];
                    }
                }
                """));

    [Fact]
    public Task FixAll_PasswordsOfTwoMethods_AreNamedByThem() =>
        ByPlace.VerifyFixAllAsync(
            Usings(
                """
                class Store(IConfiguration settings)
                {
                    object Read() => new System.Net.NetworkCredential("a", {|MLC1002:"PASSWORD"|});
                    object Write() { string password = {|MLC1002:"PASSWORD2"|}; return new System.Net.NetworkCredential("b", password); }
                }
                """),
            Usings(
                """
                class Store(IConfiguration settings)
                {
                    object Read() => new System.Net.NetworkCredential("a", settings["Store:Read:Password"] ?? throw new InvalidOperationException("Store:Read:Password is not configured"));
                    object Write() { string password = settings["Store:Write:Password"] ?? throw new InvalidOperationException("Store:Write:Password is not configured"); return new System.Net.NetworkCredential("b", password); }
                }
                """));

    [Fact]
    public Task FixAll_PasswordsInOneArray_AreNumbered() =>
        ByPlace.VerifyFixAllAsync(
            Usings("""class Store(IConfiguration settings) { object[] Open() => [new System.Net.NetworkCredential("a", {|MLC1002:"PASSWORD"|}), new System.Net.NetworkCredential("b", {|MLC1002:"PASSWORD2"|})]; }"""),
            Usings("""class Store(IConfiguration settings) { object[] Open() => [new System.Net.NetworkCredential("a", settings["Store:Open:Password1"] ?? throw new InvalidOperationException("Store:Open:Password1 is not configured")), new System.Net.NetworkCredential("b", settings["Store:Open:Password2"] ?? throw new InvalidOperationException("Store:Open:Password2 is not configured"))]; }"""));

    [Fact]
    public Task FixAll_PasswordsOfSeveralLogins_AreNamedByTheirMembers() =>
        ByPlace.VerifyFixAllAsync(
            Usings(
                """
                class Store(IConfiguration settings)
                {
                    object Reader => new System.Net.NetworkCredential("r", {|MLC1002:"PASSWORD"|});
                    object Writer => new System.Net.NetworkCredential("w", {|MLC1002:"PASSWORD"|});
                }
                """),
            Usings(
                """
                class Store(IConfiguration settings)
                {
                    object Reader => new System.Net.NetworkCredential("r", settings["Store:Reader:Password"] ?? throw new InvalidOperationException("Store:Reader:Password is not configured"));
                    object Writer => new System.Net.NetworkCredential("w", settings["Store:Writer:Password"] ?? throw new InvalidOperationException("Store:Writer:Password is not configured"));
                }
                """));
}
