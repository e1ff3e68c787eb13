namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>Runs a published image the way the documentation tells a user to.</summary>
internal static class Podman
{
    /// <summary>Pulls and runs an image to its end: no network, nothing writable, no capabilities; the user is the image's own.</summary>
    public static async Task<CommandResult> RunAsync(string image, params string[] options)
    {
        var environment = new Dictionary<string, string> { ["CONTAINERS_CONF"] = Repository.PathOf("build/lab/containers.conf") };
        return await CommandLine.RunAsync(
            "podman",
            [
                "run", "--rm", "--quiet", "--tls-verify=false", "--network=none", "--read-only", "--read-only-tmpfs=false", "--cap-drop=all",
                "--security-opt", "no-new-privileges", "--tmpfs", "/tmp:rw,noexec,nosuid,size=16m", .. options, image,
            ],
            Repository.Root,
            environment);
    }
}
