using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>
/// The password in a connection string: <c>Server=db;User Id=app;Password=…</c> of ADO.NET providers and Azure services,
/// <c>host=db user=app password=…</c> of libpq, <c>cache:6380,password=…,ssl=True</c> of StackExchange.Redis. A sibling that
/// names a server or user must stand beside it, or it is any assignment.
/// </summary>
internal static class ConnectionString
{
    private const int MaxReach = 480;

    private static readonly HashSet<string> PasswordKeys = new(StringComparer.OrdinalIgnoreCase) { "password", "pwd" };

    private static readonly HashSet<string> HostKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "server", "data source", "datasource", "host", "addr", "address", "network address", "endpoint", "hostname", "host name",
    };

    private static readonly HashSet<string> SiblingKeys = new(HostKeys, StringComparer.OrdinalIgnoreCase)
    {
        "user id", "userid", "uid", "user", "username", "user name", "database", "initial catalog", "dbname", "port", "ssl",
        "abortconnect", "accountname", "driver", "dsn", "provider", "virtualhost", "connectretry", "sslmode", "trustservercertificate",
    };

    public static Extent LocateRemote(ReadOnlySpan<byte> text, int literal) =>
        Locate(text, literal, out string host) is var password && !Loopback.IsHost(host) ? password : default;

    public static Extent LocateLocal(ReadOnlySpan<byte> text, int literal) =>
        Locate(text, literal, out string host) is var password && Loopback.IsHost(host) ? password : default;

    private static Extent Locate(ReadOnlySpan<byte> text, int literal, out string host)
    {
        host = "";
        if (literal > 0 && ByteClass.Word.Contains(text[literal - 1]) && !EscapeSequence.EndsAt(text, literal))
            return default;
        int equals = ByteClass.Parse("A-Za-z").RunEnd(text, literal, literal + 16);
        if (!PasswordKeys.Contains(Ascii(text.Slice(literal, equals - literal))))
            return default;
        while (equals < text.Length && text[equals] == ' ' && equals - literal < 16)
            equals++;
        if (equals >= text.Length - 1 || text[equals] != '=' || text[equals + 1] == '=')
            return default;

        int start = literal, end = equals;
        while (start > 0 && literal - start < MaxReach && !EndsText(text[start - 1]))
            start--;
        while (end < text.Length && end - literal < MaxReach && !EndsText(text[end]))
            end++;
        string whole = Ascii(text.Slice(start, end - start));
        char separator = SeparatorBefore(whole, literal - start, equals - start);
        return separator == '\0' ? default : Judge(whole, separator, equals - start + 1, start, out host);
    }

    /// <summary>What divides the pairs: the first separator behind the password, or the one before it.</summary>
    private static char SeparatorBefore(string whole, int key, int equals)
    {
        int before = key - 1;
        while (before >= 0 && whole[before] == ' ')
            before--;
        if (before >= 0 && whole[before] is ';' or ',')
            return whole[before];
        int after = whole.IndexOfAny([';', ',', ' '], Math.Min(equals + 2, whole.Length));
        if (key > 0 && whole[key - 1] == ' ' && (after < 0 || whole[after] == ' '))
            return ' ';
        return after < 0 ? '\0' : whole[after];
    }

    private static Extent Judge(string whole, char separator, int valueStart, int offset, out string host)
    {
        host = "";
        bool hasSibling = false;
        foreach (string pair in whole.Split(separator))
        {
            int equals = pair.IndexOf('=');
            if (equals < 0)
                continue;
            string key = pair.Substring(0, equals).Trim(), value = pair.Substring(equals + 1).Trim();
            int inner = value.IndexOf('=');
            if (!SiblingKeys.Contains(key) && inner > 0 && SiblingKeys.Contains(value.Substring(0, inner).Trim()))
                (key, value) = (value.Substring(0, inner).Trim(), value.Substring(inner + 1).Trim());
            hasSibling |= SiblingKeys.Contains(key);
            if (HostKeys.Contains(key))
                host = value;
        }

        while (valueStart < whole.Length && whole[valueStart] == ' ')
            valueStart++;
        int end = whole.IndexOf(separator, valueStart);
        string password = (end < 0 ? whole.Substring(valueStart) : whole.Substring(valueStart, end - valueStart)).TrimEnd();
        return hasSibling && PasswordValue.IsSecret(password) ? new(offset + valueStart, password.Length) : default;
    }

    private static bool EndsText(byte c) => c < ' ' || c >= 0x7F || c is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'>' or (byte)'\\';

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes.ToArray());
}
