using System.Text;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Checks.Tests.Images.Registries.Servers;

/// <summary>A machine as the client sees it: its own home folder and only the variables that a test sets.</summary>
internal sealed class TestMachine : IDisposable
{
    private readonly Dictionary<string, string> variables = [];

    public TestMachine() => Environment = new RegistryEnvironment(name => variables.GetValueOrDefault(name), Home.Path);

    public TemporaryFolder Home { get; } = new();

    public RegistryEnvironment Environment { get; }

    public TestMachine Set(string variable, string value)
    {
        variables[variable] = value;
        return this;
    }

    /// <summary>Writes <c>~/.docker/config.json</c>.</summary>
    public TestMachine DockerConfig(string json)
    {
        Home.Write(".docker/config.json", json);
        return this;
    }

    /// <summary>The text of an auth file with one entry for each registry.</summary>
    public static string Auths(params (string Key, string User, string Password)[] entries)
    {
        var auths = new JsonObject();
        foreach ((string key, string user, string password) in entries)
        {
            auths[key] = new JsonObject { ["auth"] = Basic(user, password) };
        }

        return new JsonObject { ["auths"] = auths }.ToJsonString();
    }

    public RegistryClient Client(string registry, RegistryAccess access = RegistryAccess.Base, RegistryLimits? limits = null, TimeProvider? clock = null) =>
        new(registry, access, Environment, limits ?? Quick, clock);

    public static RegistryLimits Quick { get; } = new() { FirstDelay = TimeSpan.FromMilliseconds(1) };

    public static string Basic(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public void Dispose() => Home.Dispose();
}
