using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// MLC2105: one entry of <c>ArgumentList</c> an argument, in the constructor's or initialiser's place of the text, or as calls
/// of <c>Add</c> where it was assigned. Offered only where the text shows its arguments (see <see cref="CommandTokens"/>).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ContainerCommandTextFixer)), Shared]
public sealed class ContainerCommandTextFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["MLC2105"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model?.Compilation.GetTypeByMetadataName("System.Diagnostics.ProcessStartInfo") is not { } startInfo
            || startInfo.GetMembers("ArgumentList").IsEmpty)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax commandLine
                || IsRunByShell(commandLine)
                || CommandTokens.Split(commandLine, model) is not { Count: > 0 } arguments
                || Repair(root, commandLine, arguments, model) is not { } repaired)
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use ArgumentList",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(repaired)),
                    nameof(ContainerCommandTextFixer)),
                diagnostic);
        }
    }

    /// <summary>A shell takes its script as one argument: the list would have to be the shell's, and the text stay.</summary>
    private static bool IsRunByShell(ExpressionSyntax commandLine) =>
        commandLine.DescendantTokens()
            .FirstOrDefault(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)).ValueText is { } first
        && (first.TrimStart().StartsWith("-c", StringComparison.Ordinal) || first.TrimStart().StartsWith("/c", StringComparison.OrdinalIgnoreCase));

    private static SyntaxNode? Repair(SyntaxNode root, ExpressionSyntax commandLine, IReadOnlyList<ExpressionSyntax> arguments, SemanticModel model)
    {
        if (Receiver(commandLine) is { } receiver && UsesTextElsewhere(commandLine, receiver))
            return null;

        switch (commandLine.Parent)
        {
            // Arguments = $"…" in an initialiser
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Parent: InitializerExpressionSyntax } assignment:
                return root.ReplaceNode(assignment, ArgumentList(arguments).WithTriviaFrom(assignment));

            // start.Arguments = $"…";
            case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }:
                return root.ReplaceNode(statement, Adds(statement, target, arguments));

            // new ProcessStartInfo("docker", $"…")
            case ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Arguments.Count: 2, Parent: BaseObjectCreationExpressionSyntax creation } } argument:
                BaseObjectCreationExpressionSyntax shorter = creation.WithArgumentList(creation.ArgumentList!.WithArguments(creation.ArgumentList.Arguments.Remove(argument)));
                return root.ReplaceNode(creation, WithArgumentList(shorter, arguments).WithAdditionalAnnotations(Formatter.Annotation));

            // Process.Start("docker", $"…")
            case ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Arguments.Count: 2, Parent: InvocationExpressionSyntax call } }
                when TakesArgumentList(call, model):
                return root.ReplaceNode(commandLine, Array(arguments).WithTriviaFrom(commandLine));

            default:
                return null;
        }
    }

    /// <summary>What the text is given to, as it is written; null where nothing can get at it afterwards.</summary>
    private static string? Receiver(ExpressionSyntax commandLine)
    {
        if (commandLine.Parent is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax target })
            return target.Expression.ToString();

        return commandLine.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>()?.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            AssignmentExpressionSyntax assignment => assignment.Left.ToString(),
            _ => null,
        };
    }

    /// <summary>A process does not start with both, and what reads the text would find it empty.</summary>
    private static bool UsesTextElsewhere(ExpressionSyntax commandLine, string receiver)
    {
        SyntaxNode member = commandLine.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? commandLine.SyntaxTree.GetRoot();
        return member.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Any(access => access.Name.Identifier.ValueText == "Arguments" && access.Expression.ToString() == receiver && access.Parent != commandLine.Parent);
    }

    private static bool TakesArgumentList(InvocationExpressionSyntax call, SemanticModel model) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Start", Parameters.Length: 2 } start
        && start.ContainingType.GetMembers("Start").OfType<IMethodSymbol>()
            .Any(method => method.Parameters.Length == 2 && method.Parameters[1].Type.Name == "IEnumerable");

    private static ExpressionSyntax Array(IEnumerable<ExpressionSyntax> arguments) =>
        SyntaxFactory.ParseExpression($"new[] {{ {string.Join(", ", arguments)} }}");

    private static BaseObjectCreationExpressionSyntax WithArgumentList(BaseObjectCreationExpressionSyntax creation, IReadOnlyList<ExpressionSyntax> arguments)
    {
        if (creation.Initializer is not { Expressions.Count: > 0 } initializer)
        {
            return creation.WithInitializer(SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression,
                SyntaxFactory.SingletonSeparatedList<ExpressionSyntax>(ArgumentList(arguments))));
        }

        ExpressionSyntax first = initializer.Expressions[0];
        return creation.WithInitializer(initializer.WithExpressions(
            initializer.Expressions.Insert(0, ArgumentList(arguments).WithLeadingTrivia(first.GetLeadingTrivia()))));
    }

    private static AssignmentExpressionSyntax ArgumentList(IEnumerable<ExpressionSyntax> arguments) =>
        SyntaxFactory.ParseExpression($"new D {{ ArgumentList = {{ {string.Join(", ", arguments)} }} }}")
            .DescendantNodes().OfType<AssignmentExpressionSyntax>().First().WithoutTrivia();

    /// <summary>A call for each argument; the first keeps what stood before the statement, the last what stood behind it.</summary>
    private static IEnumerable<StatementSyntax> Adds(ExpressionStatementSyntax replaced, MemberAccessExpressionSyntax target, IReadOnlyList<ExpressionSyntax> arguments)
    {
        SyntaxTriviaList indentation = [.. replaced.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))];
        for (int i = 0; i < arguments.Count; i++)
        {
            yield return SyntaxFactory.ParseStatement($"{target.Expression.WithoutTrivia()}.ArgumentList.Add({arguments[i]});")
                .WithLeadingTrivia(i == 0 ? replaced.GetLeadingTrivia() : indentation)
                .WithTrailingTrivia(i == arguments.Count - 1 ? replaced.GetTrailingTrivia() : [FixedSyntax.EndOfLine(replaced)]);
        }
    }
}
