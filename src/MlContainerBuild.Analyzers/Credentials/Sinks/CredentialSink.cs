namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>
/// Where an API takes a credential: the parameters and properties of these names, in a type or, with <c>.*</c>, in every type
/// of a namespace and those below it.
/// </summary>
/// <param name="scope">Metadata name of the type, or namespace with <c>.*</c>.</param>
/// <param name="names">Parameters and properties, blank between; case does not matter.</param>
internal readonly struct CredentialSink(string scope, SinkKind kind, string names)
{
    internal string Scope { get; } = scope;

    internal SinkKind Kind { get; } = kind;

    internal string[] Names { get; } = names.Split(' ');
}

/// <summary>What a sink takes, which decides what passes for one.</summary>
internal enum SinkKind
{
    /// <summary>A provider's key or token: long and random.</summary>
    Key,

    /// <summary>Chosen by people.</summary>
    Password,

    /// <summary>Signs or encrypts: whatever is constant there is wrong.</summary>
    CryptographicKey,
}
