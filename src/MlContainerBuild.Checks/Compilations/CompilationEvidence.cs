using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Compilations;

/// <summary>One assembly of ours that goes into the image.</summary>
/// <param name="Path">Absolute path of the file to be published; of the intermediate assembly where a later step rewrites it (trimming) or bundles it (single file).</param>
/// <param name="ProjectPath">Absolute path of the project that compiles it.</param>
/// <param name="IsAnalyzed">False for a referenced project that does not use this package or is not C#: named, not failed.</param>
public sealed record ImageAssembly(string Path, string ProjectPath, bool IsAnalyzed = true);

/// <summary>What the compilations of an image are known to contain.</summary>
/// <param name="Findings">C# findings at their publish severity, and MLC9005 and MLC9009 about the evidence itself.</param>
/// <param name="AttestedAssemblies">Assemblies covered by an error log that lists every C# rule.</param>
public sealed record CompilationEvidence(ImmutableArray<Finding> Findings, ImmutableArray<ImageAssembly> AttestedAssemblies)
{
    /// <summary>Ties each assembly to the error log of the compilation that made it.</summary>
    /// <param name="attestationFiles">Absolute paths of the attestations of every compilation that may have made one; a missing file is no error in itself.</param>
    /// <param name="publishProject">Absolute path of the project that is published, for the command that a message names.</param>
    /// <exception cref="OperationCanceledException">The publish was cancelled.</exception>
    public static CompilationEvidence Attest(
        ImmutableArray<ImageAssembly> assemblies, ImmutableArray<string> attestationFiles, string publishProject, CancellationToken cancellation) =>
        new CompilationJudge(attestationFiles, publishProject).Judge(assemblies, cancellation);
}
