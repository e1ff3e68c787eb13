namespace MlContainerBuild.Checks.Findings;

/// <summary>One row of the rule catalogue.</summary>
/// <param name="Id"><c>MLC</c> and four digits; the first digit is the family.</param>
/// <param name="Title">What is wrong, as a short sentence without a full stop.</param>
/// <param name="Severity">The severity unless the policy says otherwise.</param>
public sealed record Rule(string Id, string Title, Severity Severity)
{
    /// <summary>Where the rule's page is published.</summary>
    public Uri HelpUri { get; } = new($"https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/{Id}.md");

    /// <summary>What the user said cannot be read, so neither can whether an audit was meant.</summary>
    public bool FailsInAudit => Id is "MLC9001" or "MLC9008";

    /// <summary>
    /// Rules about our own evidence (policy unreadable, analysis missing, gate bypassed, a base or a published image that is not
    /// what its digest says): an exception cannot silence them, because what they report is that nothing else can be trusted.
    /// </summary>
    public bool IsAboutEvidence => Id.StartsWith("MLC9", StringComparison.Ordinal) || Id is "MLC3003" or "MLC3042";

    /// <summary>Rules on secrets in files: what they find is none where the policy says so (<c>secrets: allow</c>).</summary>
    public bool IsAboutSecretInFile =>
        Id is "MLC3022" or "MLC3023" or "MLC3054" or ['M', 'L', 'C', '1', ..] or ['M', 'L', 'C', '4' or '5' or '6', '0', '2', '0' or '1'];
}
