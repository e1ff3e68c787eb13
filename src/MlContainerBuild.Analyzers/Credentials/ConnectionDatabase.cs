using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>The database of a connection string or URI: what it is called where no name in the code says more.</summary>
internal static class ConnectionDatabase
{
    private const int Longest = 64;

    private static readonly string[] Keywords = ["Database", "Initial Catalog", "Dbname"];

    /// <summary>"features" of <c>Server=…;Database=features</c> and of <c>postgres://user:password@host/features</c>; null where there is none or it is only known at run time.</summary>
    internal static string? In(string connection)
    {
        int scheme = connection.IndexOf("://", StringComparison.Ordinal);
        string? name = scheme > 0 ? PathOf(connection.Substring(scheme + 3)) : ValueIn(connection);
        return name is { Length: > 0 and <= Longest } && name.IndexOf(KnownText.Hole) < 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') && char.IsLetter(name[0])
            ? name
            : null;
    }

    private static string? PathOf(string address)
    {
        int path = address.IndexOf('/', address.LastIndexOf('@') + 1);
        return path < 0 ? null : address.Substring(path + 1).Split('?')[0];
    }

    private static string? ValueIn(string connection) =>
        connection.Split(';')
            .Select(setting => setting.Split('='))
            .FirstOrDefault(setting => setting.Length == 2 && Array.Exists(Keywords, keyword => keyword.Equals(setting[0].Trim(), StringComparison.OrdinalIgnoreCase)))
            ?[1].Trim(' ', '\'', '"');
}
