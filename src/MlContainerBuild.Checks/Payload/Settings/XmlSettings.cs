using System.Xml;

using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Payload.Settings;

/// <summary>
/// The attributes and texts of an XML file. <c>&lt;add key="ApiKey" value="…" /&gt;</c> and
/// <c>&lt;add name="Models" connectionString="…" /&gt;</c> are settings of that name.
/// </summary>
internal static class XmlSettings
{
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, CheckCharacters = false };

    /// <summary>What stands before the first mistake.</summary>
    public static List<PublishedSetting> Read(string text)
    {
        var settings = new List<PublishedSetting>();
        var elements = new Stack<SettingPath>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Safe);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                    ReadElement(reader, elements, settings);
                else if (reader.NodeType == XmlNodeType.EndElement)
                    elements.Pop();
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && elements.TryPeek(out SettingPath? element))
                    settings.Add(At(reader, element, reader.Value, 0));
            }
        }
        catch (Exception mistake) when (mistake is XmlException or InvalidOperationException or ArgumentException)
        {
            // The search for tokens sees the whole file.
        }

        return settings;
    }

    private static void ReadElement(XmlReader reader, Stack<SettingPath> elements, List<PublishedSetting> settings)
    {
        if (elements.Count >= SettingPath.MaxDepth)
            throw new XmlException("too deep");

        elements.TryPeek(out SettingPath? parent);
        string? label = reader.GetAttribute("key") ?? reader.GetAttribute("name");
        bool isEmpty = reader.IsEmptyElement;

        // .NET's configuration leaves the root out of a path, and a list says nothing with "add".
        string name = reader.LocalName;
        SettingPath? path = elements.Count == 0 ? null : new SettingPath(parent is { Name: "" } ? null : parent, label is not null && name == "add" ? label : name);
        for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            // What an element is called is no value of its own.
            if (reader.LocalName is "key" or "name" or "id")
                continue;

            bool isValue = label is not null && reader.LocalName is "value" or "connectionString" && path is not null;
            SettingPath attribute = isValue && path!.Name == label ? path : new SettingPath(path, reader.LocalName);
            settings.Add(At(reader, attribute, reader.Value, reader.Name.Length + 2));
        }

        reader.MoveToElement();
        if (!isEmpty)
            elements.Push(path ?? new SettingPath(null, ""));
    }

    /// <param name="before">What stands between the place that the reader names and the value.</param>
    private static PublishedSetting At(XmlReader reader, SettingPath path, string value, int before)
    {
        var place = (IXmlLineInfo)reader;
        var start = new TextPosition(place.LineNumber, place.LinePosition + before);
        int lines = value.AsSpan().Count('\n');
        int lastLine = value.Length - 1 - value.LastIndexOf('\n');

        // Entities make a value longer in the file than it is; one more character covers the quote.
        return new PublishedSetting(path, value, start, lines == 0 ? new(start.Line, start.Column + (value.Length * 2) + 1) : new(start.Line + lines, lastLine + 2));
    }
}
