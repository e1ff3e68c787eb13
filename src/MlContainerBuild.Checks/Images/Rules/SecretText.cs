using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>How a finding speaks of a secret without showing it, and how much the secret weighs.</summary>
internal static class SecretText
{
    public const string ReadAtRunTime =
        """mount the new one as a file at run time and read it with builder.Configuration.AddKeyPerFile("/run/secrets", optional: true)""";

    /// <summary>"a secret (Hugging Face user token, hf_…)"</summary>
    public static string Describe(SecretMatch match, string value)
    {
        string mask = SecretMask.Mask(value.Substring(match.Start, match.Length));
        return mask.Length > 1 ? $"a secret ({match.Name}, {mask})" : $"a secret ({match.Name})";
    }

    /// <summary>
    /// What the form or the name proves is an error. What rests on its form alone and may be half a secret (a key id, a test key,
    /// a token that expires) is a warning; a password for this machine gives nobody else access.
    /// </summary>
    public static Severity SeverityOf(SecretMatch match, string name)
    {
        if (match.Format.Id is "uri-password-local" or "connection-string-local")
        {
            return Severity.Info;
        }

        return match.Confidence == SecretConfidence.Structural || CredentialName.Judge(name) != CredentialKind.None
            ? Severity.Error
            : Severity.Warning;
    }
}
