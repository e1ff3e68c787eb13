using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>
/// The password in a connection string: <c>Server=db;User Id=app;Password=…</c> of ADO.NET providers,
/// <c>Endpoint=https://…;Key=…</c> of Azure services, <c>host=db user=app password=…</c> of libpq and
/// <c>cache:6380,password=…,ssl=True</c> of StackExchange.Redis. A sibling that names a server, user or database must stand
/// beside it, or it is any assignment. A password for this machine is a weak find.
/// </summary>
internal static class ConnectionString
{
    private const int Reach = 480;

    private static readonly HashSet<ulong> Hosts = FoldedName.Set(
        "server", "datasource", "host", "hostname", "addr", "address", "networkaddress", "endpoint", "endpoints");

    private static readonly HashSet<ulong> Users = FoldedName.Set("userid", "uid", "user", "username");

    private static readonly HashSet<ulong> Siblings = FoldedName.Set(
        "userid", "uid", "user", "username", "database", "initialcatalog", "dbname", "port", "ssl", "sslmode", "abortconnect", "accountname",
        "driver", "dsn", "provider", "virtualhost", "trustservercertificate", "encrypt", "persistsecurityinfo", "multipleactiveresultsets");

    private static readonly HashSet<ulong> Passwords = FoldedName.Set("password", "pwd");

    private static readonly HashSet<ulong> Keys = FoldedName.Set("key", "secret", "accesskey", "apikey");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        int key = text[literal] == ';' ? literal + 1 : literal;
        int equals = text.Slice(key, Math.Min(text.Length - key, 16)).IndexOf((byte)'=');
        if (equals <= 0 || (key > 0 && ByteClass.Word.Contains(text[key - 1]) && !EscapeSequence.EndsAt(text, key)))
            return Located.Nothing;
        ulong name = FoldedName.Hash(text.Slice(key, equals));
        bool isPassword = Passwords.Contains(name);
        if (!isPassword && !Keys.Contains(name))
            return Located.Nothing;

        int start = TextStart(text, key);
        byte quote = start > 0 && text[start - 1] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'>' ? text[start - 1] : (byte)0;
        int end = TextEnd(text, key + equals + 1, quote);
        var whole = text.Slice(start, end - start);
        byte separator = Separator(whole, key - start);
        var password = Value(whole, key - start + equals + 1, separator);
        var value = whole.Slice(password.Start, password.Length);
        bool isSecret = ReadSiblings(whole, separator, out var host, out var user)
            && (quote != 0 || start == 0 || !IsCode(whole.Slice(0, key - start)))
            && FoldedName.Hash(user) != FoldedName.Hash(value)
            && (isPassword ? PasswordValue.IsSecret(Ascii(value)) : KeyValue.IsSecret(Ascii(value), CredentialKind.Key));
        return (isSecret ? new(start + password.Start, password.Length) : Located.Nothing) with { IsWeak = Loopback.IsHost(host), JudgedUntil = end };
    }

    /// <summary><c>new Login { User = name, Password = password }</c> and <c>connect(user=user, …)</c> have the words, but no string round them.</summary>
    private static bool IsCode(ReadOnlySpan<byte> before)
    {
        for (int i = 1; i < before.Length; i++)
        {
            bool isBlock = before[i] == '{' && before[i - 1] is not ((byte)'$' or (byte)'{');
            bool isCall = before[i] == '(' && ByteClass.Word.Contains(before[i - 1]);
            if (isBlock || isCall)
                return true;
        }

        return false;
    }

    /// <summary>What divides the pairs: a semicolon if there is one, else Redis's comma, else libpq's blank.</summary>
    private static byte Separator(ReadOnlySpan<byte> whole, int key)
    {
        if (whole.IndexOf((byte)';') >= 0)
            return (byte)';';
        int before = key - 1;
        while (before >= 0 && whole[before] == ' ')
            before--;
        return before >= 0 && whole[before] == ',' ? (byte)',' : whole.IndexOf((byte)' ') >= 0 ? (byte)' ' : (byte)',';
    }

    private static Located Value(ReadOnlySpan<byte> whole, int start, byte separator)
    {
        while (start < whole.Length && whole[start] == ' ' && separator != ' ')
            start++;
        if (QuotedValue.End(whole, start, outer: 0) is > 0 and var close)
            return Located.Between(start + 1, close - 1);
        int length = whole.Slice(start).IndexOf(separator);
        int end = length < 0 ? whole.Length : start + length;
        while (end > start && whole[end - 1] == ' ')
            end--;
        return Located.Between(start, end);
    }

    private static bool ReadSiblings(ReadOnlySpan<byte> whole, byte separator, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> user)
    {
        host = user = default;
        bool any = false;
        while (whole.Length > 0)
        {
            int length = PairLength(whole, separator);
            var pair = length < 0 ? whole : whole.Slice(0, length);
            whole = length < 0 ? default : whole.Slice(length + 1);
            int equals = pair.IndexOf((byte)'=');
            if (equals < 0)
            {
                // StackExchange.Redis names its servers first and bare.
                any |= separator == ',' && host.IsEmpty && pair.IndexOf((byte)':') > 0;
                host = host.IsEmpty && separator == ',' ? pair : host;
                continue;
            }

            // "ConnectionStrings__Models=Server=db": the first pair may carry the name of the whole.
            int inner = pair.Slice(equals + 1).IndexOf((byte)'=');
            if (inner > 0 && (Hosts.Contains(Key(pair.Slice(equals + 1, inner))) || Siblings.Contains(Key(pair.Slice(equals + 1, inner)))))
            {
                pair = pair.Slice(equals + 1);
                equals = inner;
            }

            ulong name = Key(pair.Slice(0, equals));
            bool isHost = Hosts.Contains(name);
            any |= isHost || Siblings.Contains(name);
            var value = Value(pair, equals + 1, separator);
            if (isHost)
                host = pair.Slice(value.Start, value.Length);
            else if (Users.Contains(name))
                user = pair.Slice(value.Start, value.Length);
        }

        return any;
    }

    /// <summary>Up to the separator; one within quotes is part of the value. -1 where there is none.</summary>
    private static int PairLength(ReadOnlySpan<byte> whole, byte separator)
    {
        for (int at = 0; at < whole.Length; at++)
        {
            if (whole[at] == separator)
                return at;
            if (QuotedValue.End(whole, at, outer: 0) is > 0 and var end)
                at = end - 1;
        }

        return -1;
    }

    /// <summary>A key may follow what is not part of the connection string, as in <c>connect: Server=db</c>.</summary>
    private static ulong Key(ReadOnlySpan<byte> text)
    {
        int start = text.LastIndexOfAny((byte)':', (byte)'(', (byte)'{');
        return FoldedName.Hash(text.Slice(start + 1));
    }

    private static int TextStart(ReadOnlySpan<byte> text, int at)
    {
        int limit = Math.Max(0, at - Reach);
        while (at > limit)
        {
            if (!EndsText(text, at - 1))
                at--;
            else if (QuotedValue.Start(text, at, limit) is > 0 and var start)
                at = start;
            else
                break;
        }

        return at;
    }

    private static int TextEnd(ReadOnlySpan<byte> text, int at, byte quote)
    {
        int limit = Math.Min(text.Length, at + Reach);
        while (at < limit)
        {
            if (QuotedValue.End(text.Slice(0, limit), at, quote) is > 0 and var end)
                at = end;
            else if (!EndsText(text, at))
                at++;
            else
                break;
        }

        return at;
    }

    /// <summary>Quotes, markup and line ends; a backslash before a quote, while others belong to <c>.\SQLEXPRESS</c>.</summary>
    private static bool EndsText(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        < (byte)' ' or >= 0x7F or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'>' => true,
        (byte)'\\' => at + 1 < text.Length && text[at + 1] is (byte)'"' or (byte)'\'',
        _ => false,
    };

    private static string Ascii(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text.ToArray());
}
