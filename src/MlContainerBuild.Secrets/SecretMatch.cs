namespace MlContainerBuild.Secrets;

/// <summary>A secret found in a text.</summary>
/// <param name="Start">Index of its first character (in bytes: of its first byte).</param>
/// <param name="Length">Its length in the same unit, never 0.</param>
internal readonly record struct SecretMatch(SecretFormat Format, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>Whether a checksum of the provider proves that this is no made-up sample.</summary>
    public bool IsVerified { get; init; }

    /// <summary>What messages call it, such as <c>Hugging Face user token</c>.</summary>
    public string Name => Format.Name;

    public SecretConfidence Confidence => Format.Confidence;
}
