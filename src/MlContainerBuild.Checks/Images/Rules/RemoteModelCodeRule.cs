using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3055. A model server that trusts remote code runs what stands in the model's repository at the moment it starts; one that
/// downloads a model without a revision runs whatever its owner has put there since. Both are known by the settings that Hugging
/// Face's libraries, text-generation-inference, text-embeddings-inference and vLLM read.
/// </summary>
internal sealed class RemoteModelCodeRule : IContainerRule
{
    private const int CommitLength = 40;

    public Rule Rule { get; } = RuleCatalog.Get("MLC3055");

    // Unless one of them is set, nothing in the image speaks of Hugging Face, and MODEL_ID may be the name of a remote service's.
    private static readonly string[] HubVariables = ["HF_HOME", "HF_TOKEN", "HF_TOKEN_PATH", "HF_HUB_CACHE", "HF_ENDPOINT", "HF_HUB_ENABLE_HF_TRANSFER", "HUGGINGFACE_HUB_CACHE", "HUGGING_FACE_HUB_TOKEN", "TRANSFORMERS_CACHE", "HF_HUB_OFFLINE"];

    public IEnumerable<Finding> Check(ContainerSubject subject) => [.. TrustedCode(subject), .. UnpinnedModel(subject)];

    private IEnumerable<Finding> TrustedCode(ContainerSubject subject)
    {
        foreach (Setting variable in subject.Settings.Environment.LastOfEachName())
        {
            if (variable.Name.EndsWith("TRUST_REMOTE_CODE", StringComparison.Ordinal) && IsTrue(variable.Value))
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(variable.Source)} sets {MessageText.Quote(variable.Name)}: Python code from the model's repository runs when the model is loaded, as it is there on that day.",
                    $"{MessageText.SetVariable(variable, "0")} Where a model needs its own code, keep a reviewed copy of it in the image.",
                    variable.Source);
            }
        }

        if (Option(subject.Command, "--trust-remote-code", "--trust_remote_code") is ({ } argument, var value) && !IsFalse(value))
        {
            yield return new Finding(
                Rule,
                $"{MessageText.Origin(argument.Source)} starts the process with --trust-remote-code: Python code from the model's repository runs when the model is loaded, as it is there on that day.",
                "Delete that argument. Where a model needs its own code, keep a reviewed copy of it in the image.",
                argument.Source);
        }
    }

    private IEnumerable<Finding> UnpinnedModel(ContainerSubject subject)
    {
        if (IsOffline(subject) || IsPinned(subject) || Model(subject) is not { } model || !IsHubId(model.Value))
            yield break;

        yield return new Finding(
            Rule,
            $"{MessageText.Origin(model.Source)} has the model {MessageText.Quote(model.Value)} downloaded from a hub when the container starts, without a revision: what its owner puts there next is what runs.",
            "Name the commit (REVISION or --revision with its 40 digits); or bring the model into the image or a mount and set HF_HUB_OFFLINE=1.",
            model.Source);
    }

    private static bool IsOffline(ContainerSubject subject) =>
        IsTrue(subject.Settings.Variable("HF_HUB_OFFLINE")?.Value) || IsTrue(subject.Settings.Variable("TRANSFORMERS_OFFLINE")?.Value);

    private static bool IsPinned(ContainerSubject subject) =>
        IsCommit(subject.Settings.Variable("REVISION")?.Value) || IsCommit(subject.Settings.Variable("HF_REVISION")?.Value)
        || IsCommit(subject.Settings.Variable("HF_MODEL_REVISION")?.Value) || (Option(subject.Command, "--revision") is (not null, var value) && IsCommit(value));

    // A value with the setting that holds it; for an argument the value may stand in the next one.
    private static Setting? Model(ContainerSubject subject)
    {
        if (subject.Settings.Variable("HF_MODEL_ID") is { } certain)
            return certain;

        if (!HubVariables.Any(name => subject.Settings.Variable(name) is not null))
            return null;

        return subject.Settings.Variable("MODEL_ID")
            ?? (Option(subject.Command, "--model-id", "--model") is ({ } argument, { } value) ? argument with { Value = value } : null);
    }

    private static (Setting? Argument, string? Value) Option(IEnumerable<Setting> command, params ReadOnlySpan<string> names)
    {
        Setting[] arguments = [.. command];
        for (int i = 0; i < arguments.Length; i++)
        {
            foreach (string name in names)
            {
                string argument = arguments[i].Value;
                if (argument == name)
                    return (arguments[i], i + 1 < arguments.Length && !arguments[i + 1].Value.StartsWith("--", StringComparison.Ordinal) ? arguments[i + 1].Value : null);

                if (argument.StartsWith(name + "=", StringComparison.Ordinal))
                    return (arguments[i], argument[(name.Length + 1)..]);
            }
        }

        return (null, null);
    }

    // owner/name, as the hub writes it: neither a path nor an address.
    private static bool IsHubId(string value) =>
        value.Split('/') is [{ Length: > 0 and <= 96 } owner, { Length: > 0 and <= 96 } name] && IsName(owner) && IsName(name);

    private static bool IsName(string part) =>
        char.IsAsciiLetterOrDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsCommit(string? value) => value is { Length: CommitLength } && value.All(char.IsAsciiHexDigitLower);

    // As huggingface_hub reads a switch.
    private static bool IsTrue(string? value) => value?.Trim().ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private static bool IsFalse(string? value) => value?.Trim().ToUpperInvariant() is "0" or "OFF" or "NO" or "FALSE";
}
