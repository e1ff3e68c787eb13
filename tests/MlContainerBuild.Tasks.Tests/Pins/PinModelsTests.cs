using System.Security.Cryptography;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MlContainerBuild.Tasks.Tests.Pins;

/// <summary>What MlContainerPinModels says of the models before it writes their hashes.</summary>
public sealed class PinModelsTests : IDisposable
{
    private static readonly byte[] CallsACommand = "cposix\nsystem\n(S'true'\ntR."u8.ToArray();
    private static readonly byte[] PlainData = "(lp0\nI1\na."u8.ToArray();

    private readonly string directory = Directory.CreateTempSubdirectory("mlcontainer-").FullName;
    private readonly FakeBuildEngine engine = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void PickleThatRunsCommands_IsPinnedWithAWarning()
    {
        Assert.True(Run(CallsACommand));

        BuildWarningEventArgs warning = Assert.Single(engine.Warnings);
        Assert.Equal(("MLC3052", Model), (warning.Code, warning.File));
        Assert.Contains("posix.system", warning.Message, StringComparison.Ordinal);
        Assert.Contains(Hash(CallsACommand), File.ReadAllText(Project), StringComparison.Ordinal);
    }

    [Fact]
    public void PickleOfPlainData_IsPinnedWithoutAWord()
    {
        Assert.True(Run(PlainData));

        Assert.Empty(engine.Warnings);
        Assert.Contains(Hash(PlainData), File.ReadAllText(Project), StringComparison.Ordinal);
    }

    [Fact]
    public void PinnedPickle_IsNotToldAgain()
    {
        Assert.True(Run(CallsACommand, Hash(CallsACommand)));

        Assert.Empty(engine.Warnings);
    }

    [Fact]
    public void Difference_IsFirstToBeUnderstood()
    {
        Assert.False(Run(PlainData, new string('a', 64), verifyNoChanges: true));

        Assert.Equal(
            $"The SHA-256 of the model '{Model}' is {Hash(PlainData)}, and {new string('a', 64)} is declared. "
            + $"Find out what changed it. If the change is meant, write the new hash: dotnet build \"{Project}\" -t:MlContainerPinModels",
            Assert.Single(engine.Errors).Message);
    }

    [Fact]
    public void MissingHash_IsToBeWritten()
    {
        Assert.False(Run(PlainData, verifyNoChanges: true));

        Assert.Equal(
            $"No hash is declared of the model '{Model}'. Write it: dotnet build \"{Project}\" -t:MlContainerPinModels",
            Assert.Single(engine.Errors).Message);
    }

    private string Model => Path.Combine(directory, "model.pkl");

    private string Project => Path.Combine(directory, "app.csproj");

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private bool Run(byte[] model, string sha256 = "", bool verifyNoChanges = false)
    {
        File.WriteAllBytes(Model, model);
        string attribute = sha256.Length == 0 ? "" : $" Sha256=\"{sha256}\"";
        File.WriteAllText(Project, $"<Project><ItemGroup><MlContainerModel Include=\"{Model}\"{attribute} /></ItemGroup></Project>");
        var item = new TaskItem(Model, new Dictionary<string, string> { ["TargetPath"] = "model.pkl", ["Sha256"] = sha256 });
        using var task = new PinModels { BuildEngine = engine, ProjectFile = Project, Models = [item], VerifyNoChanges = verifyNoChanges };
        return task.Execute();
    }
}
