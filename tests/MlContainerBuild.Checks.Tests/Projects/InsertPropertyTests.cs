using System.Text;

using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Checks.Tests.Projects;

/// <summary>A new property looks as if the file's author had written it.</summary>
public sealed class InsertPropertyTests
{
    // The line with '+' is the one to be added.
    public static TheoryData<string> Layouts => [
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
        +    <Added>value</Added>
          </PropertyGroup>

          <PropertyGroup>
            <Other>1</Other>
          </PropertyGroup>

        </Project>

        """,
        """
        <Project>
        	<PropertyGroup Condition="'$(A)' == ''">
        		<B>1</B>
        	</PropertyGroup>
        	<PropertyGroup />
        	<PropertyGroup>
        	</PropertyGroup>
        	<PropertyGroup Label="x">

        		<TargetFramework>net10.0</TargetFramework>

        		<!-- the last word -->
        +		<Added>value</Added>

        	</PropertyGroup>
        </Project>
        """,
        """
        <Project>
          <PropertyGroup>
            <!-- a --><A>1</A> <B>1</B>
            <C
              Condition="true">1</C> <!-- c -->
        +    <Added>value</Added>
          </PropertyGroup></Project>
        """,
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <Import Project="a.props" />
          <PropertyGroup Condition="'$(A)' == ''">
            <B>1</B>
          </PropertyGroup>
        +  <PropertyGroup>
        +    <Added>value</Added>
        +  </PropertyGroup>
        </Project>
        """,
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <!-- everything is in Directory.Build.props -->
        +  <PropertyGroup>
        +    <Added>value</Added>
        +  </PropertyGroup>
        </Project>
        """,
        """
        <Project>
        <PropertyGroup>
        <A>1</A>
        +<Added>value</Added>
        </PropertyGroup>
        </Project>
        """,
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void AnyLayout_GetsALineLikeItsNeighbours(string layout)
    {
        foreach (string lineEnd in new[] { "\n", "\r\n" })
        {
            string[] lines = layout.ReplaceLineEndings("\n").Split('\n');
            string before = string.Join(lineEnd, lines.Where(line => !line.StartsWith('+')));
            string after = string.Join(lineEnd, lines.Select(line => line.TrimStart('+')));
            foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true) })
            {
                ProjectEdit edit = ProjectFileEditor.Insert((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(before)], "Added", "value", condition: null);

                ProjectEdit.Changed changed = Assert.IsType<ProjectEdit.Changed>(edit);
                Assert.Equal([.. encoding.GetPreamble(), .. encoding.GetBytes(after)], changed.Bytes.ToArray());
                int line = Array.FindIndex(lines, text => text.Contains("<Added>", StringComparison.Ordinal));
                Assert.Equal((line + 1, lines[line].IndexOf('<', StringComparison.Ordinal)), (changed.Line, changed.Column));
            }
        }
    }

    [Theory]
    [InlineData("<Project><PropertyGroup><A>1</A></PropertyGroup></Project>", "<Project><PropertyGroup><A>1</A><Added>value</Added></PropertyGroup></Project>")]
    [InlineData("<Project><PropertyGroup> <A>1</A> </PropertyGroup></Project>", "<Project><PropertyGroup> <A>1</A> <Added>value</Added> </PropertyGroup></Project>")]
    [InlineData("<Project><Import Project='a'/></Project>", "<Project><Import Project='a'/><PropertyGroup><Added>value</Added></PropertyGroup></Project>")]
    [InlineData("<Project Sdk='a' />", "<Project Sdk='a'>\n  <PropertyGroup>\n    <Added>value</Added>\n  </PropertyGroup>\n</Project>")]
    [InlineData("<Project Sdk='a'></Project>", "<Project Sdk='a'>\n  <PropertyGroup>\n    <Added>value</Added>\n  </PropertyGroup>\n</Project>")]
    [InlineData("<Project xmlns='urn:x'><PropertyGroup><A/></PropertyGroup></Project>", "<Project xmlns='urn:x'><PropertyGroup><A/><Added>value</Added></PropertyGroup></Project>")]
    [InlineData("<Project><PropertyGroup>\r\n\t<A/>\n</PropertyGroup></Project>", "<Project><PropertyGroup>\r\n\t<A/>\r\n\t<Added>value</Added>\n</PropertyGroup></Project>")]
    public void SmallProject_GetsItToo(string before, string after)
    {
        ProjectEdit edit = ProjectFileEditor.Insert(Encoding.UTF8.GetBytes(before), "Added", "value", condition: null);

        Assert.Equal(after, Encoding.UTF8.GetString(Assert.IsType<ProjectEdit.Changed>(edit).Bytes.Span));
    }

    [Fact]
    public void Condition_IsWrittenAndEscaped()
    {
        byte[] file = "<Project>\n  <PropertyGroup>\n    <A>1</A>\n  </PropertyGroup>\n</Project>\n"u8.ToArray();

        ProjectEdit edit = ProjectFileEditor.Insert(file, "Added", "value", "'$(TargetFramework)' == 'net10.0' and 1 < 2");

        Assert.Equal(
            "<Project>\n  <PropertyGroup>\n    <A>1</A>\n    <Added Condition=\"'$(TargetFramework)' == 'net10.0' and 1 &lt; 2\">value</Added>\n  </PropertyGroup>\n</Project>\n",
            Encoding.UTF8.GetString(Assert.IsType<ProjectEdit.Changed>(edit).Bytes.Span));
    }

    [Fact]
    public void PrefixedProject_IsRefused()
    {
        byte[] file = "<m:Project xmlns:m='urn:x'><m:PropertyGroup><m:A/></m:PropertyGroup></m:Project>"u8.ToArray();

        Assert.IsType<ProjectEdit.Refused>(ProjectFileEditor.Insert(file, "Added", "value", condition: null));
    }
}
