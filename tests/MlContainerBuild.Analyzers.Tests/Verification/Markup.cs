using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Analyzers.Tests.Verification;

/// <summary>
/// The markup of Microsoft.CodeAnalysis.Testing: <c>[|x|]</c> is a diagnostic of the analyzer's own rule,
/// <c>{|MLC2001:x|}</c> one of the named rule, <c>{|#0:x|}</c> a place that an expected result names by number.
/// </summary>
internal sealed class Markup
{
    private Markup(string source, IReadOnlyList<(string? Id, TextSpan Span)> diagnostics, IReadOnlyDictionary<int, TextSpan> locations)
    {
        Source = source;
        Diagnostics = diagnostics;
        Locations = locations;
    }

    public string Source { get; }

    public IReadOnlyList<(string? Id, TextSpan Span)> Diagnostics { get; }

    public IReadOnlyDictionary<int, TextSpan> Locations { get; }

    public static Markup Parse(string marked)
    {
        var source = new StringBuilder(marked.Length);
        var open = new Stack<(string? Name, int Start)>();
        var diagnostics = new List<(string? Id, TextSpan Span)>();
        var locations = new Dictionary<int, TextSpan>();

        for (int i = 0; i < marked.Length;)
        {
            ReadOnlySpan<char> rest = marked.AsSpan(i);
            if (rest.StartsWith("[|"))
            {
                open.Push((null, source.Length));
                i += 2;
            }
            else if (rest.StartsWith("{|") && rest.IndexOf(':') is > 2 and int colon)
            {
                open.Push((rest[2..colon].ToString(), source.Length));
                i += colon + 1;
            }
            else if (open.Count > 0 && rest.StartsWith(open.Peek().Name is null ? "|]" : "|}"))
            {
                (string? name, int start) = open.Pop();
                TextSpan span = TextSpan.FromBounds(start, source.Length);
                if (name is ['#', .. string number])
                    locations.Add(int.Parse(number, CultureInfo.InvariantCulture), span);
                else
                    diagnostics.Add((name, span));

                i += 2;
            }
            else
            {
                source.Append(marked[i++]);
            }
        }

        Assert.True(open.Count == 0, "The markup is not closed.");
        return new Markup(source.ToString(), diagnostics, locations);
    }
}
