using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Policies;

public class SpellingTests
{
    [Theory]
    [InlineData("warnign", "warning")]
    [InlineData("Error", "error")]
    [InlineData("eror", "error")]
    [InlineData("errors", "error")]
    [InlineData("inof", "info")]
    [InlineData("warn", "warning")]
    public void NearWord_IsFound(string text, string expected) => Assert.Equal(expected, Spelling.Nearest(text, ["error", "warning", "info"]));

    [Theory]
    [InlineData("")]
    [InlineData("fatal")]
    [InlineData("none")]
    public void FarWord_IsNot(string text) => Assert.Null(Spelling.Nearest(text, ["error", "warning", "info"]));

    [Fact]
    public void WordBetweenTwo_IsNotGuessed() => Assert.Null(Spelling.Nearest("MLC3003", ["MLC3001", "MLC3002"]));

    [Fact]
    public void VeryLongWord_IsNotCompared() => Assert.Null(Spelling.Nearest(new string('a', 100_000), ["error"]));
}
