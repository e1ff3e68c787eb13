using System.Collections.Immutable;

using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>
/// docker or podman on this machine, which a publish without a registry goes to. The SDK would hand it the image as it makes it;
/// here it gets the archive that was verified, and is asked afterwards what it calls by the image's names.
/// </summary>
internal sealed class LocalEngine
{
    // A payload of some gigabytes onto a slow disk.
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(30);

    // In the order in which the SDK looks for them.
    private static readonly ImmutableArray<string> Names = ["docker", "podman"];

    private readonly string name;
    private readonly string program;

    private LocalEngine(string name, string program)
    {
        this.name = name;
        this.program = program;
    }

    /// <summary>The engine that the SDK would choose: the one that is named, else the first that answers; null when there is none.</summary>
    /// <param name="localRegistry">The SDK's property of that name: <c>Docker</c>, <c>Podman</c> or nothing.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<LocalEngine?> FindAsync(string? localRegistry, RegistryEnvironment environment, CancellationToken cancellation)
    {
        foreach (LocalEngine engine in Candidates(localRegistry, environment))
        {
            ProcessResult answer = await BoundedProcess.RunAsync(engine.program, ["info"], "", QuestionLimit, cancellation).ConfigureAwait(false);
            if (answer.ExitCode == 0)
                return engine;
        }

        return null;
    }

    /// <summary>Whether there is a program to ask at all.</summary>
    public static bool Exists(string? localRegistry, RegistryEnvironment environment) => Candidates(localRegistry, environment).Any();

    /// <summary>Null when every tag names the verified image here; else what went wrong.</summary>
    /// <param name="path">Of the archive, absolute.</param>
    /// <param name="verified">What each tag has to name: the digest of the manifest, or of the configuration where the engine keeps no manifests. Empty in an audit of an archive that could not be verified.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<string?> LoadAsync(string path, string repository, ImmutableArray<string> tags, ImmutableArray<string> verified, CancellationToken cancellation)
    {
        foreach (ImmutableArray<string> command in IsPodman ? PodmanCommands(path, repository, tags) : [["load", "--quiet", "--input", path]])
        {
            ProcessResult result = await BoundedProcess.RunAsync(program, command, "", LoadLimit, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0)
                return $"'{name} {command[0]}' failed: {MessageText.Plain(result.Problem ?? ArchivePush.LastLine(result.Errors))}";
        }

        foreach (string tag in verified.IsEmpty ? [] : tags)
        {
            ProcessResult result = await BoundedProcess.RunAsync(
                program, ["image", "inspect", "--format", "{{.Id}} {{if .RepoDigests}}{{join .RepoDigests \" \"}}{{end}}", NameOf(repository, tag)], "", QuestionLimit, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0 || !verified.Any(digest => (result.Output ?? "").Contains(digest["sha256:".Length..], StringComparison.Ordinal)))
                return $"What {name} calls {MessageText.Quote(NameOf(repository, tag))} is not the image that was verified.";
        }

        return null;
    }

    private bool IsPodman => name == "podman";

    private string NameOf(string repository, string tag) => IsPodman ? $"localhost/{repository}:{tag}" : $"{repository}:{tag}";

    // podman names what it finds in an archive 'docker.io/…', and what the SDK gives it 'localhost/…': the name a user expects.
    private IEnumerable<ImmutableArray<string>> PodmanCommands(string path, string repository, ImmutableArray<string> tags)
    {
        string pulled = $"docker.io/{repository}:{tags[0]}";
        yield return ["pull", "--quiet", $"oci-archive:{path}:{tags[0]}"];
        yield return ["tag", pulled, .. tags.Select(tag => NameOf(repository, tag))];
        yield return ["untag", pulled, pulled];
    }

    private static IEnumerable<LocalEngine> Candidates(string? localRegistry, RegistryEnvironment environment) =>
        Names
            .Where(name => string.IsNullOrEmpty(localRegistry) || name.Equals(localRegistry, StringComparison.OrdinalIgnoreCase))
            .Select(name => (name, program: BoundedProcess.Locate(name, environment)))
            .Where(candidate => candidate.program is not null)
            .Select(candidate => new LocalEngine(candidate.name, candidate.program!));
}
