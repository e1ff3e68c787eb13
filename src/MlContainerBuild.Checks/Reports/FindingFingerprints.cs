using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports;

/// <summary>
/// What makes a finding the same one in the next report: its rule, its file and what it is about, but no line, so that an
/// edit elsewhere in the file does not make it new. Of several alike the first stays the first.
/// </summary>
internal sealed class FindingFingerprints
{
    private readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);

    /// <summary>32 lower-case hex digits.</summary>
    public string Next(Finding finding, string path)
    {
        string identity = string.Join('\n', finding.Rule.Id, path, finding.RuntimeIdentifier, SubjectOf(finding));
        int occurrence = occurrences[identity] = occurrences.GetValueOrDefault(identity) + 1;
        string text = string.Create(CultureInfo.InvariantCulture, $"{identity}\n{occurrence}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private static string SubjectOf(Finding finding) => finding.Source switch
    {
        ValueSource.Property property => $"property {property.Name}",
        ValueSource.Item item => $"item {item.ItemType} {item.Include} {item.Metadata}",
        ValueSource.BaseImage image => $"base {image.HistoryStep}",
        ValueSource.Sdk => "sdk",
        _ => finding.Message,
    };
}
