using System.Buffers;
using System.Text.Json;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>Runs <c>docker-credential-NAME get</c>: server name in, JSON with user and secret out. Its output is never shown.</summary>
internal sealed class CredentialHelper(string name, RegistryEnvironment environment, TimeSpan timeout)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string program = "docker-credential-" + name;

    /// <summary>The credentials; neither credentials nor a problem when the helper has none for this server.</summary>
    public async Task<(Credentials? Credentials, string? Problem)> GetAsync(string server, CancellationToken cancellation)
    {
        if (name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            return (null, "the credential helper's name is no program name");
        }

        if (BoundedProcess.Locate(program, environment) is not { } path)
        {
            return (null, $"credential helper {program} is not on the PATH");
        }

        ProcessResult result = await BoundedProcess.RunAsync(path, ["get"], server + "\n", timeout, cancellation).ConfigureAwait(false);
        if (result.Output is not { } answer)
        {
            return (null, $"credential helper {program} {result.Problem}");
        }

        if (result.ExitCode != 0)
        {
            // The protocol has no code for "I have none", only this sentence (docker-credential-helpers, credentials/error.go).
            return answer.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
                ? default
                : (null, $"credential helper {program} failed with exit code {result.ExitCode}");
        }

        return Parse(answer) is { } credentials
            ? (credentials, null)
            : (null, $"credential helper {program} did not answer with a user name and a secret");
    }

    private Credentials? Parse(string answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("Username", out JsonElement user) || user.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("Secret", out JsonElement secret) || secret.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            // "<token>" announces that the secret is an identity token, not a password.
            return user.GetString() == "<token>"
                ? new Credentials("", "", secret.GetString(), program)
                : new Credentials(user.GetString()!, secret.GetString()!, null, program);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
