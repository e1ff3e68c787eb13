using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.ProcessSecretAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>MLC1007.</summary>
public sealed class ProcessSecretTests
{
    // In the sources KEY and PASSWORD were made for this run.
    private static string Method(string body) =>
        $$"""
        using System.Diagnostics;

        class Setup
        {
            void Run(ProcessStartInfo start, string key, string model)
            {
                {{body}}
            }
        }
        """.Replace("KEY", Made.Random(Made.HexDigits, 32)).Replace("PASSWORD", Made.Password());

    [Theory]
    [InlineData("""Environment.SetEnvironmentVariable("MODEL_API_TOKEN", {|MLC1007:"KEY"|});""")]
    [InlineData("""Environment.SetEnvironmentVariable("DB_PWD", {|MLC1007:"PASSWORD"|}, EnvironmentVariableTarget.Process);""")]
    [InlineData("""var value = {|MLC1007:"KEY"|}; Environment.SetEnvironmentVariable("MODEL_API_TOKEN", value);""")]
    [InlineData("""start.Environment["MODEL_API_TOKEN"] = {|MLC1007:"KEY"|};""")]
    [InlineData("""start.EnvironmentVariables["DB_PWD"] = {|MLC1007:"PASSWORD"|};""")]
    [InlineData("""start.EnvironmentVariables.Add("DB_PWD", {|MLC1007:"PASSWORD"|});""")]
    [InlineData("""start.Arguments = {|MLC1007:"--user reader --password PASSWORD"|};""")]
    [InlineData("""start.Arguments = $"--model {model}{|MLC1007: --access-token=KEY|}";""")]
    [InlineData("""Process.Start("upload", {|MLC1007:"--password=PASSWORD"|});""")]
    [InlineData("""Process.Start("upload", {|MLC1007:["--password", "PASSWORD"]|});""")]
    [InlineData("""Process.Start(new ProcessStartInfo("upload", {|MLC1007:"--password=PASSWORD"|}));""")]
    [InlineData("""start.ArgumentList.Add({|MLC1007:"--password=PASSWORD"|});""")]
    public Task SecretForOtherProcesses_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("""Environment.SetEnvironmentVariable("MODEL_API_TOKEN", key);""")]
    [InlineData("""Environment.SetEnvironmentVariable("MODEL_API_TOKEN_FILE", "/run/secrets/token1");""")]
    [InlineData("""Environment.SetEnvironmentVariable("MODEL_NAME", "KEY");""")]
    [InlineData("""Environment.SetEnvironmentVariable("MODEL_API_TOKEN", "your-token-here-1");""")]
    [InlineData("""Environment.SetEnvironmentVariable("MODEL_API_TOKEN", null);""")]
    [InlineData("""start.Environment["ASPNETCORE_URLS"] = "http://+:8080";""")]
    [InlineData("""start.Arguments = $"--password {key}";""")]
    [InlineData("""start.Arguments = "--password-file /run/secrets/password1";""")]
    [InlineData("""Process.Start("git", "rev-parse 5d41402abc4b2a76b9719d911017c592");""")]
    [InlineData("""start.ArgumentList.Add("--max-tokens=4096000000");""")]
    public Task NoSecretOrNoConstant_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
