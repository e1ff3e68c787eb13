using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Credentials;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC1007. A secret that code puts into an environment variable, of its own process or one that it starts, or into a command
/// line. Child processes inherit the one, every user of the machine reads the other, and crash dumps have both.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProcessSecretAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Words =
        ["Environment", "EnvironmentVariables", "SetEnvironmentVariable", "Process", "ProcessStartInfo", "StartInfo", "ArgumentList", "Arguments"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.ProcessSecret);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectKind.IsTest(start.Compilation))
                return;

            var settings = new CredentialSettings.Cache();
            WrittenFiles.With(Words, start.Compilation)
                ?.RegisterOperationAction(start, operation => Analyze(operation, settings), OperationKind.Invocation, OperationKind.SimpleAssignment, OperationKind.ObjectCreation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, CredentialSettings.Cache settings)
    {
        switch (context.Operation)
        {
            case IInvocationOperation call:
                AnalyzeCall(context, call, settings);
                break;
            case ISimpleAssignmentOperation assignment:
                AnalyzeAssignment(context, assignment, settings);
                break;
            case IObjectCreationOperation { Type.Name: "ProcessStartInfo" } creation:
                AnalyzeCommandLine(context, Argument(creation.Arguments, "fileName"), Argument(creation.Arguments, "arguments"), settings);
                break;
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context, IInvocationOperation call, CredentialSettings.Cache settings)
    {
        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        switch (call.TargetMethod.Name)
        {
            case "SetEnvironmentVariable" when type.Name == "Environment" && type.ContainingNamespace.Is("System"):
            case "Add" or "TryAdd" or "set_Item" when call.Arguments.Length == 2 && ProcessSecret.IsEnvironment(call.Instance):
                AnalyzeVariable(context, call.Arguments[0].Value, call.Arguments[1].Value, settings);
                break;
            case "Start" when type.Name == "Process" && type.ContainingNamespace.Is("System", "Diagnostics"):
                AnalyzeCommandLine(context, Argument(call.Arguments, "fileName"), Argument(call.Arguments, "arguments"), settings);
                break;
            case "Add" when call.Instance is IPropertyReferenceOperation { Property: { Name: "ArgumentList", ContainingType.Name: "ProcessStartInfo" } }:
                AnalyzeCommandLine(context, program: null, call.Arguments[0].Value, settings);
                break;
        }
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context, ISimpleAssignmentOperation assignment, CredentialSettings.Cache settings)
    {
        switch (assignment.Target)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } entry when ProcessSecret.IsEnvironment(entry.Instance):
                AnalyzeVariable(context, entry.Arguments[0].Value, assignment.Value, settings);
                break;
            case IPropertyReferenceOperation { Property: { Name: "Arguments", ContainingType.Name: "ProcessStartInfo" } }:
                AnalyzeCommandLine(context, ProgramBeside(assignment), assignment.Value, settings);
                break;
        }
    }

    private static void AnalyzeVariable(OperationAnalysisContext context, IOperation name, IOperation value, CredentialSettings.Cache settings)
    {
        if (KnownText.ConstantOf(name) is not { } variable || CredentialName.Judge(variable) is var kind && kind == CredentialKind.None)
            return;

        foreach (ConstantOrigin origin in ConstantOrigin.Of(value))
        {
            if (!origin.IsBytes && CredentialValue.IsSecretNamed(kind, origin.Text) && !SecretProof.IsIn(origin.Text) && origin.Preferred is null
                && !settings.For(context.Operation.Syntax.SyntaxTree, context.Options).IsPlaceholder(origin.Text))
            {
                context.ReportDiagnostic(Descriptors.ProcessSecret.At(origin.Source, $"environment variable {variable}"));
            }
        }
    }

    private static IOperation? Argument(ImmutableArray<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    /// <summary>"curl" of <c>new ProcessStartInfo { FileName = "curl", Arguments = "…" }</c>.</summary>
    private static IOperation? ProgramBeside(ISimpleAssignmentOperation arguments) =>
        arguments.Parent is IObjectOrCollectionInitializerOperation { Initializers: var siblings }
            ? siblings.OfType<ISimpleAssignmentOperation>().FirstOrDefault(sibling => sibling.Target is IPropertyReferenceOperation { Property.Name: "FileName" })?.Value
            : null;

    /// <param name="program">What says how to read the arguments: <c>-p</c> is a password to some, a port to others.</param>
    private static void AnalyzeCommandLine(OperationAnalysisContext context, IOperation? program, IOperation? arguments, CredentialSettings.Cache settings)
    {
        if (arguments is null)
            return;

        KnownText known = KnownText.Of(arguments);
        string text = CollectionElements.Of(arguments) is { } elements
            ? string.Join(" ", elements.Select(element => KnownText.Of(element).Text))
            : known.Text;
        string shown = text.Replace(KnownText.Hole.ToString(), "${}");
        if (text.Length < 12 || SecretProof.IsIn(shown))
            return;

        string command = KnownText.ConstantOf(program) + " " + shown;
        foreach (SecretMatch match in NamedSecret.FindAll(command))
        {
            string secret = command.Substring(match.Start, match.Length);
            if (secret.Contains("${") || settings.For(context.Operation.Syntax.SyntaxTree, context.Options).IsPlaceholder(secret))
                continue;

            IOperation source = known.Pieces.FirstOrDefault(piece => piece.IsLiteral && text.IndexOf(secret, StringComparison.Ordinal) is var at && piece.Start <= at && at < piece.End).Source ?? arguments;
            context.ReportDiagnostic(Descriptors.ProcessSecret.At(source, "command line"));
            return;
        }
    }
}
