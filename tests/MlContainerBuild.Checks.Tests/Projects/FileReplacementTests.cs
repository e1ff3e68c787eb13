using System.Text;

using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Checks.Tests.Projects;

public sealed class FileReplacementTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("mlcontainer-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Content_IsReplacedAndNothingElseIsLeft()
    {
        string file = Write("a.props", "old");

        Assert.True(FileReplacement.TryWrite(file, "new"u8.ToArray(), out string? error), error);

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(directory));
    }

    [Fact]
    public void Permissions_AreKept()
    {
        if (OperatingSystem.IsWindows())
            return;

        string file = Write("a.props", "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(file, mode);

        Assert.True(FileReplacement.TryWrite(file, "new"u8.ToArray(), out string? error), error);

        Assert.Equal(mode, File.GetUnixFileMode(file));
    }

    [Fact]
    public void SymbolicLink_StaysOne()
    {
        string file = Write("a.props", "old");
        string link = Path.Combine(directory, "link.props");
        File.CreateSymbolicLink(link, "a.props");

        Assert.True(FileReplacement.TryWrite(link, "new"u8.ToArray(), out string? error), error);

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal("a.props", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void ReadOnlyFile_IsLeftAlone()
    {
        string file = Write("a.props", "old");
        File.SetAttributes(file, FileAttributes.ReadOnly);
        try
        {
            Assert.False(FileReplacement.TryWrite(file, "new"u8.ToArray(), out string? error));
            Assert.Equal("it is read-only", error);
            Assert.Equal("old", File.ReadAllText(file));
        }
        finally
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
    }

    [Fact]
    public void MissingFile_IsNotMade()
    {
        string file = Path.Combine(directory, "gone", "a.props");

        Assert.False(FileReplacement.TryWrite(file, "new"u8.ToArray(), out string? error));

        Assert.NotEqual("", error);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void EditsInParallel_AreAllThere()
    {
        string file = Write("a.props", "<Project><PropertyGroup><A>1</A></PropertyGroup></Project>");

        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => ProjectEditLock.Run(() =>
        {
            var edit = (ProjectEdit.Changed)ProjectFileEditor.Insert(File.ReadAllBytes(file), $"P{i}", "x", condition: null);
            return FileReplacement.TryWrite(file, edit.Bytes, out _);
        }));

        string text = File.ReadAllText(file, Encoding.UTF8);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Contains($"<P{i}>x</P{i}>", text, StringComparison.Ordinal));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
