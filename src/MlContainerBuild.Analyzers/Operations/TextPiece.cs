using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>A part of a <see cref="KnownText"/> and the operation it comes from.</summary>
/// <param name="start">Index in the text.</param>
internal readonly struct TextPiece(int start, int length, IOperation source)
{
    internal int Start { get; } = start;

    internal int End { get; } = start + length;

    internal IOperation Source { get; } = source.Unwrap();

    /// <summary>Whether the text stands at <see cref="Source"/> itself, not in the declaration of a constant that it names.</summary>
    internal bool IsLiteral => Source is ILiteralOperation or IUtf8StringOperation;
}
