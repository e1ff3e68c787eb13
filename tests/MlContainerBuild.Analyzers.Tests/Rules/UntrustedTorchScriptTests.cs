using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.UntrustedTorchScriptAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class UntrustedTorchScriptTests
{
    private static string Method(string body) =>
        $$"""
        using System.Net;
        using System.Reflection;
        using Microsoft.AspNetCore.Http;
        using TorchSharp;

        class Loader
        {
            async Task Load(HttpClient http, IFormFile upload, byte[] given, string path)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;

    [Theory]
    [InlineData("torch.jit.load([|await http.GetByteArrayAsync(\"https://models.example/m.pt\")|]);")]
    [InlineData("var bytes = await http.GetByteArrayAsync(path); torch.jit.load([|bytes|]);")]
    [InlineData("using var response = await http.GetAsync(path); var bytes = await response.Content.ReadAsByteArrayAsync(); torch.jit.load([|bytes|]);")]
    [InlineData("using var memory = new MemoryStream(); await upload.CopyToAsync(memory); torch.jit.load([|memory.ToArray()|]);")]
    [InlineData("await File.WriteAllBytesAsync(path, await http.GetByteArrayAsync(\"https://x\")); torch.jit.load([|path|]);")]
    [InlineData("var stream = await http.GetStreamAsync(\"https://x\"); using (var file = File.Create(path)) { await stream.CopyToAsync(file); } torch.jit.load([|path|]);")]
    [InlineData("using (var file = new FileStream(path, FileMode.Create)) { upload.CopyTo(file); } torch.jit.load([|path|]);")]
    [InlineData("torch.jit.load([|Path.Combine(Path.GetTempPath(), \"m.pt\")|]);")]
    [InlineData("torch.jit.load([|given|]);")]
    [InlineData("torch.jit.load([|File.ReadAllBytes(\"/tmp/m.pt\")|]);")]
    [InlineData("torch.jit.compile([|await http.GetStringAsync(path)|]);")]
    [InlineData("torch.export.load([|\"/tmp/m.pt2\"|]);")]
    public Task ScriptFromOutside_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task WebClient_Triggers() =>
        Verify.VerifyAnalyzerAsync(
            """
            using TorchSharp;

            class Loader
            {
            #pragma warning disable SYSLIB0014
                void Load(string path)
                {
                    new System.Net.WebClient().DownloadFile("https://x/m.pt", path);
                    torch.jit.load([|path|]);
                }
            }
            """);

    [Theory]
    [InlineData("torch.jit.load(path);")]
    [InlineData("torch.jit.load(\"models/m.pt\");")]
    [InlineData("torch.jit.load(Path.Combine(AppContext.BaseDirectory, \"m.pt\"));")]
    [InlineData("torch.jit.load(File.ReadAllBytes(path));")]
    [InlineData("var page = await http.GetStringAsync(\"https://x\"); torch.jit.load(path);")]
    [InlineData("using var s = Assembly.GetExecutingAssembly().GetManifestResourceStream(\"m.pt\")!; var m = new MemoryStream(); s.CopyTo(m); torch.jit.load(m.ToArray());")]
    [InlineData("var bytes = await http.GetByteArrayAsync(path); if (Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)) == \"00\") torch.jit.load(bytes);")]
    public Task LocalOrVerifiedScript_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task Test_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(Method("torch.jit.load(Path.GetTempFileName());") + "\nnamespace Xunit { class FactAttribute : Attribute; }");

    [Fact]
    public Task OverloadOfTheLibraryItself_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(
            """
            namespace TorchSharp;

            static class torch
            {
                public static class jit
                {
                    public static object load(byte[] bytes, string device) => device;
                    public static object load(byte[] bytes) => load(bytes, "cpu");
                }
            }
            """);

    [Fact]
    public Task BytesFromTheGeneratedModelLoader_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync(
            """
            using TorchSharp;

            class Loader
            {
                void Load() => torch.jit.load(DeclaredModels.ReadVerified("models/m.pt"));
            }

            static class DeclaredModels
            {
                public static byte[] ReadVerified(string name) => System.Array.Empty<byte>();
            }
            """);

    [Fact]
    public Task LookAlikeOfAnotherLibrary_DoesNotTrigger() =>
        Verify.VerifyAnalyzerAsync("static class jit { public static void load(byte[] b) { } static void Run(byte[] b) => jit.load(b); }");
}
