using System.Text;

using MlContainerBuild.Checks.Reports;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void ReplacesAFileAndMakesItsFolder()
    {
        string path = Path.Combine(folder.Path, "a/b/image.json");

        ReportFile.Write(path, stream => stream.Write("a longer first text"u8));
        ReportFile.Write(path, stream => stream.Write("second"u8));

        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void WhatFailsHalfWayLeavesTheOldFileAndNothingElse()
    {
        string path = folder.Write("image.json", "old");

        Assert.Throws<InvalidOperationException>(() => ReportFile.Write(path, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes("half of"));
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    public void Dispose() => folder.Dispose();
}
