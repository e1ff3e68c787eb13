using System.Text;
using System.Xml.Linq;

using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Checks.Tests.Projects;

/// <summary>Projects that nobody would write, drawn from a seeded generator, and damaged ones: an edit or a reason, never an exception.</summary>
public sealed class GeneratedProjectTests
{
    private static readonly string[] Gaps = ["", "", " ", "\n", "\r\n", "\r", "\t", "\n\n    ", "\r\n\t\t", "<!-- > \"c\" <A>x</A> 𝄞 -->", "<?pi > ?>", "<!--\u2028é\r-->"];
    private static readonly string[] Attributes = ["", " ", "\n", " Condition=\"'$(A)' &gt; '>'\"", "\n  Label='\"/>'\r\n", "\tCondition = 'true'  Label\n=\n\"\"", " Label=\"é𝄞\""];
    private static readonly string[] Values = ["", "old", " old ", "o&#x6C;d &amp; x", "<![CDATA[</P>]]>", "a\r\nb", "日本語", "o]]&gt;d"];

    [Fact]
    public void Replace_ChangesTheValueAlone()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            (string head, string element, string tail) = Draw(random);
            string text = head + element + tail;
            (int line, int column) = PlaceOf(text, head.Length);

            ProjectEdit edit = ProjectFileEditor.Replace(Encoding.UTF8.GetBytes(text), "P", line, column, "new");

            string edited = Encoding.UTF8.GetString(Assert.IsType<ProjectEdit.Changed>(edit).Bytes.Span);
            Assert.StartsWith(head + "<P", edited, StringComparison.Ordinal);
            Assert.EndsWith(">new</P>" + tail, edited.Replace(" </P>", "</P>", StringComparison.Ordinal).Replace("</P\n>", "</P>", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains(XDocument.Parse(edited).Descendants("P"), property => property.Value == "new");
        }
    }

    [Fact]
    public void Insert_AddsOneElementAlone()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            (string head, string element, string tail) = Draw(random);
            string text = head + element + tail;

            ProjectEdit.Changed changed = Assert.IsType<ProjectEdit.Changed>(ProjectFileEditor.Insert(Encoding.UTF8.GetBytes(text), "Added", "new", condition: null));

            string edited = Encoding.UTF8.GetString(changed.Bytes.Span);
            int common = text.Zip(edited).TakeWhile(pair => pair.First == pair.Second).Count();
            int added = edited.Length - text.Length;
            Assert.Equal(text[common..], edited[(common + added)..]);
            Assert.Equal("new", Assert.Single(XDocument.Parse(edited).Descendants("Added")).Value);
        }
    }

    [Fact]
    public void DamagedFile_IsEditedOrRefused()
    {
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            (string head, string element, string tail) = Draw(random);
            byte[] bytes = (i % 3) switch
            {
                0 => Encoding.UTF8.GetBytes(head + element + tail),
                1 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(head + element + tail)],
                _ => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(head + element + tail)],
            };
            for (int damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            (int line, int column) = PlaceOf(head, head.Length);
            Assert.NotNull(ProjectFileEditor.Replace(bytes, "P", line, column, "new"));
            Assert.NotNull(ProjectFileEditor.Insert(bytes, "P", "new", condition: null));
        }
    }

    /// <summary>A project with the element <c>P</c> somewhere in it.</summary>
    private static (string Head, string Element, string Tail) Draw(Random random)
    {
        string value = Pick(Values);
        string element = value.Length == 0 && random.Next(2) == 0 ? $"<P{Pick(Attributes)}/>" : $"<P{Pick(Attributes)}>{value}</P{(random.Next(4) == 0 ? "\n" : "")}>";
        string head = $"<Project{Pick(Attributes)}>{Gap()}<ItemGroup>{Gap()}<I{Pick(Attributes)}/>{Gap()}</ItemGroup>{Gap()}<PropertyGroup{Pick(Attributes)}>{Gap()}";
        string tail = $"{Gap()}<A>{Pick(Values)}</A>{Gap()}</PropertyGroup>{Gap()}<PropertyGroup>{Gap()}<B/>{Gap()}</PropertyGroup>{Gap()}</Project>{Pick(["", "\n", "<!-- end -->"])}";
        return (head, element, tail);

        string Pick(string[] choices) => choices[random.Next(choices.Length)];
        string Gap() => Pick(Gaps);
    }

    private static (int Line, int Column) PlaceOf(string text, int offset)
    {
        string[] lines = text[..offset].Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return (lines.Length, lines[^1].Length + 1);
    }
}
