using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Credentials;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC1006. A constant that takes the place of a secret which is not configured: <c>configuration["Jwt:Key"] ?? "…"</c>, the
/// default of <c>GetValue</c>, the other branch of a conditional, what is assigned afterwards. The service starts without its secret and nobody notices,
/// except those who know the constant. A password that everybody knows is a warning: that is a door, but no leak.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretFallbackAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.SecretFallback);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectKind.IsTest(start.Compilation))
                return;

            var settings = new CredentialSettings.Cache();
            start.RegisterOperationAction(
                operation => Analyze(operation, settings),
                OperationKind.Coalesce,
                OperationKind.CoalesceAssignment,
                OperationKind.SimpleAssignment,
                OperationKind.Conditional);
            WrittenFiles.With(["GetValue"], start.Compilation)?.RegisterOperationAction(start, operation => Analyze(operation, settings), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, CredentialSettings.Cache settings)
    {
        switch (context.Operation)
        {
            case ICoalesceOperation coalesce:
                Judge(context, coalesce.Value, coalesce.WhenNull, ConfigurationLookup.KeyOf, settings);
                break;
            case ICoalesceAssignmentOperation assignment:
                Judge(context, assignment.Target, assignment.Value, ConfigurationLookup.KeyOfTarget, settings);
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: var value } when value.Unwrap() is ILiteralOperation or IFieldReferenceOperation { Field.IsConst: true }:
                // if (string.IsNullOrEmpty(key)) key = "…";
                Judge(context, target, value, ConfigurationLookup.KeyOfTarget, settings);
                break;
            case IConditionalOperation { Type: not null, WhenFalse: { } whenFalse } conditional:
                Judge(context, conditional.WhenTrue, conditional.WhenTrue, ConfigurationLookup.KeyOfOther, settings);
                Judge(context, whenFalse, whenFalse, ConfigurationLookup.KeyOfOther, settings);
                break;
            case IInvocationOperation { TargetMethod: { Name: "GetValue", ContainingType.Name: "ConfigurationBinder" } } call
                when call.Arguments.FirstOrDefault(argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "defaultValue" }) is { } fallback:
                Judge(context, call, fallback.Value, ConfigurationLookup.KeyOf, settings);
                break;
        }
    }

    private static void Judge(OperationAnalysisContext context, IOperation lookup, IOperation fallback, Func<IOperation, string?> keyOf, CredentialSettings.Cache settings)
    {
        // Most fallbacks are no text at all: only what may be a constant is worth looking up.
        if (fallback.Type?.SpecialType is not (SpecialType.System_String or SpecialType.System_Object) || keyOf(lookup) is not { } key)
            return;

        foreach (ConstantOrigin origin in ConstantOrigin.Of(fallback))
        {
            if (origin.IsBytes || origin.Preferred is not null || FallbackSecret.SeverityOf(key, origin.Text) is not { } severity
                || SecretProof.IsIn(origin.Text) || LoopbackEndpoint.IsNear(fallback)
                || settings.For(context.Operation.Syntax.SyntaxTree, context.Options).IsPlaceholder(origin.Text))
            {
                continue;
            }

            context.ReportDiagnostic(Descriptors.SecretFallback.At(origin.Source.Syntax.GetLocation(), severity, (SettingName.PropertyName, key), key));
        }
    }
}
