using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>The password in the user part of a URI: <c>postgres://user:password@host</c>. A user name alone is none.</summary>
internal static class UriPassword
{
    private const int MaxScheme = 24, MaxUserInfo = 256;

    private static readonly ByteClass Scheme = ByteClass.Parse("A-Za-z0-9+.-");
    private static readonly ByteClass HostStart = ByteClass.Parse("A-Za-z0-9[_");

    // Schemes whose authority is "user:password@host". Others use the same characters for other things: docker-image://name:tag@sha256:…
    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "http", "https", "ftp", "ftps", "sftp", "ssh", "git", "smtp", "smtps", "imap", "imaps", "ldap", "ldaps", "socks5", "ws", "wss",
        "postgres", "postgresql", "mysql", "mariadb", "mssql", "sqlserver", "oracle", "cockroachdb", "clickhouse", "mongodb", "redis",
        "rediss", "amqp", "amqps", "mqtt", "mqtts", "nats", "kafka", "neo4j", "bolt", "elasticsearch", "opensearch", "s3", "minio",
        "influxdb", "couchdb", "cassandra", "db2", "snowflake", "trino", "hive", "tcp", "unix", "docker", "svn", "hg", "jdbc", "sentinel",
    };

    public static Extent LocateRemote(ReadOnlySpan<byte> text, int literal) =>
        Locate(text, literal, out string host) is var password && !Loopback.IsHost(host) ? password : default;

    public static Extent LocateLocal(ReadOnlySpan<byte> text, int literal) =>
        Locate(text, literal, out string host) is var password && Loopback.IsHost(host) ? password : default;

    private static Extent Locate(ReadOnlySpan<byte> text, int literal, out string host)
    {
        host = "";
        int schemeStart = Scheme.RunStart(text, literal, literal - MaxScheme);
        if (!IsScheme(text.Slice(schemeStart, literal - schemeStart)))
            return default;

        int user = literal + "://".Length, at = -1, colon = -1;
        int limit = Math.Min(text.Length, user + MaxUserInfo), end = user;
        for (; end < limit && !EndsAuthority(text[end]); end++)
        {
            if (text[end] == '@')
                at = end;
            else if (text[end] == ':' && colon < 0)
                colon = end;
        }

        if (at < 0 || colon < 0 || colon > at || at + 1 >= text.Length || !HostStart.Contains(text[at + 1]))
            return default;
        host = Ascii(text.Slice(at + 1, end - at - 1));
        string name = Ascii(text.Slice(user, colon - user)), password = Ascii(text.Slice(colon + 1, at - colon - 1));
        bool isSecret = !host.StartsWith("sha256:", StringComparison.Ordinal)
            && !string.Equals(name, password, StringComparison.OrdinalIgnoreCase)
            && PasswordValue.IsSecret(password);
        return isSecret ? Extent.Between(colon + 1, at) : default;
    }

    private static bool IsScheme(ReadOnlySpan<byte> run)
    {
        // "postgresql+asyncpg" is SQLAlchemy's way to name the driver, "mongodb+srv" MongoDB's to ask DNS.
        string scheme = Ascii(run);
        int plus = scheme.IndexOf('+');
        return Schemes.Contains(plus < 0 ? scheme : scheme.Substring(0, plus));
    }

    private static bool EndsAuthority(byte c) =>
        c <= ' ' || c >= 0x7F || c is (byte)'/' or (byte)'?' or (byte)'#' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'>' or (byte)'\\';

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes.ToArray());
}
