using System.Globalization;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>Amounts as people write them.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Decimal units, as container engines show them: <c>12.3 MB</c>.</summary>
    public static string OfBytes(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        string format = unit == 0 || value >= 99.95 ? "0" : "0.0";
        return value.ToString(format, CultureInfo.InvariantCulture) + "\u00A0" + Units[unit];
    }

    /// <summary><c>1 finding</c>, <c>2 findings</c>.</summary>
    public static string Of(long count, string singular, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? singular : plural ?? singular + "s")}");

    /// <summary><c>37 %</c>; never 0 for something, never 100 for a part.</summary>
    public static string Share(long part, long whole)
    {
        if (whole <= 0 || part <= 0)
            return "0\u00A0%";

        double percent = 100.0 * part / whole;
        return percent < 1 ? "<\u00A01\u00A0%"
            : part < whole && percent > 99 ? ">\u00A099\u00A0%"
            : percent.ToString("0", CultureInfo.InvariantCulture) + "\u00A0%";
    }
}
