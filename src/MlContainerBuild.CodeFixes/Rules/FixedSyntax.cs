using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>Syntax that several fixes write.</summary>
internal static class FixedSyntax
{
    /// <summary>An arena of 4 GiB that grows by what is asked for: a place to start from, said in the fix's title.</summary>
    internal const string ArenaLimit = "4294967296";

    internal static LiteralExpressionSyntax Text(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    /// <summary>Parsed code whose type names are shortened to what the file imports.</summary>
    internal static ExpressionSyntax Expression(string code)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(code);
        return expression
            .ReplaceNodes(
                expression.DescendantNodes().Where(node => node is MemberAccessExpressionSyntax or QualifiedNameSyntax),
                (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>
    /// <c>using (var options = new …) { options.UpdateOptions(content); receiver.Append…(options); }</c> in place of a statement.
    /// A using statement and not a declaration: it may stand anywhere, and its name meets no other one.
    /// </summary>
    internal static StatementSyntax AppendWithOptions(
        ExpressionStatementSyntax replaced, string optionsType, string append, ExpressionSyntax content)
    {
        var call = (InvocationExpressionSyntax)replaced.Expression;
        var receiver = (MemberAccessExpressionSyntax)call.Expression;
        string name = UnusedName(replaced, "providerOptions");
        string line = EndOfLine(replaced).ToString();

        var block = (UsingStatementSyntax)SyntaxFactory.ParseStatement(
            $"using (var {name} = new Microsoft.ML.OnnxRuntime.{optionsType}()){line}{{{line}{name}.UpdateOptions(content);{line}receiver.{append}({name});{line}}}{line}");
        block = block.ReplaceNodes(
            block.DescendantNodes().OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText is "content" or "receiver"),
            (identifier, _) => identifier.Identifier.ValueText == "content" ? content.WithoutTrivia() : receiver.Expression.WithoutTrivia());

        block = block.ReplaceNodes(
            block.DescendantNodes().OfType<QualifiedNameSyntax>().Where(type => type.Parent is ObjectCreationExpressionSyntax),
            (type, _) => type.WithAdditionalAnnotations(Simplifier.Annotation));

        return block.WithTriviaFrom(replaced).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>The initialiser with further entries, written as its other ones are.</summary>
    internal static InitializerExpressionSyntax WithEntries(InitializerExpressionSyntax initializer, params (string Key, string Value)[] entries)
    {
        bool isPairs = initializer.Expressions.Any(entry => entry is InitializerExpressionSyntax);
        ExpressionSyntax? last = initializer.Expressions.LastOrDefault();
        SyntaxTriviaList indentation = [.. (last?.GetLeadingTrivia() ?? default).Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];
        bool isOneLine = last is not null && !initializer.ToString().Contains('\n');

        SyntaxNodeOrTokenList list = initializer.Expressions.GetWithSeparators();
        SyntaxTriviaList endOfLine = isOneLine
            ? SyntaxFactory.TriviaList(SyntaxFactory.Space)
            : SyntaxFactory.TriviaList(EndOfLine(initializer));

        bool hadTrailingComma = list.Count > 0 && list[list.Count - 1].IsToken;
        foreach ((string key, string value) in entries)
        {
            if (list.Count > 0 && list[list.Count - 1].IsNode)
            {
                SyntaxNode before = list[list.Count - 1].AsNode()!;
                list = list.Replace(list[list.Count - 1], before.WithoutTrailingTrivia())
                    .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(before.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? before.GetTrailingTrivia() : endOfLine));
            }

            ExpressionSyntax entry = isPairs
                ? SyntaxFactory.ParseExpression($"new D {{ {{ \"{key}\", \"{value}\" }} }}").DescendantNodes().OfType<InitializerExpressionSyntax>().Last()
                : SyntaxFactory.ParseExpression($"new D {{ [\"{key}\"] = \"{value}\" }}").DescendantNodes().OfType<AssignmentExpressionSyntax>().First();

            list = list.Add(entry.WithoutTrivia().WithLeadingTrivia(isOneLine ? default : indentation)
                .WithTrailingTrivia(isOneLine ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : default));
        }

        if (!isOneLine)
        {
            list = hadTrailingComma
                ? list.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(endOfLine))
                : list.Replace(list[list.Count - 1], list[list.Count - 1].WithTrailingTrivia(endOfLine));
        }

        return initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(list));
    }

    /// <summary>Whether one of the entries already has this key.</summary>
    internal static bool HasEntry(InitializerExpressionSyntax initializer, string key) =>
        initializer.DescendantTokens().Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText == key);

    /// <summary>As the file ends its lines.</summary>
    internal static SyntaxTrivia EndOfLine(SyntaxNode inFile)
    {
        SyntaxTrivia first = inFile.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.LineFeed;
    }

    private static string UnusedName(SyntaxNode inMember, string name)
    {
        SyntaxNode member = inMember.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? inMember.SyntaxTree.GetRoot();
        var used = new HashSet<string>(
            member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);

        string candidate = name;
        for (int i = 2; used.Contains(candidate); i++)
            candidate = name + i;

        return candidate;
    }
}
