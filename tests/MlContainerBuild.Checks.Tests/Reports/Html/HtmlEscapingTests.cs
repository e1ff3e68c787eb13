using System.Xml.Linq;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

/// <summary>No text of anybody else's becomes markup, and none hides what the page says.</summary>
public sealed class HtmlEscapingTests
{
    private static readonly HashSet<string> Shape = ShapeOf(HtmlPage.Of(HostileReport.Of(() => "x"))).Concat(ShapeOf(HtmlPage.Of(SampleReports.Stopped))).ToHashSet();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void HostileTextsAddNoElementAndNoAttribute(int seed)
    {
        var random = new Random(seed);

        HtmlPage page = HtmlPage.Of(HostileReport.Of(() => HostileReport.Draw(random)));

        Assert.Empty(ShapeOf(page).Except(Shape));
        Assert.All(page.All("a").Attributes("href"), link => Assert.Matches("^(#[a-z-]+|https://github\\.com/mlcontainerbuild/mlcontainerbuild/.*)$", link.Value));
        Assert.DoesNotContain(page.Source, character => IsUnseen(character));
        Assert.True(page.Source.Length < 500_000, $"The page has {page.Source.Length} characters.");
    }

    [Fact]
    public void EachHostileTextEverywhere_AddsNoElementAndNoAttribute() =>
        Assert.All(HostileReport.Pieces, piece => Assert.Empty(ShapeOf(HtmlPage.Of(HostileReport.Of(() => piece))).Except(Shape)));

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("a \" b ' c & d", "a \" b ' c & d")]
    [InlineData("exe\u202Ecod.txt", "exe‹U+202E›cod.txt")]
    [InlineData("a\0b\u001b[31m", "a‹U+0000›b‹U+001B›[31m")]
    [InlineData("zero\u200Bwidth\uFEFF", "zero‹U+200B›width‹U+FEFF›")]
    [InlineData("not \uFFFF a character", "not ‹U+FFFF› a character")]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301‹U+0301›")]
    [InlineData("العربية 漢字 \U0001F680", "العربية 漢字 \U0001F680")]
    public void ALabelIsShownAsItIs(string label, string shown) => Assert.Equal(shown, LabelOnPage(label));

    [Fact]
    public void HalfACharacterIsReplaced() => Assert.Equal("half \uFFFD pair", LabelOnPage("half \uD800 pair"));

    [Fact]
    public void AHugeLabelIsCutAndSaysSo()
    {
        string shown = LabelOnPage(new string('y', 10_000_000));

        Assert.Equal(new string('y', 400) + "… (10,000,000 characters)", shown);
    }

    [Fact]
    public void ASecretInAnyTextIsMasked()
    {
        string token = "hf_" + string.Concat(Enumerable.Range(0, 17).Select(i => $"{(char)('a' + i)}{(char)('Z' - i)}"));

        HtmlPage page = HtmlPage.Of(HostileReport.Of(() => $"see {token}."));

        Assert.DoesNotContain(token, page.Source, StringComparison.Ordinal);
        Assert.DoesNotContain(token[4..20], page.Source, StringComparison.Ordinal);
        Assert.Contains("see hf_….", page.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecretIsMaskedThoughItCrossesTheCut()
    {
        string token = "hf_" + string.Concat(Enumerable.Range(0, 17).Select(i => $"{(char)('a' + i)}{(char)('Z' - i)}"));

        var settings = new ImageSettings { WorkingDirectory = new Setting("WORKDIR", new string('-', 390) + token, ValueSource.Sdk.Instance) };
        var platform = new PlatformImage { RuntimeIdentifier = "linux-x64", Settings = settings };
        HtmlPage page = HtmlPage.Of(SampleReports.Clean with { Platforms = [platform] });

        Assert.Equal(new string('-', 390) + "hf_…", HtmlPage.Rows(page.WithClass("settings").Single())[1][1]);
    }

    [Theory]
    [InlineData("DB_PASSWORD", "hunter2")]
    [InlineData("API_KEY", "short")]
    [InlineData("OPENAI_API_KEY", "changeme")]
    public void AValueUnderTheNameOfACredentialIsHidden(string name, string value)
    {
        string[] row = Row(new Setting(name, value, ValueSource.Sdk.Instance));

        Assert.Equal([name, "… hidden", ".NET SDK"], row);
    }

    [Theory]
    [InlineData("DB_PASSWORD_FILE", "/run/secrets/db")]
    [InlineData("MAX_TOKENS", "4096")]
    [InlineData("API_KEY", "")]
    public void AValueUnderAnotherNameIsShown(string name, string value) =>
        Assert.Equal([name, value.Length == 0 ? "empty" : value, ".NET SDK"], Row(new Setting(name, value, ValueSource.Sdk.Instance)));

    private static string LabelOnPage(string label) => Row(new Setting("label", label, ValueSource.Sdk.Instance))[1];

    private static string[] Row(Setting setting)
    {
        var platform = new PlatformImage { RuntimeIdentifier = "linux-x64", Settings = new ImageSettings { Labels = [setting] } };
        HtmlPage page = HtmlPage.Of(SampleReports.Clean with { Platforms = [platform] });
        return HtmlPage.Rows(page.WithClass("settings").Single())[1];
    }

    /// <summary>Every element and attribute, with the values that are ours.</summary>
    private static IEnumerable<string> ShapeOf(HtmlPage page) => page.Root.DescendantsAndSelf()
        .SelectMany(element => element.Attributes().Select(attribute => $"{element.Name}@{attribute.Name}").Append(element.Name.ToString()))
        .Distinct();

    private static bool IsUnseen(char character) =>
        character is not '\n' and not '\r' and not '\t' && (char.IsControl(character) || char.IsSurrogate(character) is false && char.GetUnicodeCategory(character) is
            System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
