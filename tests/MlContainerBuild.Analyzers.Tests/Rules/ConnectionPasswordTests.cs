using Microsoft.CodeAnalysis;
using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.SecretTextAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1003.</summary>
public sealed class ConnectionPasswordTests
{
    private static readonly string Password = Made.Password();

    // In the sources PASSWORD is one that was made for this run.
    private static string Method(string body) =>
        $$"""
        class Store
        {
            static void Use(object value) { }

            void Open(string host, string user, string? password, int port)
            {
                {{body.Replace("PASSWORD", Password)}}
            }
        }
        """;

    [Theory]
    [InlineData("""Use({|MLC1003:"Server=db.example;Database=m;User Id=sa;Password=PASSWORD"|});""")]
    [InlineData("""Use({|MLC1003:"Server=tcp:db.example,1433;Initial Catalog=m;User ID=sa;Pwd=PASSWORD;Encrypt=True"|});""")]
    [InlineData("""Use({|MLC1003:"Server=db.example;Uid=app;Pwd='PASSWORD'"|});""")]
    [InlineData("""Use({|MLC1003:"Server=db.example;Uid=app;Pwd=\"PASSWORD\";Encrypt=True"|});""")]
    [InlineData("""Use($"Server='{host}';Uid='{user}{|MLC1003:';Pwd='PASSWORD';Port=|}{port}");""")]
    [InlineData("""Use({|MLC1003:"Host=db.example;Username=app;Password=PASSWORD;Database=models"|});""")]
    [InlineData("""Use({|MLC1003:"cache.example:6380,password=PASSWORD,ssl=True,abortConnect=False"|});""")]
    [InlineData("""Use({|MLC1003:"postgres://app:PASSWORD@db.example:5432/models"|});""")]
    [InlineData("""Use({|MLC1003:"mongodb+srv://app:PASSWORD@cluster.example/models"|});""")]
    [InlineData("""Use({|MLC1003:"amqps://app:PASSWORD@broker.example/jobs"|});""")]
    [InlineData("""Use(new Uri({|MLC1003:"https://reader:PASSWORD@models.example/iris.onnx"|}));""")]
    [InlineData("""Use($"Server={host}{|MLC1003:;Database=m;User Id=sa;Password=PASSWORD|}");""")]
    [InlineData("""Use($"Server={host};User Id={user}{|MLC1003:;Password=PASSWORD;Port=|}{port}");""")]
    [InlineData("""Use($"{|MLC1003:postgres://app:PASSWORD@|}{host}:5432/models");""")]
    [InlineData("""Use("Server=" + host + {|MLC1003:";User Id=sa;Password=PASSWORD"|});""")]
    [InlineData("""Use("Server=db.example;" + "User Id=sa;Password=" + {|MLC1003:"PASSWORD"|});""")]
    [InlineData("""Use(string.Format({|MLC1003:"Server={0};User Id=sa;Password=PASSWORD"|}, host));""")]
    [InlineData("""Use(string.Format("Server={0};User Id={1};Password={2}", host, user, {|MLC1003:"PASSWORD"|}));""")]
    [InlineData("""Use(string.Join(";", "Server=db.example", "User Id=sa", {|MLC1003:"Password=PASSWORD"|}));""")]
    [InlineData("""Use(new System.Text.StringBuilder("Server=").Append(host).Append({|MLC1003:";User Id=sa;Password=PASSWORD"|}).ToString());""")]
    public Task PasswordInConnection_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("Server=localhost;User Id=sa;Password=PASSWORD")]
    [InlineData("Server=.;User Id=sa;Password=PASSWORD")]
    [InlineData("Server=(local);User Id=sa;Password=PASSWORD")]
    [InlineData("Data Source=127.0.0.1,1433;User Id=sa;Password=PASSWORD")]
    [InlineData("postgres://app:PASSWORD@localhost:5432/models")]
    [InlineData("localhost:6379,password=PASSWORD")]
    public Task PasswordForThisMachine_TriggersAsInfo(string text) =>
        Verify.VerifyAnalyzerAsync(
            Method($"Use({{|#0:\"{text}\"|}});"),
            Verify.Diagnostic("MLC1003").WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Fact]
    public Task Finding_NamesTheSettingOfTheVariable() =>
        Verify.VerifyAnalyzerAsync(
            Method("""var featuresConnectionString = {|#0:"Server=db.example;User Id=sa;Password=PASSWORD"|}; Use(featuresConnectionString);"""),
            Verify.Diagnostic("MLC1003").WithLocation(0).WithArguments("connection string with a password", "ConnectionStrings:Features"));

    [Fact]
    public Task Finding_NamesTheSettingOfTheEntry() =>
        Verify.VerifyAnalyzerAsync(
            Method("""Use(new Dictionary<string, string> { ["ConnectionStrings:Db"] = {|#0:"Server=db.example;User Id=sa;Password=PASSWORD"|} });"""),
            Verify.Diagnostic("MLC1003").WithLocation(0).WithArguments("connection string with a password", "ConnectionStrings:Db"));

    [Theory]
    [InlineData("""Use("Server=db.example;Database=m;Integrated Security=true");""")]
    [InlineData("""Use("Server=db.example;Database=m;Authentication=Active Directory Default");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password=");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password=${DB_PASSWORD}");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password={0}");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password='<password>'");""")]
    [InlineData("""Use($"Server=db.example;User Id=sa;Password='{password}'");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password='" + password + "'");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password=<password>");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password=your-password");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password=***");""")]
    [InlineData("""Use($"Server=db.example;User Id=sa;Password={password}");""")]
    [InlineData("""Use("Server=db.example;User Id=sa;Password=" + password);""")]
    [InlineData("""Use(string.Format("Server={0};User Id={1};Password={2}", host, user, password));""")]
    [InlineData("""Use($"postgres://{user}:{password}@{host}/models");""")]
    [InlineData("""Use("SELECT * FROM users WHERE name = @name AND password = @password");""")]
    [InlineData("""Use("Please enter your password: it has at least 8 characters");""")]
    [InlineData("""Use("https://models.example/iris.onnx?user=a");""")]
    [InlineData("""Use("UseDevelopmentStorage=true");""")]
    public Task NoPasswordInTheSource_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task TestProject_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync("namespace Xunit { class FactAttribute : Attribute; } " + Method("""Use("Server=db.example;User Id=sa;Password=PASSWORD");"""));
}
