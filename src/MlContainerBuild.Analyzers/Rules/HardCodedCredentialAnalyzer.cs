using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Credentials;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC1002, MLC1004, MLC1008. A constant that is a credential because of where it goes (<see cref="CredentialFinder"/>),
/// reported at the constant, once.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HardCodedCredentialAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.HardCodedCredential, Descriptors.HardCodedKey, Descriptors.PossibleSecret);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            // Passwords in tests are made up, nearly all of them.
            if (ProjectKind.IsTest(start.Compilation))
                return;

            var compilation = new CompilationContext(start.Options);
            start.RegisterOperationAction(compilation.Analyze, CredentialFinder.Kinds);
        });
    }

    private sealed class CompilationContext(AnalyzerOptions options)
    {
        private readonly CredentialFinder finder = new(options);
        private readonly ConcurrentDictionary<(SyntaxTree File, TextSpan Span), bool> reported = new();
        private readonly ConcurrentDictionary<SyntaxTree, DistinctSettings> settings = new();

        internal void Analyze(OperationAnalysisContext context)
        {
            foreach (FoundCredential found in finder.Find(context.Operation, context.ContainingSymbol))
            {
                // Several uses may lead back to one constant.
                SyntaxNode constant = found.Constant.Syntax;
                if (found.Constant != context.Operation && !reported.TryAdd((constant.SyntaxTree, constant.Span), true))
                    continue;

                SettingName setting = SettingOf(found);
                context.ReportDiagnostic(found.Rule.At(
                    constant.GetLocation(), found.Severity, found.IsFixable ? setting.Property : null, found.Place, setting.Key, setting.File));
            }
        }

        private SettingName SettingOf(FoundCredential found)
        {
            if (ConfigurationLookup.KeyBefore(found.Constant) is { } key)
                return SettingName.Known(key);

            return found.Constant.SemanticModel is { } model
                ? settings.GetOrAdd(model.SyntaxTree, _ => DistinctIn(model)).At(found.Constant.Syntax.Span, found.Setting)
                : found.Setting;
        }

        /// <summary>Looks at a file once, and only where there is a credential in it.</summary>
        private DistinctSettings DistinctIn(SemanticModel model)
        {
            var secrets = new List<(SyntaxNode Place, string Value, SettingName Setting)>();
            foreach (SyntaxNode node in model.SyntaxTree.GetRoot().DescendantNodes())
            {
                if (!CredentialFinder.MayBe(node) || model.GetOperation(node) is not { } operation || model.GetEnclosingSymbol(node.SpanStart) is not { } symbol)
                    continue;

                foreach (FoundCredential found in finder.Find(operation, Member(symbol)))
                {
                    if (found.Constant.Syntax.SyntaxTree == model.SyntaxTree && ConfigurationLookup.KeyBefore(found.Constant) is null)
                        secrets.Add((found.Constant.Syntax, found.Value, found.Setting));
                }
            }

            return new DistinctSettings(secrets);
        }

        /// <summary>The symbol that the compiler's analysis calls the containing one: no lambda or local function.</summary>
        private static ISymbol Member(ISymbol symbol)
        {
            while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } && symbol.ContainingSymbol is { } outer)
                symbol = outer;

            return symbol;
        }
    }
}
