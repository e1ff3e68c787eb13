using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using MlContainerBuild.Analyzers.Tests.Documentation;
using MlContainerBuild.Analyzers.Tests.Verification;
using MlContainerBuild.Secrets.Tests;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>The ways in which credentials come into C#: all rules run, and one of them, no more, finds each; nothing shows the value.</summary>
public sealed class LeakShapesTests
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["§TOKEN"] = Made.HuggingFaceToken(),
        ["§HALF1"] = Made.HuggingFaceToken()[..15],
        ["§HALF2"] = Made.HuggingFaceToken()[15..],
        ["§KEY"] = Made.Random(Made.HexDigits, 32),
        ["§PASSWORD"] = Made.Password(),
        ["§PEM"] = Made.PrivateKey(lineBreak: "\\n"),
        ["§BASE64"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Made.GitHubToken())),
        ["§STORAGE"] = $"DefaultEndpointsProtocol=https;AccountName=models;AccountKey={Made.Random(Made.Base64Characters, 86)}==;EndpointSuffix=core.windows.net",
    };

    [Theory]
    [InlineData("MLC1002", """void Run() => Use(new ChatClient("gpt-4o", "§KEY"));""")]
    [InlineData("MLC1002", """void Run() => Use(new OpenAIClient(new ApiKeyCredential("§KEY")));""")]
    [InlineData("MLC1001", """void Run() => Use(new OpenAIClient("§TOKEN"));""")]
    [InlineData("MLC1006", """void Run() => Use(new OpenAIClient(configuration["OpenAI:ApiKey"] ?? "§KEY"));""")]
    [InlineData("MLC1001", """void Run() => Use(new OpenAIClient(configuration["OpenAI:ApiKey"] ?? "§TOKEN"));""")]
    [InlineData("MLC1006", """void Run() => Use(Environment.GetEnvironmentVariable("MODEL_SECRET") ?? "§KEY");""")]
    [InlineData("MLC1006", """void Run() => Use(configuration.GetValue("Store:Password", "§PASSWORD"));""")]
    [InlineData("MLC1002", """void Run(HttpClient http) => http.DefaultRequestHeaders.Add("api-key", "§KEY");""")]
    [InlineData("MLC1001", """void Run(HttpClient http) => http.DefaultRequestHeaders.Add("Authorization", "Bearer §TOKEN");""")]
    [InlineData("MLC1002", """void Run(HttpRequestMessage request) => request.Headers.Authorization = new("Bearer", "§KEY");""")]
    [InlineData("MLC1001", """const string First = "§HALF1"; const string Token = First + "§HALF2";""")]
    [InlineData("MLC1001", """static readonly string Token = $"§HALF1{"§HALF2"}";""")]
    [InlineData("MLC1001", """void Run(string token = "§TOKEN") { }""")]
    [InlineData("MLC1002", """void Run(string apiKey = "§KEY") => Use(new ApiKeyCredential(apiKey));""")]
    [InlineData("MLC1001", """string For(string provider) => provider switch { "hub" => "§TOKEN", _ => "" };""")]
    [InlineData("MLC1002", """string GetApiKey(string provider) => provider switch { "a" => "§KEY", _ => "" }; void Run(string p) => Use(new ApiKeyCredential(p switch { "b" => "xxxx", _ => "" }));""")]
    [InlineData("MLC1005", """const string Certificate = "§PEM";""")]
    [InlineData("MLC1005", """void Run(System.Security.Cryptography.RSA rsa) => rsa.ImportFromPem("§PEM");""")]
    [InlineData("MLC1001", """void Run() => Use(Convert.FromBase64String("§BASE64"));""")]
    [InlineData("MLC1002", """void Run() => Use(new System.Net.NetworkCredential { UserName = "a", Password = "§PASSWORD" });""")]
    [InlineData("MLC1002", """void Run() => Use(new SqlConnectionStringBuilder { DataSource = "db", Password = "§PASSWORD" });""")]
    [InlineData("MLC1001", """[System.ComponentModel.DefaultValue("§TOKEN")] string Token { get; set; } = "";""")]
    [InlineData("MLC1001", """static readonly string[] Tokens = ["a", "§TOKEN"];""")]
    [InlineData("MLC1002", """static readonly Dictionary<string, string> Settings = new() { ["ClientSecret"] = "§KEY" };""")]
    [InlineData("MLC1002", """static readonly Dictionary<string, string> Settings = new() { { "client_secret", "§KEY" } };""")]
    [InlineData("MLC1003", """void Run(string host) => Use(new SqlConnection($"Server={host};Database=m;User Id=sa;Password=§PASSWORD"));""")]
    [InlineData("MLC1003", """void Run(string host) => Use(new SqlConnection(string.Format("Server={0};User Id=sa;Password=§PASSWORD", host)));""")]
    [InlineData("MLC1003", """void Run() => Use(new SqlConnection("Server=db.example;User Id=sa;" + "Password=§PASSWORD"));""")]
    [InlineData("MLC1003", """void Run() { var b = new System.Text.StringBuilder(); b.Append("Server=db.example;"); b.Append("User Id=sa;"); b.Append("Password=§PASSWORD;"); Use(b.ToString()); }""")]
    [InlineData("MLC1003", """void Run(string host) { var b = new System.Text.StringBuilder("Server="); b.Append(host).Append(";User Id=sa;"); b.AppendLine("Password=§PASSWORD;"); Use(b.ToString()); }""")]
    [InlineData("MLC1003", """void Run() { var text = "Server=db.example;"; text += "User Id=sa;"; text += "Password=§PASSWORD"; Use(text); }""")]
    [InlineData("MLC1001", """void Run() => Use("§STORAGE");""")]
    [InlineData("MLC1004", """void Run() => Use(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes("superSecretKey@345")));""")]
    [InlineData("MLC1006", """void Run() => Use(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(configuration["Jwt:Key"] ?? "§KEY")));""")]
    [InlineData("MLC1007", """void Run() => Environment.SetEnvironmentVariable("MODEL_API_TOKEN", "§KEY");""")]
    [InlineData("MLC1001", """void Run() => Environment.SetEnvironmentVariable("HF_TOKEN", "§TOKEN");""")]
    [InlineData("MLC1002", """bool IsAdmin(string password) => password == "§PASSWORD";""")]
    [InlineData("MLC1001", """ReadOnlySpan<byte> Token => "§TOKEN"u8;""")]
    [InlineData("MLC1001", "const string Request = \"\"\"\n{ \"token\": \"§TOKEN\" }\n\"\"\";")]
    [InlineData("MLC1001", """(string Name, string Token) Pair => ("hub", "§TOKEN");""")]
    [InlineData("MLC1002", """readonly (string User, string Password) login = ("reader", "§PASSWORD");""")]
    [InlineData("MLC1002", """(string ApiKey, int Retries) Access() => (ApiKey: "§KEY", 3);""")]
    [InlineData("MLC1002", """void Run() { var (user, password) = ("reader", "§PASSWORD"); Use(user + password); }""")]
    [InlineData("MLC1002", """static readonly string[] ApiKeys = ["§KEY"];""")]
    [InlineData("MLC1002", """static readonly Func<string> GetApiKey = () => "§KEY";""")]
    [InlineData("MLC1002", """void Run() { Use(Password()); string Password() { return "§PASSWORD"; } }""")]
    [InlineData("MLC1002", """static readonly Dictionary<string, string> Headers = new() { ["Authorization"] = "Bearer §KEY" };""")]
    [InlineData("MLC1002", """void Run(System.Net.WebSockets.ClientWebSocket socket) => socket.Options.SetRequestHeader("api-key", "§KEY");""")]
    [InlineData("MLC1002", """void Run(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation("api-key", new[] { "§KEY" });""")]
    [InlineData("MLC1002", """void Run(HttpRequestMessage request) => request.Headers.Authorization = System.Net.Http.Headers.AuthenticationHeaderValue.Parse("Bearer §KEY");""")]
    [InlineData("MLC1002", """void Run(System.Net.WebHeaderCollection headers) => headers[System.Net.HttpRequestHeader.Authorization] = "Bearer §KEY";""")]
    [InlineData("MLC1001", """void Run(System.Net.WebHeaderCollection headers) => headers.Add("Authorization: Bearer §KEY");""")]
    [InlineData("MLC1002", """string Basic => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(":§PASSWORD"));""")]
    [InlineData("MLC1002", """sealed class Variable { public string? Name { get; set; } public string? Value { get; set; } } void Run() => Use(new Variable { Name = "DB_PASSWORD", Value = "§PASSWORD" });""")]
    [InlineData("MLC1006", """void Run() { string? secret = configuration["Models:ApiKey"]; secret ??= "§KEY"; Use(secret); }""")]
    [InlineData("MLC1006", """void Run() { string? value = Environment.GetEnvironmentVariable("MODEL_SECRET"); if (string.IsNullOrEmpty(value)) value = "§KEY"; Use(value); }""")]
    [InlineData("MLC1003", """void Run() => Use("Driver={ODBC Driver 18 for SQL Server};Server=db.example;Uid=sa;Pwd=§PASSWORD;");""")]
    [InlineData("MLC1006", """string? Secret => Environment.GetEnvironmentVariable("MODEL_SECRET") is { Length: > 0 } set ? set : "§KEY";""")]
    [InlineData("MLC1002", """bool IsAdmin() => configuration["Admin:Password"] is "§PASSWORD";""")]
    [InlineData("MLC1002", """bool IsAdmin() => string.Equals(configuration["Admin:Password"], "§PASSWORD", StringComparison.Ordinal);""")]
    [InlineData("MLC1002", """bool IsStranger(System.Net.WebHeaderCollection headers) => headers["X-Api-Key"] != "§KEY";""")]
    [InlineData("MLC1002", """void Run() => Use(new StringContent("grant_type=client_credentials&client_secret=§KEY"));""")]
    [InlineData("MLC1004", """void Run() => Use(new SymmetricSecurityKey(System.Security.Cryptography.SHA256.HashData("§KEY"u8)));""")]
    [InlineData("MLC1007", """void Run() => System.Diagnostics.Process.Start("curl", "-u reader:§PASSWORD https://models.example");""")]
    [InlineData("MLC1007", """void Run() => Use(new System.Diagnostics.ProcessStartInfo { FileName = "docker", Arguments = "login -u reader -p §PASSWORD registry.example" });""")]
    [InlineData("MLC1002", """partial class Half { const string ModelKey = "§KEY"; } partial class Half { void Run() => Use(new ApiKeyCredential(ModelKey)); }""")]
    public async Task Leak_IsFoundOnce(string rule, string members)
    {
        string source =
            $$"""
            using System.ClientModel;
            using Microsoft.Data.SqlClient;
            using Microsoft.Extensions.Configuration;
            using Microsoft.IdentityModel.Tokens;
            using OpenAI;
            using OpenAI.Chat;

            class Service(IConfiguration configuration)
            {
                static void Use(object? value) { }
                string? Setting(string name) => configuration[name];
                {{members}}
            }
            """;
        foreach ((string name, string value) in Values)
            source = source.Replace(name, value);

        Compilation compilation = TestProject.Compile(source);
        TestProject.AssertCompiles(compilation, "example");
        ImmutableArray<Diagnostic> findings = await TestProject.AnalyzeAsync(compilation, [.. AllRules.Analyzers]);

        Diagnostic finding = Assert.Single(findings);
        Assert.Equal(rule, finding.Id);
        Assert.All(Values.Values, value => Assert.DoesNotContain(value, finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.All(finding.Properties.Values, property => Assert.DoesNotContain(property, Values.Values));
    }
}
