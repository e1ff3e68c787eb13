namespace MlContainerBuild.Checks.Compilations;

/// <summary>
/// Says which error log belongs to which assembly. Written right after the compiler ran, as JSON beside the intermediate
/// assembly, so that a later <c>publish --no-build</c> can still tell that the log is about these very bytes.
/// </summary>
public sealed record CompilationAttestation
{
    public required string AssemblyName { get; init; }

    /// <summary>64 lower-case hex digits, of the intermediate assembly.</summary>
    public required string AssemblySha256 { get; init; }

    /// <summary>The assembly's MVID: what is left of its identity once ReadyToRun has rewritten it.</summary>
    public required Guid ModuleVersionId { get; init; }

    /// <summary>Absolute; in the file relative to it, because a later stage of CI may have another workspace.</summary>
    public required string SarifPath { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string SarifSha256 { get; init; }

    /// <summary>Empty when the compilation was for no platform in particular.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The version of this package.</summary>
    public required string PackageVersion { get; init; }

    /// <summary>Hashes an assembly and its error log as they are now.</summary>
    /// <exception cref="IOException">One of them cannot be read, or the assembly is none.</exception>
    public static CompilationAttestation Create(string assemblyPath, string sarifPath, string runtimeIdentifier, string packageVersion) =>
        throw new NotImplementedException();

    /// <summary>Writes the attestation; the file is replaced at once, never half.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => throw new NotImplementedException();
}
