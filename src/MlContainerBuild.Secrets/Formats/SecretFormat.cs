namespace MlContainerBuild.Secrets;

/// <summary>How much the text itself proves.</summary>
internal enum SecretConfidence
{
    /// <summary>Rests on the words around it, or gives less than full access: a key id, a test key, an expiring token.</summary>
    Contextual,

    /// <summary>The form alone is enough to act on.</summary>
    Structural,
}

/// <summary>A kind of secret: one row of <see cref="SecretFormats"/>.</summary>
internal sealed class SecretFormat
{
    /// <summary>Stable identifier, such as <c>huggingface-user</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What messages call it, such as <c>Hugging Face user token</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the format is documented or was observed.</summary>
    public required string Source { get; init; }

    public SecretConfidence Confidence { get; init; } = SecretConfidence.Structural;

    /// <summary>Text of which one piece is in every secret of this kind, or just before it; the search starts there.</summary>
    public IReadOnlyList<string> Literals { get; init; } = [];

    /// <summary>Whether the literals are found in either case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>How many bytes of the secret precede the literal.</summary>
    public int LiteralOffset { get; init; }

    /// <summary>The forms the secret can have, tried in order; empty where <see cref="Locate"/> decides alone.</summary>
    public IReadOnlyList<TokenShape> Shapes { get; init; } = [];

    /// <summary>What a token of the right shape must also be, such as decodable.</summary>
    public TokenTest? Requires { get; init; }

    /// <summary>The provider's checksum. It raises confidence and never lowers it: documents and fixtures rarely have it right.</summary>
    public TokenTest? Checksum { get; init; }

    /// <summary>Finds the secret round a literal where a shape cannot say it.</summary>
    public SecretLocator? Locate { get; init; }

    /// <summary>What a weak find of <see cref="Locate"/> is called, such as a password for this machine only.</summary>
    public SecretFormat? Weaker { get; init; }

    public override string ToString() => Id;
}

/// <summary>Judges the bytes of one token.</summary>
internal delegate bool TokenTest(ReadOnlySpan<byte> token);

/// <summary>
/// Finds the secret that belongs to the literal at <paramref name="literal"/>. The text is cut
/// <see cref="SecretScanner.LookBehind"/> bytes before the literal and <see cref="SecretScanner.LookAhead"/> behind its start.
/// </summary>
internal delegate Located SecretLocator(ReadOnlySpan<byte> text, int literal);

/// <summary>What a <see cref="SecretLocator"/> found; the default is nothing.</summary>
internal readonly record struct Located(int Start, int Length)
{
    public static Located Nothing => default;

    public bool IsNothing => Length == 0;

    /// <summary>Whether <see cref="SecretFormat.Weaker"/> names it.</summary>
    public bool IsWeak { get; init; }

    /// <summary>
    /// Everything before this index is judged: further literals there need no look. It keeps the work proportional to the text
    /// where one find takes in many literals.
    /// </summary>
    public int JudgedUntil { get; init; }

    public static Located Between(int start, int end) => end > start ? new(start, end - start) : default;
}
