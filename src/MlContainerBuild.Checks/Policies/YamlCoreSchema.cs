using System.Globalization;

namespace MlContainerBuild.Checks.Policies;

/// <summary>What a scalar means by YAML 1.2's core schema (§10.3.2), which is also what editors apply before JSON Schema.</summary>
internal enum YamlScalarKind
{
    Null,
    Boolean,
    Number,
    String,
}

internal static class YamlCoreSchema
{
    public static YamlScalarKind KindOf(YamlScalar scalar)
    {
        if (!scalar.IsPlain)
            return YamlScalarKind.String;

        return scalar.Text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => YamlScalarKind.Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarKind.Boolean,
            _ => NumberOf(scalar.Text) is null ? YamlScalarKind.String : YamlScalarKind.Number,
        };
    }

    /// <summary>The number a plain scalar stands for, or null.</summary>
    public static double? NumberOf(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return IsAll(text.AsSpan(2), char.IsAsciiHexDigit) ? FromDigits(text.AsSpan(2), 16) : null;

        if (text.StartsWith("0o", StringComparison.Ordinal))
            return IsAll(text.AsSpan(2), c => c is >= '0' and <= '7') ? FromDigits(text.AsSpan(2), 8) : null;

        ReadOnlySpan<char> unsigned = text.AsSpan(text.Length > 0 && text[0] is '+' or '-' ? 1 : 0);
        if (unsigned is ".inf" or ".Inf" or ".INF")
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;

        if (text is ".nan" or ".NaN" or ".NAN")
            return double.NaN;

        bool hasDigit = unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || (unsigned[0] == '.' && unsigned.Length > 1 && char.IsAsciiDigit(unsigned[1])));
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return hasDigit && double.TryParse(text, style, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    private static bool IsAll(ReadOnlySpan<char> digits, Func<char, bool> isDigit)
    {
        foreach (char c in digits)
        {
            if (!isDigit(c))
                return false;
        }

        return !digits.IsEmpty;
    }

    private static double FromDigits(ReadOnlySpan<char> digits, int radix)
    {
        double value = 0;
        foreach (char digit in digits)
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);

        return value;
    }
}
