using System.Text;

using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Checks.Tests.Projects;

/// <summary>Items are edited where they stand, and no other byte changes.</summary>
public sealed class ProjectItemEditorTests
{
    // What is between ‹ and › is what the edit adds or puts in the place of what is behind ¦.
    public static TheoryData<string> Layouts => [
        """<Project><ItemGroup>@<MlContainerModel Include="a.onnx"‹ Sha256="new"› /></ItemGroup></Project>""",
        """<Project><ItemGroup>@<MlContainerModel Include="a.onnx"‹ Sha256="new"›/></ItemGroup></Project>""",
        """<Project><ItemGroup>@<MlContainerModel Include='a > b.onnx'‹ Sha256="new"›></MlContainerModel></ItemGroup></Project>""",
        "<Project>\r\n\t<ItemGroup>\r\n\t\t@<MlContainerModel\r\n\t\t\tInclude=\"a.onnx\"\r\n\t\t\tMount=\"false\"‹ Sha256=\"new\"›\r\n\t\t/>\r\n\t</ItemGroup>\r\n</Project>",
        """<Project><ItemGroup>@<MlContainerModel ‹Sha256="new"¦Sha256="old"› Include="a.onnx" Other=" Sha256='x'" /></ItemGroup></Project>""",
        """<Project><ItemGroup>@<MlContainerModel Include=" Sha256='x'" ‹Sha256="new"¦Sha256 = 'old'›/></ItemGroup></Project>""",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Attribute_IsSet(string layout)
    {
        (string before, string after, int line, int column) = Read(layout);

        Assert.Equal(after, Apply(before, new ProjectItemEdit.SetAttribute(line, column, "Sha256", "new")));
    }

    [Fact]
    public void Element_IsSet()
    {
        (string before, string after, int line, int column) = Read("""
            <Project>
              <ItemGroup>
                <MlContainerModel Include="a.onnx">
                  @<Sha256><!---->‹new¦old›</Sha256>
                </MlContainerModel>
              </ItemGroup>
            </Project>
            """.Replace("<!---->", "", StringComparison.Ordinal));

        Assert.Equal(after, Apply(before, new ProjectItemEdit.SetElement(line, column, "new")));
    }

    public static TheoryData<string> Groups => [
        """
        <Project>
          <ItemGroup>
            @<MlContainerModel Include="models/**" />‹
            <MlContainerModel Update="a &amp; b.onnx" Sha256="new" />›
            <Content Include="x" />
          </ItemGroup>
        </Project>
        """,
        "<Project>\r\n\t<ItemGroup>\r\n\t\t@<MlContainerModel Include=\"models/**\">\r\n\t\t\t<Mount>true</Mount>\r\n\t\t</MlContainerModel>\r\n\t\t<Content Include=\"x\" />\r\n\t\t<!-- last -->\r\n\t\t<MlContainerModel Update=\"b.onnx\" Sha256=\"1\" />‹\r\n\t\t<MlContainerModel Update=\"a &amp; b.onnx\" Sha256=\"new\" />›\r\n\t</ItemGroup>\r\n</Project>\r\n",
        """<Project><ItemGroup>@<MlContainerModel Include="models/**"/>‹ <MlContainerModel Update="a &amp; b.onnx" Sha256="new" />›</ItemGroup></Project>""",
    ];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Update_StandsBehindTheLastItemOfItsTypeInTheGroup(string layout)
    {
        (string before, string after, int line, int column) = Read(layout);

        Assert.Equal(after, Apply(before, new ProjectItemEdit.AddUpdate(line, column, "a & b.onnx", "Sha256", "new")));
    }

    [Fact]
    public void SeveralEdits_AreMadeAtOnceInTheirOrder()
    {
        string before = "<Project>\n  <ItemGroup>\n    <M Include=\"a\" />\n    <M Include=\"b/**\" />\n  </ItemGroup>\n</Project>\n";

        string? after = Apply(
            before,
            new ProjectItemEdit.AddUpdate(4, 5, "b/1", "Sha256", "one"),
            new ProjectItemEdit.SetAttribute(3, 5, "Sha256", "zero"),
            new ProjectItemEdit.AddUpdate(4, 5, "b/2", "Sha256", "two"));

        Assert.Equal("<Project>\n  <ItemGroup>\n    <M Include=\"a\" Sha256=\"zero\" />\n    <M Include=\"b/**\" />\n    <M Update=\"b/1\" Sha256=\"one\" />\n    <M Update=\"b/2\" Sha256=\"two\" />\n  </ItemGroup>\n</Project>\n", after);
    }

    [Fact]
    public void ByteOrderMarkAndEncoding_Stay()
    {
        byte[] file = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<Project><ItemGroup><M Include=\"ä\" /></ItemGroup></Project>")];

        var changed = Assert.IsType<ProjectEdit.Changed>(ProjectItemEditor.Apply(file, [new ProjectItemEdit.SetAttribute(1, 21, "Sha256", "new")]));

        Assert.Equal([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<Project><ItemGroup><M Include=\"ä\" Sha256=\"new\" /></ItemGroup></Project>")], changed.Bytes.ToArray());
    }

    [Theory]
    [InlineData("""<Project><ItemGroup><M Include="a" Sha256="$(Hash)" /></ItemGroup></Project>""", "made of properties")]
    [InlineData("""<Project><ItemGroup></ItemGroup></Project>""", "changed meanwhile")]
    [InlineData("""<Project><ItemGroup><M""", "no XML")]
    public void WhatCannotBeEdited_IsRefused(string file, string reason)
    {
        var refused = Assert.IsType<ProjectEdit.Refused>(ProjectItemEditor.Apply(Encoding.UTF8.GetBytes(file), [new ProjectItemEdit.SetAttribute(1, 21, "Sha256", "new")]));

        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    private static string? Apply(string file, params ProjectItemEdit[] edits) =>
        ProjectItemEditor.Apply(Encoding.UTF8.GetBytes(file), edits) switch
        {
            ProjectEdit.Changed changed => Encoding.UTF8.GetString(changed.Bytes.Span),
            ProjectEdit.Refused refused => "refused: " + refused.Reason,
            _ => null,
        };

    private static (string Before, string After, int Line, int Column) Read(string layout)
    {
        string[] parts = layout.Split('‹', '›');
        string[] middle = parts[1].Split('¦');
        string before = parts[0] + (middle.Length == 2 ? middle[1] : "") + parts[2];
        string head = before[..before.IndexOf('@', StringComparison.Ordinal)];
        int line = head.Count(c => c == '\n') + 1;
        int column = head.Length - head.LastIndexOf('\n');
        return (before.Replace("@", "", StringComparison.Ordinal), (parts[0] + middle[0] + parts[2]).Replace("@", "", StringComparison.Ordinal), line, column);
    }
}
