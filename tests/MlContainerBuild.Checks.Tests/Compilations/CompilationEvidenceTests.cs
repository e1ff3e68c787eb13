using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;

using MlContainerBuild.Checks.Compilations;
using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Tests.Compilations;

public sealed class CompilationEvidenceTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("evidence-").FullName;
    private readonly string projectPath;
    private readonly string command;

    public CompilationEvidenceTests()
    {
        projectPath = Path.Combine(root, "Api.csproj");
        command = $"dotnet publish {projectPath} -t:PublishContainer";
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void AttestedAssembly_IsCovered_AndItsFindingsAreReported()
    {
        string evidence = Compile("Api", ErrorLogBuilder.Clean().WithResult("MLC2001", "warning", "error"));
        ImageAssembly published = Publish("Api");

        CompilationEvidence result = Attest([published], evidence);

        Assert.Equal([published], result.AttestedAssemblies.AsEnumerable());
        Assert.Equal([("MLC2001", Severity.Error)], result.Findings.Select(finding => (finding.Rule.Id, finding.Severity)));
    }

    [Fact]
    public void EvidenceMovedWithItsDirectory_StillCounts()
    {
        Compile("Api", ErrorLogBuilder.Clean());
        ImageAssembly published = Publish("Api");
        Directory.Move(Path.Combine(root, "obj"), Path.Combine(root, "moved"));

        CompilationEvidence result = Attest([published], Path.Combine(root, "moved", "Api.compilation.json"));

        Assert.Empty(result.Findings);
        Assert.Single(result.AttestedAssemblies);
    }

    [Fact]
    public void PlatformsWithTheirOwnCompilation_AreTiedToTheirOwnLogs()
    {
        string x64 = Compile("Api", ErrorLogBuilder.Clean(), "obj/linux-x64");
        string arm64 = Compile("Api", ErrorLogBuilder.Clean().WithResult("MLC2001", "warning", "error"), "obj/linux-arm64");
        ImageAssembly published = Publish("Api", "obj/linux-x64");

        Assert.Empty(Attest([published], x64, arm64).Findings);
    }

    [Fact]
    public void PrecompiledAssembly_IsRecognisedByItsModuleVersionId()
    {
        string precompiled = typeof(JsonDocument).Assembly.Location;
        string name = Path.GetFileNameWithoutExtension(precompiled);
        string evidence = Compile(name, ErrorLogBuilder.Clean());
        using (FileStream file = File.OpenRead(precompiled))
            Rewrite(evidence, attestation => attestation with { ModuleVersionId = CompilationAttestation.ReadModuleVersionId(file) });

        Assert.Single(Attest([new ImageAssembly(precompiled, projectPath)], evidence).AttestedAssemblies);
        AssertDistrust(
            Attest([new ImageAssembly(precompiled, projectPath)], Compile(name, ErrorLogBuilder.Clean())),
            $"{name}.dll is not the assembly that was analysed: it was compiled again without analysis, or changed afterwards. Remove what changes it, run 'dotnet clean', and publish without --no-build: {command}");
    }

    [Fact]
    public void ChangedAssembly_IsDistrusted()
    {
        string evidence = Compile("Api", ErrorLogBuilder.Clean());
        ImageAssembly published = Publish("Api");
        File.AppendAllText(published.Path, "x");
        AssertDistrust(
            Attest([published], evidence),
            $"Api.dll is not the assembly that was analysed: it was compiled again without analysis, or changed afterwards. Remove what changes it, run 'dotnet clean', and publish without --no-build: {command}");
    }

    [Fact]
    public void AssemblyWithoutEvidence_IsDistrusted()
    {
        Compile("Api", ErrorLogBuilder.Clean());
        AssertDistrust(
            Attest([Publish("Api")], Path.Combine(root, "none.json")),
            $"Api.dll goes into the image, and nothing tells that its C# was analysed: it was built without this package, in a configuration that keeps no evidence, or elsewhere. Publish without --no-build: {command}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"assemblyName\":\"Api\",\"assemblySha256\":\"\\ud800\"}")]
    public void UnreadableEvidence_IsNoEvidence(string text)
    {
        string evidence = Compile("Api", ErrorLogBuilder.Clean());
        File.WriteAllText(evidence, text);
        Assert.Equal("MLC9005", Attest([Publish("Api")], evidence).Findings.Single().Rule.Id);
    }

    [Fact]
    public void MissingAssembly_IsDistrusted()
    {
        string missing = Path.Combine(root, "Api.dll");
        AssertDistrust(
            Attest([new ImageAssembly(missing, projectPath)]),
            $"Api.dll cannot be read: Could not find file '{missing}'. Publish without --no-build: {command}");
    }

    [Fact]
    public void ChangedErrorLog_IsDistrusted()
    {
        string evidence = Compile("Api", ErrorLogBuilder.Clean().WithResult("MLC2001", "warning", "error"));
        File.WriteAllBytes(SarifOf("Api"), ErrorLogBuilder.Clean().ToBytes());
        AssertDistrust(Attest([Publish("Api")], evidence), ErrorLogMessage("has changed since the compiler wrote it"));
    }

    [Fact]
    public void MissingErrorLog_IsDistrusted()
    {
        string evidence = Compile("Api", ErrorLogBuilder.Clean());
        File.Delete(SarifOf("Api"));
        AssertDistrust(Attest([Publish("Api")], evidence), ErrorLogMessage($"cannot be read (Could not find file '{SarifOf("Api")}'.)"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("{}", "is not SARIF 2.1.0")]
    public void BrokenErrorLog_IsDistrusted(string text, string predicate)
    {
        string evidence = Compile("Api", text);
        AssertDistrust(Attest([Publish("Api")], evidence), ErrorLogMessage(predicate));
    }

    [Fact]
    public void ErrorLogOfVersion1_IsDistrusted_WithTheExactEdit()
    {
        string evidence = Compile("Api", """{ "version": "1.0.0", "runs": [] }""");
        AssertDistrust(
            Attest([Publish("Api")], evidence),
            $"Api.dll has an error log that is SARIF 1.0, which does not tell which rules ran. In {projectPath} or what it imports, write <ErrorLog>{Path.Combine("obj", "Api.sarif")},version=2.1</ErrorLog>.");
    }

    [Fact]
    public void CompilationWithoutAnalyzers_IsDistrusted()
    {
        string evidence = Compile("Api", new ErrorLogBuilder().WithRule("CS0219"));
        AssertDistrust(
            Attest([Publish("Api")], evidence),
            $"Api.dll was compiled without the C# rules. Remove RunAnalyzers=false or RunAnalyzersDuringBuild=false from {projectPath}, what it imports and the command line, and keep the package's analyzers referenced; then publish without --no-build: {command}");
    }

    [Fact]
    public void SilencedRules_AreNamed()
    {
        ErrorLogBuilder log = CSharpRules.Ids.Aggregate(new ErrorLogBuilder(), (log, id) => log.WithRule(id, null, "external"));
        string evidence = Compile("Api", log);
        CompilationEvidence result = Attest([Publish("Api")], evidence);

        Assert.Single(result.AttestedAssemblies);
        Assert.All(result.Findings, finding => Assert.Equal("MLC9009", finding.Rule.Id));
        Assert.All(CSharpRules.Ids, id => Assert.Single(result.Findings, finding => finding.Message.Contains(id, StringComparison.Ordinal) && finding.Severity == (id[3] == '1' ? Severity.Warning : Severity.Info)));
    }

    [Fact]
    public void ReferencedProjectWithoutThePackage_IsNamed()
    {
        string library = Path.Combine(root, "My Library.csproj");
        Finding finding = Attest([new ImageAssembly(Path.Combine(root, "Library.dll"), library, IsAnalyzed: false)]).Findings.Single();
        Assert.Equal(("MLC9009", Severity.Warning, library), (finding.Rule.Id, finding.Severity, finding.Span!.Path));
        Assert.Equal($"What My Library.csproj compiles goes into the image, and that project does not use this package: its C# was not analysed. Run: dotnet add \"{library}\" package MlContainerBuild", finding.Text);
    }

    [Fact]
    public void ReferencedProjectOfAnotherLanguage_IsNamed()
    {
        string library = Path.Combine(root, "Library.fsproj");
        Finding finding = Attest([new ImageAssembly(Path.Combine(root, "Library.dll"), library, IsAnalyzed: false)]).Findings.Single();
        Assert.Equal(("MLC9009", Severity.Info), (finding.Rule.Id, finding.Severity));
        Assert.StartsWith("Library.dll goes into the image, and its project Library.fsproj is not C#: its code was not analysed.", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_StopsAtOnce()
    {
        Assert.Throws<OperationCanceledException>(() => CompilationEvidence.Attest([Publish("Api")], [], projectPath, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void FileThatIsNoAssembly_CannotBeAttested()
    {
        string path = Path.Combine(root, "Api.dll");
        File.WriteAllText(path, "MZ");
        Assert.Throws<BadImageFormatException>(() => CompilationAttestation.Create(path, path, "", "0.1.0"));
    }

    private static void AssertDistrust(CompilationEvidence result, string text)
    {
        Assert.Empty(result.AttestedAssemblies);
        Assert.Equal([("MLC9005", Severity.Error, text)], result.Findings.Select(finding => (finding.Rule.Id, finding.Severity, finding.Text)));
    }

    private string ErrorLogMessage(string predicate) =>
        $"Api.dll cannot be judged: its error log {SarifOf("Api")} {predicate}. Run 'dotnet clean', and publish without --no-build: {command}";

    private CompilationEvidence Attest(ImageAssembly[] assemblies, params string[] evidence) =>
        CompilationEvidence.Attest([.. assemblies], [.. evidence], projectPath, CancellationToken.None);

    private string Compile(string name, ErrorLogBuilder log, string directory = "obj") => Compile(name, log.ToBytes(), directory);

    private string Compile(string name, string log) => Compile(name, System.Text.Encoding.UTF8.GetBytes(log), "obj");

    /// <summary>What the compiler and the task after it leave: assembly, error log and attestation. Each assembly has an MVID of its own.</summary>
    private string Compile(string name, byte[] log, string directory)
    {
        string output = Directory.CreateDirectory(Path.Combine(root, directory)).FullName;
        string assembly = Path.Combine(output, name + ".dll");
        var builder = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        builder.DefineDynamicModule(name).DefineType("Program").CreateType();
        builder.Save(assembly);

        string sarif = Path.Combine(output, name + ".sarif");
        File.WriteAllBytes(sarif, log);
        string evidence = Path.Combine(output, name + ".compilation.json");
        CompilationAttestation.Create(assembly, sarif, "linux-x64", "0.1.0").Write(evidence);
        return evidence;
    }

    private string SarifOf(string name) => Path.Combine(root, "obj", name + ".sarif");

    private ImageAssembly Publish(string name, string directory = "obj")
    {
        string source = Path.Combine(root, directory, name + ".dll");
        string target = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "publish")).FullName, name + ".dll");
        if (File.Exists(source))
            File.Copy(source, target, overwrite: true);

        return new ImageAssembly(target, projectPath);
    }

    private static void Rewrite(string evidence, Func<CompilationAttestation, CompilationAttestation> change)
    {
        Assert.True(CompilationAttestation.TryRead(evidence, out CompilationAttestation? attestation));
        change(attestation).Write(evidence);
    }
}
