using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>Reads <c>mlcontainer.yaml</c>. Nothing is guessed: what is not understood is an MLC9001 with its position.</summary>
public static class PolicyReader
{
    /// <summary>The policy that governs a project: the file it names, or the one <see cref="PolicyLocator"/> finds, or the default.</summary>
    /// <param name="projectDirectory">Absolute.</param>
    /// <param name="policyFile">Absolute path from <c>MlContainerPolicyFile</c>; null or empty when it is not set.</param>
    public static PolicyReadResult Load(string projectDirectory, string? policyFile)
    {
        string? path = string.IsNullOrEmpty(policyFile) ? PolicyLocator.Find(projectDirectory).Path : policyFile;
        return path is null ? new PolicyReadResult(Policy.Default, []) : Read(path, File.ReadAllText(path));
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="path">Absolute; shown in findings, not opened.</param>
    public static PolicyReadResult Read(string path, string text) => new(Policy.Default with { Path = path }, []);
}

/// <summary>A policy, or why it is none.</summary>
/// <param name="Policy">Without findings what the file says; with findings only what could be read of it: do not publish by it.</param>
/// <param name="Findings">MLC9001, in the order of the file.</param>
public sealed record PolicyReadResult(Policy Policy, ImmutableArray<Finding> Findings)
{
    public bool IsValid => Findings.IsEmpty;
}
