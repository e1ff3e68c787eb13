using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Rehearsal;

/// <summary>
/// The ports an image exposes: the base image's, the project's, and those that ASP.NET Core's variables name in the merged
/// environment, which the SDK adds.
/// </summary>
internal static class ExposedPorts
{
    private const string Urls = "ASPNETCORE_URLS";

    public static bool TryMerge(
        ImageConfig config,
        ContainerIntent intent,
        ImmutableArray<Setting> environment,
        BaseImageOrigins origins,
        out ImmutableArray<Setting> ports,
        [NotNullWhen(false)] out Finding? refusal)
    {
        ports = [];
        refusal = null;
        var merged = new OrderedDictionary<Port, Setting>();
        foreach (string port in config.ExposedPorts)
        {
            // What the SDK cannot read, such as sctp, it drops from the base image.
            string[] parts = port.Split('/');
            if (parts.Length <= 2 && TryParse(parts[0], parts.Length == 2 ? parts[1] : "") is { } read)
            {
                Add(merged, read, origins.Port(read.Number));
            }
        }

        foreach (Setting port in intent.Settings.Ports)
        {
            if (TryParse(port.Name, port.Value) is not { } read)
            {
                refusal = Refusals.Conflict(
                    port,
                    $"The .NET SDK cannot read ContainerPort {MessageText.Quote(port.Name)} with Type {MessageText.Quote(port.Value)}.",
                    """Write <ContainerPort Include="8080" Type="tcp" />, with tcp or udp.""");
                return false;
            }

            Add(merged, read, port.Source);
        }

        foreach (Setting variable in PortVariables(environment))
        {
            foreach (string value in variable.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if ((variable.Name == Urls ? PortOfUrl(value) : PortOfNumber(value)) is { } number)
                    Add(merged, new Port(number, PortType.tcp), variable.Source);
            }
        }

        ports = [.. merged.Values];
        return true;
    }

    private static void Add(OrderedDictionary<Port, Setting> ports, Port port, ValueSource source) =>
        ports.TryAdd(port, new Setting(port.Number.ToString(CultureInfo.InvariantCulture), port.Type.ToString(), source));

    private static Port? TryParse(string number, string type)
    {
        PortType kind = PortType.tcp;
        bool isType = type.Length == 0 || Enum.TryParse(type, out kind);
        return isType && PortOfNumber(number) is { } parsed ? new Port(parsed, kind) : null;
    }

    // ASPNETCORE_URLS silences the other two, also when no port stands in it.
    private static IEnumerable<Setting> PortVariables(ImmutableArray<Setting> environment)
    {
        Setting? urls = environment.FirstOrDefault(variable => variable.Name == Urls);
        return urls is not null
            ? [urls]
            : environment.Where(variable => variable.Name == "ASPNETCORE_HTTP_PORTS").Concat(environment.Where(variable => variable.Name == "ASPNETCORE_HTTPS_PORTS"));
    }

    private static int? PortOfNumber(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int port) ? port : null;

    /// <summary>
    /// What the SDK's expression finds: a word and "://", at least one character, and then on that line the last colon with
    /// digits behind it.
    /// </summary>
    private static int? PortOfUrl(string url)
    {
        for (int scheme = url.IndexOf("://", StringComparison.Ordinal); scheme >= 0; scheme = url.IndexOf("://", scheme + 1, StringComparison.Ordinal))
        {
            if (scheme == 0 || !(char.IsLetterOrDigit(url[scheme - 1]) || url[scheme - 1] == '_'))
            {
                continue;
            }

            ReadOnlySpan<char> rest = url.AsSpan(scheme + "://".Length);
            int line = rest.IndexOf('\n');
            rest = line < 0 ? rest : rest[..line];
            for (int colon = rest.Length - 2; colon >= 1; colon--)
            {
                if (rest[colon] == ':' && char.IsDigit(rest[colon + 1]))
                {
                    ReadOnlySpan<char> digits = rest[(colon + 1)..];
                    int end = 0;
                    while (end < digits.Length && char.IsDigit(digits[end]))
                    {
                        end++;
                    }

                    return int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : null;
                }
            }
        }

        return null;
    }

    private sealed record Port(int Number, PortType Type);

    // The SDK's names and order: its parser takes the numbers, too.
    private enum PortType
    {
        tcp,
        udp,
    }
}
