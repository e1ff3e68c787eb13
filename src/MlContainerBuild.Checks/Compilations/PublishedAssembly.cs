using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>The identity of an assembly's file.</summary>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="PrecompiledFrom">
/// The MVID of the assembly that ReadyToRun has rewritten; null for an assembly as the compiler wrote it. A compiled MVID
/// is itself a hash of the compilation, and the only trace that native code compiled into the file leaves of it.
/// </param>
internal sealed record PublishedAssembly(string Sha256, Guid? PrecompiledFrom)
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PublishedAssembly Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        try
        {
            file.Position = 0;
            using var image = new PEReader(file, PEStreamOptions.LeaveOpen);
            bool isPrecompiled = image.PEHeaders.CorHeader is { ManagedNativeHeaderDirectory.Size: > 0 };
            return new PublishedAssembly(sha256, isPrecompiled ? CompilationAttestation.ReadModuleVersionId(file) : null);
        }
        catch (BadImageFormatException)
        {
            return new PublishedAssembly(sha256, PrecompiledFrom: null);
        }
    }
}
