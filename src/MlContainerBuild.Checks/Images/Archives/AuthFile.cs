using System.Text;
using System.Text.Json;

using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Checks.Images.Archives;

/// <summary>
/// The credentials that the SDK takes from variables, in a file for a program that knows files only: on its command line everyone who
/// lists processes could read them. For this user alone, and gone when disposed of.
/// </summary>
internal sealed class AuthFile : IDisposable
{
    private readonly DirectoryInfo directory;

    private AuthFile(DirectoryInfo directory) => this.directory = directory;

    public string Path => System.IO.Path.Combine(directory.FullName, "auth.json");

    /// <summary>Null when no variables are set: the program looks in the same files as the SDK.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static AuthFile? Create(string registry, RegistryEnvironment environment)
    {
        if (CredentialStore.FromVariables(RegistryAccess.Destination, environment) is not { } credentials)
            return null;

        // On Unix its mode is 0700.
        var file = new AuthFile(Directory.CreateTempSubdirectory("mlcontainer-"));
        try
        {
            using FileStream stream = File.Create(file.Path);
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteStartObject("auths");
            json.WriteStartObject(registry);
            json.WriteString("auth", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}")));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => directory.Delete(recursive: true);
}
