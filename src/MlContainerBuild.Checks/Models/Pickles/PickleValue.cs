namespace MlContainerBuild.Checks.Models.Pickles;

/// <summary>What a value on Python's stack is, as far as names need it.</summary>
internal enum PickleValueKind : byte
{
    /// <summary>In the memo: nothing has been put there.</summary>
    Unset,

    /// <summary>Anything that is no text written here.</summary>
    Object,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>In quotes with escapes, as <c>repr</c> writes.</summary>
    QuotedText,

    /// <summary>With escapes for what is not Latin-1, as protocol 0 writes.</summary>
    EscapedText,

    /// <summary>An array of joblib's, whose bytes lie in the middle of the pickle.</summary>
    ArrayWrapper,
}

/// <summary>A value on Python's stack.</summary>
/// <param name="Offset">Where its text stands.</param>
internal readonly record struct PickleValue(PickleValueKind Kind, int Length = 0, long Offset = 0);
