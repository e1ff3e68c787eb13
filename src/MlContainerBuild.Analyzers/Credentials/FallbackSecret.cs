using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>A constant that stands in for a secret which is not configured.</summary>
internal static class FallbackSecret
{
    private const int ShortestSigningKey = 16, ShortestPassword = 4;

    private static readonly HashSet<string> SigningWords = new(StringComparer.Ordinal) { "jwt", "signing", "hmac", "encryption", "cookie", "session", "symmetric" };

    /// <summary>
    /// What the fallback weighs at a publish; null when it is harmless. A password that everybody knows, or a sample of a
    /// signing key, opens the door all the same: with them the service runs, and anybody can sign.
    /// </summary>
    internal static DiagnosticSeverity? SeverityOf(string key, string text)
    {
        // In the path of a setting "Azure:Key" is as good as "Azure:ApiKey".
        CredentialKind kind = CredentialName.Judge(key) is var judged && judged == CredentialKind.WeakKey && key.IndexOfAny([':', '_']) > 0 ? CredentialKind.Key : judged;
        if (kind == CredentialKind.None || text.Length < ShortestPassword || Placeholder.IsReference(text))
            return null;

        if (CredentialValue.IsSecretNamed(kind, text))
            return DiagnosticSeverity.Error;

        // A bare property name may be a form that somebody fills in; a path is a setting.
        if (key.IndexOfAny([':', '_']) < 0)
            return null;

        bool isOpenDoor = kind == CredentialKind.Password
            ? DefaultPassword.IsKnown(text)
            : text.Length >= ShortestSigningKey && NameWords.Split(key).Exists(SigningWords.Contains);
        return isOpenDoor ? DiagnosticSeverity.Warning : null;
    }

    /// <summary>Whether MLC1006 speaks of this use of a constant.</summary>
    internal static bool Claims(IOperation constant, string text) => KeyOf(constant) is { } key && SeverityOf(key, text) is not null;

    /// <summary>The key of the setting that the constant stands in for; null when it stands in for none.</summary>
    private static string? KeyOf(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;

        return value.Parent switch
        {
            ICoalesceOperation coalesce when coalesce.WhenNull == value => ConfigurationLookup.KeyOf(coalesce.Value),
            ICoalesceAssignmentOperation assignment when assignment.Value == value => ConfigurationLookup.KeyOfTarget(assignment.Target),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == value => ConfigurationLookup.KeyOfTarget(target),
            IConditionalOperation => ConfigurationLookup.KeyOfOther(value),
            IArgumentOperation { Parameter.Name: "defaultValue", Parent: IInvocationOperation call } => ConfigurationLookup.KeyOf(call),
            _ => null,
        };
    }
}
