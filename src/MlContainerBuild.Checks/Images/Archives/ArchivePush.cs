using System.Collections.Immutable;

using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>
/// Pushes an OCI archive byte for byte with skopeo, which also pushes an index after everything it names, so that no tag
/// points at half an image. podman would compress the layers anew, and crane reads no such archive.
/// </summary>
internal static class ArchivePush
{
    public const string Program = "skopeo";

    // For one tag; a payload of some gigabytes over a slow line.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>Null when every tag has been pushed; else what went wrong, and which tags are there already.</summary>
    /// <param name="path">Of the archive, absolute.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<string?> PushAsync(
        string path, string registry, string repository, ImmutableArray<string> tags, RegistryEnvironment environment, CancellationToken cancellation)
    {
        if (BoundedProcess.Locate(Program, environment) is not { } program)
            return $"{Program} is not on the PATH.";

        AuthFile? auth;
        try
        {
            auth = AuthFile.Create(registry, environment);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"No file with the credentials could be written for {Program} ({exception.GetType().Name}).";
        }

        using (auth)
            return await PushAsync(program, [.. Options(registry, environment, auth)], path, $"{registry}/{repository}", tags, cancellation).ConfigureAwait(false);
    }

    private static async Task<string?> PushAsync(
        string program, ImmutableArray<string> options, string path, string destination, ImmutableArray<string> tags, CancellationToken cancellation)
    {
        var pushed = new List<string>();
        foreach (string tag in tags)
        {
            ProcessResult result = await BoundedProcess.RunAsync(program, [.. options, $"oci-archive:{path}:{tag}", $"docker://{destination}:{tag}"], "", Limit, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                string reason = MessageText.Plain(result.Problem ?? LastLine(result.Errors));
                string state = pushed.Count == 0 ? "No tag has been pushed" : $"Pushed before: {MessageText.Plain(string.Join(", ", pushed))}";
                return $"{Program} could not push {MessageText.Quote($"{destination}:{tag}")}: {reason} {state}.";
            }

            pushed.Add(tag);
        }

        return null;
    }

    // The signature policy is about where an image comes from: this one comes from here, and has just been verified.
    private static IEnumerable<string> Options(string registry, RegistryEnvironment environment, AuthFile? auth) =>
    [
        "--insecure-policy", "copy", "--quiet", "--all", "--preserve-digests",
        .. RegistryEndpoint.IsNamedInsecure(registry, environment) ? ["--dest-tls-verify=false"] : ImmutableArray<string>.Empty,
        .. auth is not null ? ["--dest-authfile", auth.Path] : ImmutableArray<string>.Empty,
    ];

    internal static string LastLine(string? errors) =>
        errors?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it does not say why.";
}
