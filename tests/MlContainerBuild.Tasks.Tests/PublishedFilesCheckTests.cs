using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks.Tests;

public sealed class PublishedFilesCheckTests
{
    [Fact]
    public void StringThatARuleOnCSharpHasReported_IsToldOnce()
    {
        ImmutableArray<Finding> found = [CSharp(5), Compiled(4, 6), Compiled(9, 9)];

        Assert.Equal<Finding>([found[0], found[2]], PublishedFilesCheck.WithoutRepeated(found));
    }

    [Fact]
    public void OtherFile_IsToldAsWell()
    {
        ImmutableArray<Finding> found = [CSharp(5), Compiled(5, 5, "/src/Other.cs")];

        Assert.Equal(found, PublishedFilesCheck.WithoutRepeated(found));
    }

    private static Finding CSharp(int line) =>
        new(new Rule("MLC1001", "Provider token in the source", Severity.Error), "Found.", "", new ValueSource.File(new SourceSpan("/src/Hub.cs", line, 9, line, 50)));

    private static Finding Compiled(int line, int endLine, string path = "/src/Hub.cs") =>
        new(RuleCatalog.Get("MLC3022"), "Found.", "", new ValueSource.File(new SourceSpan(path, line, 5, endLine, 20)));
}
