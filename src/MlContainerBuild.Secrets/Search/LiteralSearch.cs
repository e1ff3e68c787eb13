namespace MlContainerBuild.Secrets;

/// <summary>The search for all literals with what the runtime offers; both ways find the same.</summary>
internal static class LiteralSearch
{
#if NET
    /// <summary>Bytes behind the end of the text that must be readable.</summary>
    public const int Slack = LiteralScanner.Slack;

    private static readonly LiteralScanner Engine = new(LiteralSet.All, LiteralTable.Places);
#else
    public const int Slack = 0;

    private static readonly LiteralAutomaton Engine = new(LiteralSet.All);
#endif

    /// <summary>Adds each literal in the first <paramref name="end"/> bytes that ends behind <paramref name="searched"/>, in no particular order.</summary>
    public static void Find(ReadOnlySpan<byte> buffer, int searched, int end, List<LiteralHit> hits) => Engine.Find(buffer, searched, end, hits);
}
