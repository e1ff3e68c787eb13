using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Policies;

/// <summary>Reads <c>mlcontainer.yaml</c>. Nothing is guessed: what is not understood is an MLC9001 with its position.</summary>
public static class PolicyReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The policy that governs a project: the file it names, or the one <see cref="PolicyLocator"/> finds, or the default.</summary>
    /// <param name="projectDirectory">Absolute.</param>
    /// <param name="policyFile">The value of <c>MlContainerPolicyFile</c>, relative to the project; null or empty when it is not set.</param>
    public static PolicyReadResult Load(string projectDirectory, string? policyFile)
    {
        if (!string.IsNullOrEmpty(policyFile))
            return ReadFile(Path.GetFullPath(policyFile, projectDirectory));

        PolicyLocation location = PolicyLocator.Find(projectDirectory);
        if (location.MisspelledPath is { } misspelled)
            return Invalid(misspelled, new YamlError("A policy file of this name is not read.", $"Rename it to {PolicyLocator.FileName}.", 0, 0));

        return location.Path is { } path ? ReadFile(path) : new PolicyReadResult(Policy.Default, []);
    }

    /// <summary>Reads a policy file.</summary>
    /// <param name="path">Absolute.</param>
    public static PolicyReadResult ReadFile(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > YamlDocument.MaxLength)
                return Invalid(path, YamlDocument.TooLarge);

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            PolicyReadResult read = Read(path, StrictUtf8.GetString(bytes));
            return read with { Policy = read.Policy with { Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)) } };
        }
        catch (DecoderFallbackException)
        {
            return Invalid(path, new YamlError("The policy file is not UTF-8.", "Save it as UTF-8.", 0, 0));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Invalid(path, new YamlError($"The policy file cannot be read: {cause.Message}", "", 0, 0));
        }
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="path">Absolute; shown in findings, not opened.</param>
    public static PolicyReadResult Read(string path, string text)
    {
        (YamlNode? root, YamlError? error) = YamlDocument.Parse(text);
        if (error is not null)
            return Invalid(path, error);

        if (root is null)
            return Invalid(path, new YamlError("The policy file is empty.", "Begin it with 'version: 1', or remove it.", 1, 1));

        return new PolicyDocumentReader(path).Read(root);
    }

    private static PolicyReadResult Invalid(string path, YamlError error) =>
        new(
            Policy.Default with { Path = path },
            [new Finding(RuleCatalog.Get("MLC9001"), error.Message, error.Fix, new ValueSource.File(new SourceSpan(path, error.Line, error.Column)))]);
}

/// <summary>A policy, or why it is none.</summary>
/// <param name="Policy">Without findings what the file says; with findings only what could be read of it: do not publish by it.</param>
/// <param name="Findings">MLC9001, in the order of the file.</param>
public sealed record PolicyReadResult(Policy Policy, ImmutableArray<Finding> Findings)
{
    public bool IsValid => Findings.IsEmpty;
}
