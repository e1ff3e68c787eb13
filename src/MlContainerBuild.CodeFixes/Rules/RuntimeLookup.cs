using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlContainerBuild.Analyzers.Credentials;

namespace MlContainerBuild.CodeFixes.Rules;

/// <summary>
/// Code that reads a secret at run time, in the forms that fit a place: from an <c>IConfiguration</c> in scope, from the
/// builder or host that has one, else from the environment. Which of them compiles is tried, in this order.
/// </summary>
internal static class RuntimeLookup
{
    private const string ConnectionStrings = "ConnectionStrings:";

    /// <summary>The candidates, best first, each with its <c>?? throw</c>.</summary>
    internal static IEnumerable<ExpressionSyntax> At(ExpressionSyntax place, SemanticModel model, string key)
    {
        foreach (string configuration in Configurations(place, model))
        {
            if (key.StartsWith(ConnectionStrings, StringComparison.Ordinal))
                yield return OrThrow($"{configuration}.GetConnectionString({FixedSyntax.Text(key.Substring(ConnectionStrings.Length))})", key);

            yield return OrThrow($"{configuration}[{FixedSyntax.Text(key)}]", key);
        }

        yield return FromEnvironment(key);
    }

    /// <summary>Where no configuration is at hand: the variable that a configuration would take for the same setting.</summary>
    internal static ExpressionSyntax FromEnvironment(string key) =>
        OrThrow($"System.Environment.GetEnvironmentVariable({FixedSyntax.Text(SettingName.FileOf(key))})", SettingName.FileOf(key));

    internal static ExpressionSyntax OrThrow(string lookup, string name) => FixedSyntax.Expression($"{lookup} ?? {ThrowCode(name)}");

    internal static ExpressionSyntax Throw(string name) => FixedSyntax.Expression(ThrowCode(name));

    /// <summary>Whether an expression with <c>??</c> in it can stand at the place without parentheses.</summary>
    internal static bool NeedsParentheses(ExpressionSyntax place) => place.Parent switch
    {
        ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or InitializerExpressionSyntax
            or SwitchExpressionArmSyntax or ParenthesizedExpressionSyntax or ExpressionElementSyntax or AnonymousObjectMemberDeclaratorSyntax => false,
        AssignmentExpressionSyntax assignment => assignment.Right != place,
        ConditionalExpressionSyntax conditional => conditional.Condition == place,
        BinaryExpressionSyntax binary => !(binary.IsKind(SyntaxKind.CoalesceExpression) && binary.Right == place),
        LambdaExpressionSyntax => false,
        _ => true,
    };

    private static string ThrowCode(string name) => $"throw new System.InvalidOperationException({FixedSyntax.Text(name + " is not configured")})";

    private static IEnumerable<string> Configurations(ExpressionSyntax place, SemanticModel model)
    {
        var symbols = model.LookupSymbols(place.SpanStart)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol { IsIndexer: false } && symbol.CanBeReferencedByName)
            .OrderBy(Rank)
            .ThenBy(symbol => symbol.Name, StringComparer.Ordinal)
            .ToList();

        foreach (ISymbol symbol in symbols)
        {
            if (TypeOf(symbol) is { } type && ConfigurationLookup.IsConfiguration(type) && type.Name != "NameValueCollection")
                yield return symbol.Name;
        }

        // builder.Configuration, app.Configuration, context.Configuration
        foreach (ISymbol symbol in symbols.Where(symbol => symbol is ILocalSymbol or IParameterSymbol))
        {
            bool hasOne = TypeOf(symbol)?.GetMembers("Configuration").OfType<IPropertySymbol>().Any(property => ConfigurationLookup.IsConfiguration(property.Type)) == true;
            if (hasOne)
                yield return symbol.Name + ".Configuration";
        }
    }

    private static int Rank(ISymbol symbol) => symbol switch
    {
        IParameterSymbol => 0,
        ILocalSymbol => 1,
        IFieldSymbol => 2,
        _ => 3,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
