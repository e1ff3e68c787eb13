using System.Collections.Immutable;

namespace MlContainerBuild.Secrets;

/// <summary>
/// The exact form of a token: literal text and bounded runs of a character class, as in <c>hf_[A-Za-z0-9]{34}</c>. It reads
/// like a regular expression and is none: nothing is optional or alternative, a run takes all it can, and a match costs no
/// more than the longest token.
/// </summary>
internal sealed class TokenShape
{
    private readonly ImmutableArray<Part> parts;

    public TokenShape(string pattern)
    {
        Pattern = pattern;
        parts = Parse(pattern);
        var last = parts[parts.Length - 1];
        After = ByteClass.Alphanumeric | (last.Literal is null ? last.Class : default);
        foreach (var part in parts)
        {
            MinLength += part.Min;
            MaxLength += part.Max;
        }
    }

    public string Pattern { get; }

    public int MinLength { get; }

    public int MaxLength { get; }

    /// <summary>Characters that may not precede the token; an escape sequence such as <c>\n</c> or <c>%3D</c> may.</summary>
    public ByteClass Before { get; init; } = ByteClass.Word;

    /// <summary>Characters that may not follow the token.</summary>
    public ByteClass After { get; init; }

    /// <summary>The classes of runs longer than a screen line: <see cref="Before"/> must hold them, or hostile text is scanned again and again.</summary>
    public IEnumerable<ByteClass> LongRuns
    {
        get
        {
            foreach (var part in parts)
            {
                if (part.Literal is null && part.Max > 80)
                    yield return part.Class;
            }
        }
    }

    /// <summary>The literal text every token of this shape begins with; shown in masks, so it never holds a run.</summary>
    public string Prefix => parts[0].Literal ?? "";

    /// <summary>The end of the token that starts at <paramref name="start"/>; -1 when there is none.</summary>
    public int MatchAt(ReadOnlySpan<byte> bytes, int start)
    {
        if (start < 0 || (start > 0 && Before.Contains(bytes[start - 1]) && !EscapeSequence.EndsAt(bytes, start)))
            return -1;
        int at = start;
        foreach (var part in parts)
        {
            if (bytes.Length - at < part.Min)
                return -1;
            if (part.Literal is not null)
            {
                for (int i = 0; i < part.Literal.Length; i++)
                {
                    if (bytes[at + i] != part.Literal[i])
                        return -1;
                }

                at += part.Literal.Length;
                continue;
            }

            int end = part.Class.RunEnd(bytes, at, at + part.Max);
            if (end - at < part.Min)
                return -1;
            at = end;
        }

        return at < bytes.Length && After.Contains(bytes[at]) ? -1 : at;
    }

    private static ImmutableArray<Part> Parse(string pattern)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        int at = 0;
        while (at < pattern.Length)
        {
            if (pattern[at] != '[')
            {
                int next = pattern.IndexOf('[', at);
                string literal = next < 0 ? pattern.Substring(at) : pattern.Substring(at, next - at);
                parts.Add(new(literal, default, literal.Length, literal.Length));
                at += literal.Length;
                continue;
            }

            int close = pattern.IndexOf(']', at);
            var set = ByteClass.Parse(pattern.Substring(at + 1, close - at - 1));
            at = close + 1;
            int min = 1, max = 1;
            if (at < pattern.Length && pattern[at] == '{')
            {
                int brace = pattern.IndexOf('}', at);
                string[] counts = pattern.Substring(at + 1, brace - at - 1).Split(',');
                min = int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture);
                max = int.Parse(counts[counts.Length - 1], System.Globalization.CultureInfo.InvariantCulture);
                at = brace + 1;
            }

            parts.Add(new(null, set, min, max));
        }

        return parts.ToImmutable();
    }

    private sealed record Part(string? Literal, ByteClass Class, int Min, int Max);
}
