using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class AssemblySecretTests : IDisposable
{
    private const string Hides = ": compiling hides nothing, and everyone who can pull the image can read it.";

    private readonly PublishFolder folder = new();

    [Fact]
    public void StringOfTheCode_IsShownWhereItWasWritten()
    {
        string source = $$"""
            static class Hub
            {
                public static string Token() =>
                    "{{Made.HuggingFaceToken}}";
            }
            """;
        string path = Path.Combine(folder.ProjectPath, "Hub.cs");
        File.WriteAllText(path, source);
        var compiled = CompiledAssembly.Of(source, path);

        Finding finding = Assert.Single(folder.WithOwnAssembly("Iris.dll", compiled.Assembly).With("Iris.pdb", compiled.Symbols).Check(), found => found.Rule.Id == "MLC3022");

        Assert.Equal(("MLC3022", Severity.Error), (finding.Rule.Id, finding.Severity));
        Assert.Equal((path, 4, 9), (finding.Span!.Path, finding.Span.Line, finding.Span.Column));
        Assert.Equal("The published assembly 'Iris.dll' holds a secret (Hugging Face user token, hf_…)" + Hides, finding.Message);
    }

    [Fact]
    public void StringWithoutDebugInformation_IsShownAtTheAssembly()
        => Assert.Equal(
            ["Iris.dll: Error MLC3022: The published assembly 'Iris.dll' holds a secret (connection string with a password)" + Hides],
            folder.WithOwnAssembly("Iris.dll", Compile($$"""class A { string S() => "Server=db.example;User Id=iris;Password={{Made.Password}}"; }""")).Tell());

    [Fact]
    public void ConstantThatNoCodeLoads_Triggers()
        => Assert.Single(folder.WithOwnAssembly("Iris.dll", Compile($$"""public static class Keys { public const string Hub = "{{Made.HuggingFaceToken}}"; }""")).Check());

    [Fact]
    public void ConstantThatCodeLoads_IsOneFinding()
        => Assert.Single(folder.WithOwnAssembly("Iris.dll", Compile($$"""public static class Keys { public const string Hub = "{{Made.HuggingFaceToken}}"; public static string Get() => Hub; }""")).Check());

    [Fact]
    public void ConstantThatARuleOnCSharpHasReported_IsNotToldAgainAtItsUse()
    {
        string keys = $$"""
            static class Keys
            {
                public const string Hub = "{{Made.HuggingFaceToken}}";
            }
            """;
        string source = keys + "static class Program { public static string Get() => Keys.Hub; }";
        var compiled = CompiledAssembly.Of(source, folder.WithReportedSource("Keys.cs", source, 3));

        Assert.Empty(folder.WithOwnAssembly("Iris.dll", compiled.Assembly).With("Iris.pdb", compiled.Symbols).Tell("MLC3022"));
    }

    [Fact]
    public void SecretBesideAReportedOne_Triggers()
    {
        string source = $$"""
            static class Keys
            {
                public const string Hub = "{{Made.HuggingFaceToken}}";
                public static string Other() => "hf_{{new string([.. Made.HuggingFaceToken[3..].Reverse()])}}";
            }
            """;
        var compiled = CompiledAssembly.Of(source, folder.WithReportedSource("Keys.cs", source, 3));

        Assert.StartsWith(
            "Keys.cs(4,37): Error MLC3022: The published assembly 'Iris.dll' holds a secret (Hugging Face user token, hf_…)",
            Assert.Single(folder.WithOwnAssembly("Iris.dll", compiled.Assembly).With("Iris.pdb", compiled.Symbols).Tell("MLC3022")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReportedSourceThatIsGone_IsNoReasonForSilence()
    {
        File.Delete(folder.WithReportedSource("Keys.cs", "", 1));

        Assert.Single(folder.WithOwnAssembly("Iris.dll", Compile($$"""public static class Keys { public const string Hub = "{{Made.HuggingFaceToken}}"; }""")).Check());
    }

    [Fact]
    public void SecretInASingleFile_IsToldOfTheAssemblyThatWentIntoIt()
    {
        byte[] assembly = Compile($$"""static class Keys { public static string Get() => "{{Made.HuggingFaceToken}}"; }""");

        Assert.Equal(
            ["Iris.dll: Error MLC3022: The published assembly 'Iris.dll' holds a secret (Hugging Face user token, hf_…)" + Hides],
            folder.WithProgram("Iris", Bundle(assembly), assembly).Tell());
    }

    [Fact]
    public void SecretInASingleFileThatARuleOnCSharpHasReported_IsNotToldAgain()
    {
        string source = $$"""static class Keys { public const string Hub = "{{Made.HuggingFaceToken}}"; public static string Get() => Hub; }""";
        byte[] assembly = CompiledAssembly.Of(source, folder.WithReportedSource("Keys.cs", source, 1)).Assembly;

        Assert.Empty(folder.WithProgram("Iris", Bundle(assembly), assembly).Tell());
    }

    [Fact]
    public void AnotherSecretInASingleFile_Triggers()
    {
        byte[] assembly = Compile("class A;"), other = Compile($$"""static class Keys { public static string Get() => "{{Made.HuggingFaceToken}}"; }""");

        Assert.Equal(
            ["Iris: Error MLC3022: The published file 'Iris' holds a secret (Hugging Face user token, hf_…): everyone who can pull the image can read it."],
            folder.WithProgram("Iris", Bundle(other), assembly).Tell());
    }

    [Fact]
    public void DebugInformationOfAnAssembly_IsNotSearched()
    {
        var compiled = CompiledAssembly.Of($$"""class A { void M() { const string Hub = "{{Made.HuggingFaceToken}}"; } }""");

        Assert.Single(folder.With("Iris.pdb", compiled.Symbols).Tell("MLC3022"));
        Assert.Empty(folder.WithOwnAssembly("Iris.dll", compiled.Assembly).Tell("MLC3022"));
    }

    [Fact]
    public void SettingInAnEmbeddedResource_IsNamedByItsKey()
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""{ "OpenAI": { "ApiKey": "{{Made.ApiKey}}" } }""");

        Assert.Equal(
            ["Iris.dll: Error MLC3022: The published assembly 'Iris.dll' holds a secret (key or token) in its resource 'Iris.appsettings.json', OpenAI:ApiKey" + Hides],
            folder.WithOwnAssembly("Iris.dll", CompiledAssembly.Of("class A;", resources: ("Iris.appsettings.json", json)).Assembly).Tell());
    }

    [Fact]
    public void AssemblyOfAPackage_IsSearchedForTokensOnly()
    {
        byte[] assembly = Compile($$"""class A { string C() => "Server=db.example;User Id=iris;Password={{Made.Password}}"; string T() => "{{Made.HuggingFaceToken}}"; }""");

        Finding finding = Assert.Single(folder.FromPackage("Vendor.dll", assembly, "Vendor").Check());

        Assert.Equal("The published file 'Vendor.dll' holds a secret (Hugging Face user token, hf_…): everyone who can pull the image can read it. It comes with the package Vendor.", finding.Message);
    }

    [Fact]
    public void OrdinaryAssembly_DoesNotTrigger()
        => Assert.Empty(folder.WithOwnAssembly("Iris.dll", Compile("""class A { string P(string password) => "Server=db;Password=" + password; string K() => "Authorization: Bearer {0}"; }""")).Tell());

    [Fact]
    public void TestAssemblyItself_IsReadToItsEnd()
    {
        byte[] assembly = File.ReadAllBytes(typeof(AssemblySecretTests).Assembly.Location);

        Assert.DoesNotContain(folder.WithOwnAssembly("Tests.dll", assembly).Check(), finding => finding.Rule.Id == "MLC9009");
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Bundle(byte[] assembly) => [0x7F, .. "ELF"u8, .. new byte[60], .. assembly, .. new byte[32]];

    private static byte[] Compile(string source) => CompiledAssembly.Of(source).Assembly;
}
