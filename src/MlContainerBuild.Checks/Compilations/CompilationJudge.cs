using System.Collections.Immutable;
using System.Security.Cryptography;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>
/// Believes a compilation only as far as its evidence goes: assembly, attestation and error log must belong together by
/// hash, and the log must list every C# rule, because a compilation without analyzers leaves a log as clean as a good one.
/// </summary>
internal sealed class CompilationJudge
{
    // Roslyn writes about 1 KiB a result: a log beyond this is none, or of a code base that has other problems.
    private const long MaxSarifLength = 256L * 1024 * 1024;

    private readonly ImmutableArray<CompilationAttestation> attestations;
    private readonly string publishCommand;
    private readonly ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();

    public CompilationJudge(ImmutableArray<string> attestationFiles, string publishProject)
    {
        attestations = [.. attestationFiles.Distinct(StringComparer.Ordinal)
            .Select(path => CompilationAttestation.TryRead(path, out CompilationAttestation? attestation) ? attestation : null)
            .OfType<CompilationAttestation>()];
        publishCommand = $"dotnet publish {Quote(publishProject)} -t:PublishContainer";
    }

    public CompilationEvidence Judge(ImmutableArray<ImageAssembly> assemblies, CancellationToken cancellation)
    {
        ImmutableArray<ImageAssembly>.Builder attested = ImmutableArray.CreateBuilder<ImageAssembly>();
        var seen = new HashSet<CompilationAttestation>();
        foreach (ImageAssembly assembly in assemblies)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!assembly.IsAnalyzed)
                ReportUnanalyzed(assembly);
            else if (FindAttestation(assembly) is { } attestation && ReadSarif(assembly, attestation) is { } sarif)
            {
                attested.Add(assembly);
                if (seen.Add(attestation))
                {
                    findings.AddRange(sarif.Findings);
                    ReportSilenced(assembly, sarif);
                }
            }
        }

        return new CompilationEvidence(findings.DrainToImmutable(), attested.DrainToImmutable());
    }

    private CompilationAttestation? FindAttestation(ImageAssembly assembly)
    {
        PublishedAssembly published;
        try
        {
            published = PublishedAssembly.Read(assembly.Path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Distrust(assembly, $"cannot be read: {cause.Message}", $"Publish without --no-build: {publishCommand}");
            return null;
        }

        string name = Path.GetFileNameWithoutExtension(assembly.Path);
        CompilationAttestation? match = attestations.FirstOrDefault(attestation => attestation.AssemblySha256 == published.Sha256)
            ?? attestations.FirstOrDefault(attestation => attestation.ModuleVersionId == published.PrecompiledFrom && attestation.AssemblyName == name);
        if (match is not null)
            return match;

        if (attestations.Any(attestation => attestation.AssemblyName == name))
        {
            Distrust(
                assembly,
                "is not the assembly that was analysed: it was compiled again without analysis, or changed afterwards.",
                $"Remove what changes it, run 'dotnet clean', and publish without --no-build: {publishCommand}");
        }
        else
        {
            Distrust(
                assembly,
                "goes into the image, and nothing tells that its C# was analysed: it was built without this package, in a configuration that keeps no evidence, or elsewhere.",
                $"Publish without --no-build: {publishCommand}");
        }

        return null;
    }

    private CompilationSarif? ReadSarif(ImageAssembly assembly, CompilationAttestation attestation)
    {
        byte[] bytes;
        try
        {
            using FileStream file = File.OpenRead(attestation.SarifPath);
            if (file.Length > MaxSarifLength)
            {
                DistrustLog(assembly, attestation, $"is larger than {MaxSarifLength >> 20} MiB");
                return null;
            }

            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            DistrustLog(assembly, attestation, $"cannot be read ({cause.Message})");
            return null;
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != attestation.SarifSha256)
        {
            DistrustLog(assembly, attestation, "has changed since the compiler wrote it");
            return null;
        }

        CompilationSarifReadResult result = CompilationSarif.Read(bytes, assembly.ProjectPath);
        if (result.IsVersion1)
        {
            string path = Path.GetRelativePath(Path.GetDirectoryName(assembly.ProjectPath)!, attestation.SarifPath);
            Distrust(assembly, $"has an error log that {result.Error}.", $"In {assembly.ProjectPath} or what it imports, write <ErrorLog>{path},version=2.1</ErrorLog>.");
        }
        else if (result.Sarif is null)
        {
            DistrustLog(assembly, attestation, result.Error!);
        }
        else if (CSharpRules.Ids.Where(id => !result.Sarif.RuleIds.Contains(id)).ToArray() is { Length: > 0 } missing)
        {
            ReportMissingRules(assembly, attestation, missing);
            return null;
        }

        return result.Sarif;
    }

    private void ReportMissingRules(ImageAssembly assembly, CompilationAttestation attestation, string[] missing)
    {
        if (missing.Length == CSharpRules.Ids.Length)
        {
            Distrust(
                assembly,
                "was compiled without the C# rules.",
                $"Remove RunAnalyzers=false or RunAnalyzersDuringBuild=false from {assembly.ProjectPath}, what it imports and the command line, and keep the package's analyzers referenced; then publish without --no-build: {publishCommand}");
        }
        else
        {
            Distrust(
                assembly,
                $"was analysed by version {attestation.PackageVersion} of MlContainerBuild, without {string.Join(", ", missing)}.",
                $"Publish without --no-build: {publishCommand}");
        }
    }

    private void ReportSilenced(ImageAssembly assembly, CompilationSarif sarif)
    {
        string[] silenced = [.. CSharpRules.Ids.Where(sarif.SilencedRuleIds.Contains)];
        Report(silenced.Where(IsAboutCredentials), Severity.Warning);
        Report(silenced.Where(id => !IsAboutCredentials(id)), Severity.Info);

        static bool IsAboutCredentials(string id) => id.StartsWith("MLC1", StringComparison.Ordinal);

        void Report(IEnumerable<string> ids, Severity severity)
        {
            string list = string.Join(", ", ids);
            if (list.Length == 0)
                return;

            Add(
                assembly,
                "MLC9009",
                severity,
                $"{list} did not run for all of {Path.GetFileName(assembly.ProjectPath)}: switched off by NoWarn, or by severity none or silent.",
                "Switch on what is meant to run, and suppress single findings where they stand, with a reason.");
        }
    }

    private void ReportUnanalyzed(ImageAssembly assembly)
    {
        string project = Path.GetFileName(assembly.ProjectPath);
        if (assembly.ProjectPath.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
        {
            Add(
                assembly,
                "MLC9009",
                Severity.Warning,
                $"What {project} compiles goes into the image, and that project does not use this package: its C# was not analysed.",
                $"Run: dotnet add {Quote(assembly.ProjectPath)} package MlContainerBuild");
        }
        else
        {
            Add(
                assembly,
                "MLC9009",
                Severity.Info,
                $"{Path.GetFileName(assembly.Path)} goes into the image, and its project {project} is not C#: its code was not analysed.",
                "Keep credentials and container settings out of it, or review them by hand.");
        }
    }

    private void DistrustLog(ImageAssembly assembly, CompilationAttestation attestation, string predicate) =>
        Distrust(
            assembly,
            $"cannot be judged: its error log {attestation.SarifPath} {predicate}.",
            $"Run 'dotnet clean', and publish without --no-build: {publishCommand}");

    private void Distrust(ImageAssembly assembly, string predicate, string fix) =>
        Add(assembly, "MLC9005", Severity.Error, $"{Path.GetFileName(assembly.Path)} {predicate}", fix);

    private void Add(ImageAssembly assembly, string ruleId, Severity severity, string message, string fix) =>
        findings.Add(new Finding(RuleCatalog.Get(ruleId), message, fix, new ValueSource.File(new SourceSpan(assembly.ProjectPath))) { Severity = severity });

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
