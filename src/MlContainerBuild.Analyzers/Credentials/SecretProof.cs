using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// Which rule speaks of a constant that several could speak of: what the text proves by itself (MLC1001, 1003, 1005) comes
/// before where it goes.
/// </summary>
internal static class SecretProof
{
    internal static bool IsIn(string text) => SecretScanner.Scan(text.AsSpan()).Count > 0 || DerKey.Recognize(text.AsSpan()) is not null;
}
