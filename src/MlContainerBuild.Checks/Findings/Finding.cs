namespace MlContainerBuild.Checks.Findings;

/// <summary>
/// One thing that is wrong, for the person who has to fix it. <paramref name="Message"/> says what is wrong and why it
/// matters here; <paramref name="Fix"/> is the exact edit or command. Neither ever holds a secret in the clear.
/// </summary>
/// <param name="Rule">The catalogue row, or a row made for a C# rule read from SARIF.</param>
/// <param name="Message">One or two sentences, ending with a full stop.</param>
/// <param name="Fix">Imperative; empty only where the message already is the instruction.</param>
/// <param name="Source">What set the offending value.</param>
public sealed record Finding(Rule Rule, string Message, string Fix, ValueSource Source)
{
    /// <summary>The severity after the finding's own circumstances and the policy.</summary>
    public Severity Severity { get; init; } = Rule.Severity;

    /// <summary>The place to show, once a host has located <see cref="Source"/>.</summary>
    public SourceSpan? Span { get; init; } = (Source as ValueSource.File)?.Span;

    /// <summary>Why the finding does not count, or null.</summary>
    public Suppression? Suppression { get; init; }

    /// <summary>The runtime identifier the finding belongs to, where only some platforms have it.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>What nearly every project has: it is in the reports, and a host does not bring it up by itself.</summary>
    public bool IsCommonplace { get; init; }

    /// <summary>Message and fix as one text.</summary>
    public string Text => Fix.Length == 0 ? Message : $"{Message} {Fix}";

    /// <summary>Whether the finding counts at <paramref name="threshold"/>.</summary>
    public bool Fails(Severity threshold) => Suppression is null && Severity != Severity.None && Severity >= threshold;
}
