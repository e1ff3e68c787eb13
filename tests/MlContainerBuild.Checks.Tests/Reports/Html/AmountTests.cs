using MlContainerBuild.Checks.Reports.Html;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

public sealed class AmountTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(99_949, "99.9 kB")]
    [InlineData(99_950, "100 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(438_100_000, "438 MB")]
    [InlineData(12_345_678_901, "12.3 GB")]
    [InlineData(long.MaxValue, "9223372 TB")]
    public void BytesAreShownInDecimalUnits(long bytes, string expected) => Assert.Equal(expected, Amount.OfBytes(bytes).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(0, 10, "0 %")]
    [InlineData(1, 1000, "< 1 %")]
    [InlineData(1, 3, "33 %")]
    [InlineData(999, 1000, "> 99 %")]
    [InlineData(10, 10, "100 %")]
    [InlineData(1, 0, "0 %")]
    public void ASharesIsNeverRoundedToNothingOrToAll(long part, long whole, string expected) => Assert.Equal(expected, Amount.Share(part, whole).Replace('\u00A0', ' '));

    [Fact]
    public void OneIsSingular() => Assert.Equal(["0 rules", "1 rule", "1,200 rules"], [Amount.Of(0, "rule"), Amount.Of(1, "rule"), Amount.Of(1200, "rule")]);
}
