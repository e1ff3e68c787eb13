using System.Globalization;
using System.Text;

namespace MlContainerBuild.Checks.Models.Pickles;

/// <summary>Reads the texts of a pickle that become names, wherever in the file they stand.</summary>
internal sealed class PickleTexts(ModelStream stream)
{
    /// <summary>In bytes: what is longer is no name.</summary>
    public const int LongestText = 512;

    private const int MostTexts = 100_000;

    private readonly Dictionary<long, string?> known = [];

    /// <summary>A text that stands anywhere in the pickle; null for what is no text, or too long for a name.</summary>
    public string? Resolve(PickleValue value)
    {
        if (value.Kind is not (PickleValueKind.Text or PickleValueKind.QuotedText or PickleValueKind.EscapedText))
            return null;

        if (known.TryGetValue(value.Offset, out string? read))
            return read;

        if (known.Count == MostTexts)
        {
            stream.Fail($"the pickle imports by more than {MostTexts} names");
            return null;
        }

        string? text = Read(value);
        known.Add(value.Offset, text);
        return text;
    }

    /// <summary>A text as Python would have it.</summary>
    public string? Read(PickleValue value)
    {
        if (value.Length > LongestText)
            return null;

        long position = stream.Position;
        stream.Seek(value.Offset);
        string? text = stream.TryRead(value.Length, out ReadOnlySpan<byte> bytes) ? Decode(value.Kind, bytes) : null;
        stream.Seek(position);
        return text;
    }

    private static string Decode(PickleValueKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        PickleValueKind.QuotedText => Unescape(Encoding.Latin1.GetString(bytes.Trim(" \t\r"u8) is [_, .. var quoted, _] ? quoted : bytes), isQuoted: true),
        PickleValueKind.EscapedText => Unescape(Encoding.Latin1.GetString(bytes), isQuoted: false),
        _ => Encoding.UTF8.GetString(bytes),
    };

    // raw-unicode-escape knows \u and \U only; repr's escapes are those of a literal.
    private static string Unescape(string text, bool isQuoted)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;

        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            char next = text[i + 1];
            int digits = next switch
            {
                'u' when !isQuoted => 4,
                'U' when !isQuoted => 8,
                'x' when isQuoted => 2,
                _ => 0,
            };
            if (digits > 0 && i + 2 + digits <= text.Length && int.TryParse(text.AsSpan(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code))
            {
                result.Append(new Rune(code));
                i += 1 + digits;
            }
            else if (isQuoted && next is >= '0' and <= '7')
            {
                int end = i + 1;
                int octal = 0;
                while (end < text.Length && end < i + 4 && text[end] is >= '0' and <= '7')
                {
                    octal = (octal * 8) + (text[end++] - '0');
                }

                result.Append((char)octal);
                i = end - 1;
            }
            else if (isQuoted)
            {
                result.Append(next);
                i++;
            }
            else
            {
                result.Append('\\');
            }
        }

        return result.ToString();
    }
}
