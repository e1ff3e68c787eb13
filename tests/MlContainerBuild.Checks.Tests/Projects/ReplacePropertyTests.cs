using System.Text;

using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Checks.Tests.Projects;

/// <summary>Whatever the layout, the bytes of the value change and no other.</summary>
public sealed class ReplacePropertyTests
{
    private const string Old = "registry.example/dotnet/aspnet:10.0";
    private const string New = "registry.example/dotnet/aspnet:10.0@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    // '¶' stands before the element meant, '{}' for its value.
    public static TheoryData<string> Layouts => [
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            ¶<ContainerBaseImage>{}</ContainerBaseImage>
          </PropertyGroup>

        </Project>

        """,
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- Ünïcode before the value, in a comment: 日本語 𝄞 -->
        <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003" ToolsVersion='15.0'>
        	<PropertyGroup Label='a > b'
        	               Condition=" '$(Configuration)' == 'Release' " >
        		¶<ContainerBaseImage
        			Condition="'$(ContainerBaseImage)' == ''"
        			Label="x > y"   >{}</ContainerBaseImage  >
        		<Empty></Empty><Empty/><Empty />
        	</PropertyGroup>
        </Project>
        """,
        """<Project><PropertyGroup><A>1</A>¶<ContainerBaseImage>{}</ContainerBaseImage><B>&lt;&amp;</B></PropertyGroup></Project>""",
        """
        <Project>
          <PropertyGroup Condition="'$(A)' == 'a'">
            <ContainerBaseImage>registry.example/other:1</ContainerBaseImage>
          </PropertyGroup>
          <Choose>
            <When Condition="'$(A)' == 'b'">
              <PropertyGroup>
                <!-- <ContainerBaseImage>registry.example/commented:1</ContainerBaseImage> -->
                <ContainerBaseImage Condition="'$(B)' != ''">registry.example/dotnet/aspnet:10.0</ContainerBaseImage> ¶<ContainerBaseImage>{}</ContainerBaseImage>
              </PropertyGroup>
            </When>
          </Choose>
        </Project>
        """,
        """
        <Project>
          <PropertyGroup>
            ¶<containerbaseimage>{}</containerbaseimage>   
          </PropertyGroup>
          <Target Name="X"><PropertyGroup><ContainerBaseImage>$(A)</ContainerBaseImage></PropertyGroup></Target>
        </Project>
        <!-- after -->
        """,
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void AnyLayout_ChangesTheValueAlone(string layout)
    {
        string windows = layout.ReplaceLineEndings("\r\n");
        foreach (string text in new[] { layout, windows, windows.Replace("\r\n  ", "\n  ", StringComparison.Ordinal), layout.ReplaceLineEndings("\r") })
        {
            foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true) })
            {
                (int line, int column) = MarkedPlace(text);
                byte[] before = Encode(text, Old, encoding);

                ProjectEdit.Changed changed = Assert.IsType<ProjectEdit.Changed>(ProjectFileEditor.Replace(before, "ContainerBaseImage", line, column, New));

                Assert.Equal(Encode(text, New, encoding), changed.Bytes.ToArray());
                Assert.Equal((line, column), (changed.Line, changed.Column));
                Assert.IsType<ProjectEdit.Unchanged>(ProjectFileEditor.Replace(changed.Bytes, "ContainerBaseImage", line, column, New));
            }
        }
    }

    [Theory]
    [InlineData("<ContainerBaseImage>registry.example&#47;a&#x3A;1</ContainerBaseImage>", "<ContainerBaseImage>new</ContainerBaseImage>")]
    [InlineData("<ContainerBaseImage><![CDATA[registry.example/a:1]]></ContainerBaseImage>", "<ContainerBaseImage>new</ContainerBaseImage>")]
    [InlineData("<ContainerBaseImage>registry.<![CDATA[example</ContainerBaseImage>]]></ContainerBaseImage>", "<ContainerBaseImage>new</ContainerBaseImage>")]
    [InlineData("<ContainerBaseImage>\n  registry.example/a:1\n</ContainerBaseImage>", "<ContainerBaseImage>new</ContainerBaseImage>")]
    [InlineData("<ContainerBaseImage></ContainerBaseImage>", "<ContainerBaseImage>new</ContainerBaseImage>")]
    [InlineData("<ContainerBaseImage />", "<ContainerBaseImage>new</ContainerBaseImage>")]
    [InlineData("<ContainerBaseImage Condition='\"/>\" == \"\"'\n/>", "<ContainerBaseImage Condition='\"/>\" == \"\"'>new</ContainerBaseImage>")]
    public void UnusualNotation_BecomesPlain(string before, string after)
    {
        const string head = "<Project>\n<PropertyGroup>\n";
        const string tail = "\n<B/></PropertyGroup>\n</Project>";

        ProjectEdit edit = ProjectFileEditor.Replace(Encoding.UTF8.GetBytes(head + before + tail), "ContainerBaseImage", 3, 1, "new");

        Assert.Equal(head + after + tail, Encoding.UTF8.GetString(Assert.IsType<ProjectEdit.Changed>(edit).Bytes.Span));
    }

    [Fact]
    public void ValueWithMarkup_IsEscaped()
    {
        byte[] file = "<Project><PropertyGroup><A>1</A></PropertyGroup></Project>"u8.ToArray();

        ProjectEdit edit = ProjectFileEditor.Replace(file, "A", 1, 25, "a<b & c");

        Assert.Equal(
            "<Project><PropertyGroup><A>a&lt;b &amp; c</A></PropertyGroup></Project>",
            Encoding.UTF8.GetString(Assert.IsType<ProjectEdit.Changed>(edit).Bytes.Span));
    }

    // MSBuild ignores the declaration and reads such a file as UTF-8; the byte that is none stays what it is.
    [Fact]
    public void CodePageInAComment_StaysAsItIs()
    {
        byte[] head = [.. "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<Project>\n<!-- Gr"u8, 0xF6, 0x80, .. "e -->\n<PropertyGroup>\n<ContainerBaseImage>"u8];
        byte[] tail = [.. "</ContainerBaseImage>\n<A>"u8, 0xDF, .. "</A></PropertyGroup></Project>"u8];

        ProjectEdit edit = ProjectFileEditor.Replace((byte[])[.. head, .. "old"u8, .. tail], "ContainerBaseImage", 5, 1, "new");

        Assert.Equal([.. head, .. "new"u8, .. tail], Assert.IsType<ProjectEdit.Changed>(edit).Bytes.ToArray());
    }

    [Theory]
    [InlineData("<ContainerBaseImage>registry.example/a:$(Tag)</ContainerBaseImage>", "made of other properties")]
    [InlineData("<ContainerBaseImage>&#36;(Base)</ContainerBaseImage>", "made of other properties")]
    [InlineData("<ContainerBaseImage>registry.example/a<!-- why -->:1</ContainerBaseImage>", "holds more than text")]
    [InlineData("<ContainerBaseImage>registry.example/a<?pi?>:1</ContainerBaseImage>", "holds more than text")]
    [InlineData("<ContainerBaseImage><a>1</a></ContainerBaseImage>", "holds more than text")]
    [InlineData("<ContainerFamily>alpine</ContainerFamily>", "no <ContainerBaseImage> at line 3, column 1")]
    [InlineData(" <ContainerBaseImage>registry.example/a:1</ContainerBaseImage>", "no <ContainerBaseImage> at line 3, column 1")]
    public void WhatIsNoPlainValue_IsRefused(string element, string reason)
    {
        byte[] file = Encoding.UTF8.GetBytes($"<Project>\n<PropertyGroup>\n{element}\n</PropertyGroup>\n</Project>");

        ProjectEdit edit = ProjectFileEditor.Replace(file, "ContainerBaseImage", 3, 1, New);

        Assert.Contains(reason, Assert.IsType<ProjectEdit.Refused>(edit).Reason, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> UnreadableFiles => new()
    {
        { [], "it is no XML" },
        { "<Project>"u8.ToArray(), "it is no XML" },
        { [0xFF, 0xFE, 0x3C], "neither UTF-8 nor UTF-16" },
        { [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("<Project/>")], "neither UTF-8 nor UTF-16" },
        { [0xEF, 0xBB, 0xBF, 0xF6], "neither UTF-8 nor UTF-16" },
        { "<!DOCTYPE Project [<!ENTITY a 'b'>]><Project/>"u8.ToArray(), "without a document type" },
    };

    [Theory]
    [MemberData(nameof(UnreadableFiles))]
    public void UnreadableFile_IsRefused(byte[] file, string reason) => AssertRefused(file, reason);

    [Fact]
    public void OversizedFile_IsRefused() => AssertRefused(new byte[17 * 1024 * 1024], "larger than 16 MiB");

    [Fact]
    public void DeeplyNestedFile_IsRefused() =>
        AssertRefused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))), "nested deeper");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    [InlineData(1, int.MaxValue)]
    [InlineData(int.MaxValue, 1)]
    public void PlaceOutsideTheFile_IsRefused(int line, int column)
    {
        byte[] file = "<Project><PropertyGroup><A>1</A></PropertyGroup></Project>"u8.ToArray();

        Assert.IsType<ProjectEdit.Refused>(ProjectFileEditor.Replace(file, "A", line, column, New));
    }

    private static void AssertRefused(byte[] file, string reason)
    {
        Assert.Contains(reason, Assert.IsType<ProjectEdit.Refused>(ProjectFileEditor.Replace(file, "A", 1, 1, New)).Reason, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.IsType<ProjectEdit.Refused>(ProjectFileEditor.Insert(file, "A", New, null)).Reason, StringComparison.Ordinal);
    }

    private static byte[] Encode(string layout, string value, Encoding encoding)
    {
        string text = layout.Replace("¶", "", StringComparison.Ordinal).Replace("{}", value, StringComparison.Ordinal);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    private static (int Line, int Column) MarkedPlace(string layout)
    {
        string[] lines = layout.ReplaceLineEndings("\n").Split('\n');
        int line = Array.FindIndex(lines, text => text.Contains('¶', StringComparison.Ordinal));
        return (line + 1, lines[line].IndexOf('¶', StringComparison.Ordinal) + 1);
    }
}
