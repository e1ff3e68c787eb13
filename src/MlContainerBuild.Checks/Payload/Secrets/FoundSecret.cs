using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Secrets;

/// <summary>A secret in a published file, as it may be told.</summary>
/// <param name="FormatId">What the engine calls its kind, such as <c>huggingface-user</c>.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Mask">Its public prefix at most.</param>
/// <param name="Severity">What it weighs: a password for this machine is no leak.</param>
/// <param name="Position">Null in a binary file.</param>
/// <param name="Key">The path of the setting that holds it; null outside of settings.</param>
internal sealed record FoundSecret(string FormatId, string Name, string Mask, Severity Severity, TextPosition? Position, string? Key = null)
{
    /// <summary>"a secret (Hugging Face user token, hf_…)"</summary>
    public string Description => Mask.Length > 1 ? $"a secret ({Name}, {Mask})" : $"a secret ({Name})";
}
