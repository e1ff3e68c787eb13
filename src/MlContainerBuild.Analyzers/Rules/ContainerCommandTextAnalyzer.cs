using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2105. The command line of docker, podman, nerdctl or kubectl is put together as text: a value with a space in it
/// becomes further arguments, <c>-v /:/host --privileged</c> among them; in a test project it is Info. Reported is text that is visibly built (interpolated,
/// concatenated, formatted) from a string; not a variable of unknown content, nor numbers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContainerCommandTextAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.ContainerCommandText);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start => ContainerCommand.Register(start, Analyze));
    }

    private static void Analyze(OperationAnalysisContext context, ContainerCommand command)
    {
        DiagnosticSeverity severity = ProjectKind.SeverityOutsideTests(context.Compilation, Descriptors.ContainerCommandText);
        foreach (IOperation commandLine in command.CommandLines)
        {
            if (FindText(commandLine, depth: 8) is { } part)
                context.ReportDiagnostic(Descriptors.ContainerCommandText.At(commandLine, severity, command.Tool, part.Syntax.ToString()));
        }
    }

    /// <summary>The first part of a built text that is a string only the running program knows.</summary>
    private static IOperation? FindText(IOperation commandLine, int depth)
    {
        IOperation text = commandLine.Unwrap();
        if (text.ConstantValue.HasValue || depth == 0)
            return null;

        switch (text)
        {
            case IInterpolatedStringOperation interpolated:
                return interpolated.Parts.OfType<IInterpolationOperation>()
                    .Select(part => FindPart(part.Expression, depth - 1))
                    .FirstOrDefault(part => part is not null);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } addition:
                return FindPart(addition.LeftOperand, depth - 1) ?? FindPart(addition.RightOperand, depth - 1);
            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Format" or "Concat", ContainingType.SpecialType: SpecialType.System_String } } call:
                return call.Arguments.SelectMany(argument => CollectionElements.Of(argument.Value) ?? [argument.Value])
                    .Select(argument => FindPart(argument, depth - 1))
                    .FirstOrDefault(part => part is not null);
            case ILocalReferenceOperation local when LocalValue.Of(local) is { } value:
                return FindText(value, depth - 1);
            default:
                return null;
        }
    }

    private static IOperation? FindPart(IOperation part, int depth)
    {
        part = part.Unwrap();
        if (KnownText.Of(part).IsConstant || !CanHoldSpaces(part.Type))
            return null;

        // A part that is itself built text, with nothing but numbers in it, is as harmless as they are.
        return part is IInterpolatedStringOperation or IBinaryOperation
            || (part is ILocalReferenceOperation local && LocalValue.Of(local)?.Unwrap() is IInterpolatedStringOperation or IBinaryOperation)
                ? FindText(part, depth)
                : part;
    }

    private static bool CanHoldSpaces(ITypeSymbol? type) => type is null || type.TypeKind switch
    {
        TypeKind.Enum => false,
        TypeKind.Struct => type.SpecialType == SpecialType.None
            && type is not INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            && type.Name is not ("Guid" or "Version" or "IPAddress"),
        _ => true,
    };
}
