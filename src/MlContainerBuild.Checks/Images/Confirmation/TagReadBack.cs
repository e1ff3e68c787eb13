using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Confirmation;

/// <summary>
/// MLC3042: whether the published names lead to the image that was confirmed. Most machines pull by tag, and no digest protects what
/// a registry answers then.
/// </summary>
internal static class TagReadBack
{
    // A registry of several machines may need a moment until all of them know a tag.
    private const int Attempts = 3;

    /// <param name="tags">Each tag with the digest it has to lead to.</param>
    /// <returns>One finding on all tags that lead elsewhere, or on the first that cannot be read; null when there is neither.</returns>
    /// <exception cref="OperationCanceledException">The publish was cancelled.</exception>
    public static async Task<Finding?> FindAsync(
        RegistryClient client, string repository, IEnumerable<KeyValuePair<string, string>> tags, ValueSource source, CancellationToken cancellation)
    {
        var strays = new List<string>();
        var checkedDigests = new List<string>();
        foreach ((string tag, string digest) in tags)
        {
            RegistryResult<RegistryContent> read = await ReadAsync(client, repository, tag, digest, cancellation).ConfigureAwait(false);
            if (!read.TryGet(out RegistryContent? content, out RegistryFailure? failure))
                return failure.ToFinding(source);

            if (content.Digest == digest)
                continue;

            strays.Add($"the tag {MessageText.Quote(tag)} leads to {content.Digest} instead of {digest}");
            checkedDigests.Add(digest);
        }

        return strays.Count == 0 ? null : new Finding(
            RuleCatalog.Get("MLC3042"),
            $"Who pulls by name does not get the image that was checked: {string.Join("; ", strays)}.",
            $"Deploy by digest, {string.Join(" and ", checkedDigests.Distinct().Select(digest => MessageText.Quote($"{client.Registry}/{repository}@{digest}")))}, and find out what moved the tag: another publish at the same time, a proxy, or the registry.",
            source);
    }

    private static async Task<RegistryResult<RegistryContent>> ReadAsync(
        RegistryClient client, string repository, string tag, string digest, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            RegistryResult<RegistryContent> read = await client.GetManifestAsync(repository, tag, cancellation).ConfigureAwait(false);
            bool isSettled = read.TryGet(out RegistryContent? content, out RegistryFailure? failure) ? content.Digest == digest : failure.Kind != RegistryFailureKind.NotFound;
            if (isSettled || attempt == Attempts)
                return read;

            await Task.Delay(client.Limits.FirstDelay * attempt, cancellation).ConfigureAwait(false);
        }
    }
}
