using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

/// <summary>A written report, read back by a strict parser.</summary>
internal sealed class HtmlPage
{
    private HtmlPage(string source, XElement root)
    {
        Source = source;
        Root = root;
    }

    public string Source { get; }

    public XElement Root { get; }

    public string Title => Root.Element("head")!.Element("title")!.Value;

    public static HtmlPage Of(PublishReport report)
    {
        using var stream = new MemoryStream();
        HtmlReportWriter.Write(report, stream);
        string source = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
        using var reader = XmlReader.Create(new StringReader(source), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return new HtmlPage(source, XElement.Load(reader, LoadOptions.PreserveWhitespace));
    }

    public IEnumerable<XElement> All(string name) => Root.DescendantsAndSelf(name);

    public XElement Only(string name) => Assert.Single(All(name));

    public IEnumerable<XElement> WithClass(string name) => Root.Descendants().Where(element => HasClass(element, name));

    public XElement ById(string id) => Assert.Single(Root.Descendants(), element => (string?)element.Attribute("id") == id);

    public static bool HasClass(XElement element, string name) => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(name);

    /// <summary>As a reader sees it: runs of white space, and the borders of blocks, are one space.</summary>
    public static string Text(XElement element) =>
        string.Join(' ', string.Concat(Pieces(element)).Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Pieces(XElement element) => element.Nodes().SelectMany(node => node switch
    {
        XText text => [text.Value],
        XElement child when child.Name.LocalName is "span" or "code" or "a" or "b" or "strong" or "em" or "time" or "svg" => Pieces(child),
        XElement child => Pieces(child).Prepend(" ").Append(" "),
        _ => [],
    });

    /// <summary>The rows of a table's body, cell by cell.</summary>
    public static string[][] Rows(XElement table) =>
        [.. table.Elements("tbody").Elements("tr").Select(row => row.Elements().Select(Text).ToArray())];

    public static string Sha256(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
