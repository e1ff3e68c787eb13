using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text.Json;

using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>
/// Says which error log belongs to which assembly. Written right after the compiler ran, as JSON beside the intermediate
/// assembly, so that a later <c>publish --no-build</c> can still tell that the log is about these very bytes.
/// </summary>
public sealed record CompilationAttestation
{
    private const int MaxLength = 64 * 1024;

    /// <summary>File name of the assembly without its extension.</summary>
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
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One of them may not be read.</exception>
    /// <exception cref="BadImageFormatException">The assembly is none.</exception>
    public static CompilationAttestation Create(string assemblyPath, string sarifPath, string runtimeIdentifier, string packageVersion)
    {
        using FileStream assembly = File.OpenRead(assemblyPath);
        using FileStream sarif = File.OpenRead(sarifPath);
        return new CompilationAttestation
        {
            AssemblyName = Path.GetFileNameWithoutExtension(assemblyPath),
            AssemblySha256 = Convert.ToHexStringLower(SHA256.HashData(assembly)),
            ModuleVersionId = ReadModuleVersionId(assembly),
            SarifPath = Path.GetFullPath(sarifPath),
            SarifSha256 = Convert.ToHexStringLower(SHA256.HashData(sarif)),
            RuntimeIdentifier = runtimeIdentifier,
            PackageVersion = packageVersion,
        };
    }

    /// <summary>Writes the attestation; the file is replaced at once, never half. The directory is created.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        ReportFile.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            writer.WriteStartObject();
            writer.WriteString("assemblyName", AssemblyName);
            writer.WriteString("assemblySha256", AssemblySha256);
            writer.WriteString("moduleVersionId", ModuleVersionId);
            writer.WriteString("sarif", Path.GetRelativePath(directory, SarifPath));
            writer.WriteString("sarifSha256", SarifSha256);
            writer.WriteString("runtimeIdentifier", RuntimeIdentifier);
            writer.WriteString("packageVersion", PackageVersion);
            writer.WriteEndObject();
        });
    }

    /// <summary>Reads an attestation; false when there is none, or the file holds something else.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out CompilationAttestation? attestation)
    {
        attestation = null;
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxLength)
                return false;

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            attestation = Read(document.RootElement, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }

        return attestation is not null;
    }

    internal static Guid ReadModuleVersionId(Stream assembly)
    {
        assembly.Position = 0;
        using var image = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        if (!image.HasMetadata)
            throw new BadImageFormatException("The file holds no managed code.");

        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static CompilationAttestation? Read(JsonElement json, string directory)
    {
        if (json.Text("assemblyName") is not { } assemblyName
            || json.Text("assemblySha256") is not { } assemblySha256
            || !Guid.TryParse(json.Text("moduleVersionId"), out Guid moduleVersionId)
            || json.Text("sarif") is not { } sarif
            || json.Text("sarifSha256") is not { } sarifSha256)
        {
            return null;
        }

        return new CompilationAttestation
        {
            AssemblyName = assemblyName,
            AssemblySha256 = assemblySha256,
            ModuleVersionId = moduleVersionId,
            SarifPath = Path.GetFullPath(sarif, directory),
            SarifSha256 = sarifSha256,
            RuntimeIdentifier = json.Text("runtimeIdentifier") ?? "",
            PackageVersion = json.Text("packageVersion") ?? "",
        };
    }
}
