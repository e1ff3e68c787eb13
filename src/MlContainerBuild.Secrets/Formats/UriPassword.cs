using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>
/// The password in the user part of a URI: <c>postgres://user:password@host</c>. A user name alone is none. One for this
/// machine is a weak find.
/// </summary>
internal static class UriPassword
{
    private const int MaxScheme = 24, MaxUserInfo = 256;

    private static readonly ByteClass SchemeCharacters = ByteClass.Parse("A-Za-z0-9");
    private static readonly ByteClass HostStart = ByteClass.Parse("A-Za-z0-9[_${"); // the last two: a host that a variable names
    private static readonly ByteClass Authority = ByteClass.Parse("A-Za-z0-9!$%&()*+.:=@[]^_{|}~-");

    // Schemes whose authority is "user:password@host". Others use these characters for other things, as docker-image://name:tag@sha256:… does.
    private static readonly HashSet<ulong> Schemes = FoldedName.Set(
        "http", "https", "ftp", "ftps", "sftp", "ssh", "git", "smtp", "smtps", "imap", "imaps", "ldap", "ldaps", "socks5", "ws", "wss",
        "postgres", "postgresql", "mysql", "mariadb", "mssql", "sqlserver", "oracle", "cockroachdb", "clickhouse", "mongodb", "redis",
        "rediss", "amqp", "amqps", "mqtt", "mqtts", "nats", "kafka", "neo4j", "bolt", "elasticsearch", "opensearch", "s3", "minio",
        "influxdb", "couchdb", "cassandra", "db2", "snowflake", "trino", "hive", "tcp", "svn", "hg", "sentinel", "influx", "vertica");

    public static Located Locate(ReadOnlySpan<byte> text, int literal)
    {
        if (!IsScheme(text, literal))
            return Located.Nothing;
        int user = literal + "://".Length;
        int end = Authority.RunEnd(text, user, user + MaxUserInfo);
        var authority = text.Slice(user, end - user);
        int at = authority.LastIndexOf((byte)'@'), colon = UserEnd(authority);
        if (colon < 0 || colon > at || at + 1 == authority.Length || !HostStart.Contains(authority[at + 1]))
            return Located.Nothing;

        var name = authority.Slice(0, colon);
        var password = authority.Slice(colon + 1, at - colon - 1);
        var host = authority.Slice(at + 1);
        bool isSecret = !host.StartsWith("sha256:"u8)
            && FoldedName.Hash(name) != FoldedName.Hash(password)
            && PasswordValue.IsSecret(Uri.UnescapeDataString(Encoding.ASCII.GetString(password.ToArray())));
        return isSecret ? Located.Between(user + colon + 1, user + at) with { IsWeak = Loopback.IsHost(host) } : Located.Nothing;
    }

    /// <summary>The colon behind the user; in a template that may have one of its own, as in <c>{user:uri}</c>.</summary>
    private static int UserEnd(ReadOnlySpan<byte> authority)
    {
        int braces = 0;
        for (int i = 0; i < authority.Length; i++)
        {
            if (authority[i] == ':' && braces == 0)
                return i;
            braces += authority[i] == '{' ? 1 : authority[i] == '}' && braces > 0 ? -1 : 0;
        }

        return authority.IndexOf((byte)':');
    }

    /// <summary>"postgresql+asyncpg" is SQLAlchemy's way to name the driver, "mongodb+srv" MongoDB's to ask DNS.</summary>
    private static bool IsScheme(ReadOnlySpan<byte> text, int end)
    {
        int start = SchemeCharacters.RunStart(text, end, end - MaxScheme);
        if (start > 0 && text[start - 1] == '+')
        {
            end = start - 1;
            start = SchemeCharacters.RunStart(text, end, end - MaxScheme);
        }

        return start < end && (Schemes.Contains(FoldedName.Hash(text.Slice(start, end - start))) || IsSchemeBehindEscape(text, start, end));
    }

    /// <summary>The scheme of <c>\nredis://</c> and <c>%22redis://</c>: the end of an escape looks like the start of a word.</summary>
    private static bool IsSchemeBehindEscape(ReadOnlySpan<byte> text, int start, int end)
    {
        for (int at = start + 1; at < end && at - start <= EscapeSequence.MaxLength; at++)
        {
            if (EscapeSequence.EndsAt(text, at))
                return Schemes.Contains(FoldedName.Hash(text.Slice(at, end - at)));
        }

        return false;
    }
}
