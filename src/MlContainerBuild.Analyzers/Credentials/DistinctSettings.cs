using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// The settings of the secrets of one file. Different secrets never share one: a fix of all would compile, and the service
/// would connect to the wrong place. Those that would are told apart by the names around them, from the inside out.
/// </summary>
internal sealed class DistinctSettings
{
    private const int MaximumNames = 4;

    private readonly Dictionary<TextSpan, SettingName> bySpan = [];

    /// <param name="secrets">Where each stands, what it is, and what it would be called alone; in the order of the source.</param>
    internal DistinctSettings(IEnumerable<(SyntaxNode Place, string Value, SettingName Setting)> secrets)
    {
        var entries = new List<Entry>();
        foreach ((SyntaxNode place, string value, SettingName setting) in secrets)
        {
            if (!bySpan.ContainsKey(place.Span))
                entries.Add(new Entry(place, value, setting));

            bySpan[place.Span] = setting;
        }

        for (int names = 1; names <= MaximumNames && Ambiguous(entries) is { Count: > 0 } ambiguous; names++)
        {
            // The same secret twice is one setting.
            foreach (var sameSecret in ambiguous.GroupBy(entry => (entry.Alone.Key, entry.Value)))
            {
                SettingName setting = sameSecret.First().Alone.Within(Subject(sameSecret.First(), names));
                foreach (Entry entry in sameSecret)
                    entry.Current = setting;
            }
        }

        Number(entries);
        foreach (Entry entry in entries)
            bySpan[entry.Place.Span] = entry.Current;
    }

    /// <summary>The setting of the secret at the place; what it would be called alone where the file's others are not known.</summary>
    internal SettingName At(TextSpan place, SettingName alone) => bySpan.TryGetValue(place, out SettingName setting) ? setting : alone;

    private static List<Entry> Ambiguous(List<Entry> entries) =>
        [.. entries.GroupBy(entry => entry.Current.Key, StringComparer.OrdinalIgnoreCase).Where(HasSeveralValues).SelectMany(group => group)];

    private static bool HasSeveralValues(IEnumerable<Entry> entries) => entries.Select(entry => entry.Value).Distinct(StringComparer.Ordinal).Skip(1).Any();

    private static void Number(List<Entry> entries)
    {
        List<Entry> ambiguous = Ambiguous(entries);
        if (ambiguous.Count == 0)
            return;

        // A name that the file mentions may be what the fix of another secret left.
        var taken = new HashSet<string>(entries.Select(entry => entry.Current.Key), StringComparer.OrdinalIgnoreCase);
        taken.UnionWith(entries[0].Place.SyntaxTree.GetRoot().DescendantTokens().Select(token => token.ValueText).Where(text => text.Length is > 0 and < 256));

        foreach (var sameValue in ambiguous.GroupBy(entry => (entry.Current.Key, entry.Value)).ToList())
        {
            int number = 1;
            SettingName numbered;
            do
                numbered = sameValue.First().Current.Numbered(number++);
            while (taken.Contains(numbered.Key) || taken.Contains(numbered.File) || taken.Contains(numbered.LastSegment));

            taken.Add(numbered.Key);
            foreach (Entry entry in sameValue)
                entry.Current = numbered;
        }
    }

    /// <summary>The innermost names that say something, outermost first.</summary>
    private static string Subject(Entry entry, int names)
    {
        var around = entry.Place.Ancestors()
            .Select(node => NameOf(node, entry.Place))
            .Where(name => name is not null)
            .Select(name => entry.Alone.Subject(name!))
            .Where(subject => subject.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(names)
            .Reverse();
        return string.Concat(around);
    }

    private static string? NameOf(SyntaxNode node, SyntaxNode place) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: var target } => NameOfTarget(target),
        ArgumentListSyntax { Arguments: [{ Expression: LiteralExpressionSyntax key }, _], Parent: InvocationExpressionSyntax call } when IsAdd(call) && !place.Contains(key) => EntryName.Of(key.Token.ValueText),
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [LiteralExpressionSyntax key, _] } when !place.Contains(key) => EntryName.Of(key.Token.ValueText),
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    private static string? NameOfTarget(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => EntryName.Of(key.Token.ValueText),
        ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => EntryName.Of(key.Token.ValueText),
        _ => null,
    };

    /// <summary><c>Add(key, value)</c>, <c>TryAdd(key, value)</c>, <c>SetEnvironmentVariable(key, value)</c></summary>
    private static bool IsAdd(InvocationExpressionSyntax call) =>
        (call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression) is SimpleNameSyntax { Identifier.ValueText: "Add" or "TryAdd" or "SetEnvironmentVariable" };

    private sealed class Entry(SyntaxNode place, string value, SettingName alone)
    {
        internal SyntaxNode Place { get; } = place;

        internal string Value { get; } = value;

        internal SettingName Alone { get; } = alone;

        internal SettingName Current { get; set; } = alone;
    }
}
