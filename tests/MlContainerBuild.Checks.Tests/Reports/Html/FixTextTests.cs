using System.Xml.Linq;

using MlContainerBuild.Checks.Reports.Html;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

/// <summary>In the results <c>[x]</c> is code in the line and <c>[[x]]</c> code on a line of its own.</summary>
public sealed class FixTextTests
{
    [Theory]
    [InlineData("Remove it, or correct its path.", "Remove it, or correct its path.")]
    [InlineData("Write 'docker.io'.", "Write [docker.io].")]
    [InlineData("'a' and 'b c'; ('d')", "[a] and [b c]; ([d])")]
    [InlineData("the application's files, and the user's", "the application's files, and the user's")]
    [InlineData("The value 'it's' is odd.", "The value [it's] is odd.")]
    [InlineData("An open 'quote", "An open 'quote")]
    [InlineData("Nothing '' between", "Nothing '' between")]
    [InlineData("Set <ContainerUser>1654:1654</ContainerUser>; no more.", "Set [<ContainerUser>1654:1654</ContainerUser>]; no more.")]
    [InlineData("Set <ContainerUser>1654:1654</ContainerUser>.", "Set [[<ContainerUser>1654:1654</ContainerUser>]]")]
    [InlineData("Set <ContainerEnvironmentVariable Include=\"A\" Value=\"b\" />.", "Set [[<ContainerEnvironmentVariable Include=\"A\" Value=\"b\" />]]")]
    [InlineData("Write <Open> and <b>bold</b>.", "Write <Open> and <b>bold</b>.")]
    [InlineData("Run: dotnet build \"/a b/x.csproj\" -t:MlContainerPin", "Run: [[dotnet build \"/a b/x.csproj\" -t:MlContainerPin]]")]
    [InlineData("Run: dotnet build -t:MlContainerPin.", "Run: [[dotnet build -t:MlContainerPin]]")]
    [InlineData("Run: ", "Run: ")]
    [InlineData("Run: .", "Run: .")]
    [InlineData("Read it with 'skopeo inspect docker://x', then pin.", "Read it with [skopeo inspect docker://x], then pin.")]
    [InlineData("", "")]
    public void QuotedValuesElementsAndCommandsAreCode(string text, string expected) => Assert.Equal(expected, Render(text));

    [Fact]
    public void ManyQuotesTakeTimeInProportion()
    {
        string text = string.Concat(Enumerable.Repeat(" '<A", 100_000));

        Assert.StartsWith(" &#39;&lt;A", FixText.Render(text).ToString(), StringComparison.Ordinal);
    }

    private static string Render(string text)
    {
        var element = XElement.Parse($"<p>{FixText.Render(text)}</p>", LoadOptions.PreserveWhitespace);
        return string.Concat(element.Nodes().Select(node => node switch
        {
            XElement code when (string?)code.Attribute("class") == "paste" => $"[[{code.Value}]]",
            XElement code => $"[{code.Value}]",
            _ => ((XText)node).Value,
        }));
    }
}
