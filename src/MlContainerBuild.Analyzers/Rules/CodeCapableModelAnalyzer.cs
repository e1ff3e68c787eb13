using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2205. Reading the model runs what is in it: a Python pickle read through Python.NET, always; a TensorFlow graph, which is
/// a program that can read and write files, when it was received in the same member or lies in the temporary directory.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CodeCapableModelAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Unpicklers = ["pickle.load", "dill.load", "joblib.load", "torch.load(", "pd.read_pickle", "allow_pickle=True"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.CodeCapableModel);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(["Import", "ImportModule", "Exec", "Eval", "RunSimpleString", "RunString"], start.Compilation) is { } scripts
                && start.Compilation.GetTypeByMetadataName("Python.Runtime.Py") is not null)
            {
                scripts.RegisterOperationAction(start, AnalyzePython, OperationKind.Invocation);
            }

            if (WrittenFiles.With(["LoadTensorFlowModel", "load", "load_model", "Import", "import_graph_def"], start.Compilation) is { } loads
                && (start.Compilation.GetTypeByMetadataName("Microsoft.ML.TensorflowCatalog") is not null
                    || start.Compilation.GetTypeByMetadataName("Tensorflow.Graph") is not null))
            {
                loads.RegisterOperationAction(start, AnalyzeTensorFlow, OperationKind.Invocation);
            }
        });
    }

    private static void AnalyzePython(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.Arguments.Length == 0 || !call.TargetMethod.ContainingNamespace.Is("Python", "Runtime"))
            return;

        IOperation text = call.Arguments[0].Value;
        string? unpickler = call.TargetMethod.Name switch
        {
            "Import" or "ImportModule" => KnownText.ConstantOf(text) is "pickle" or "_pickle" or "dill" or "cloudpickle" or "joblib" ? KnownText.ConstantOf(text) : null,
            "Exec" or "Eval" or "RunSimpleString" or "RunString" => FindUnpickler(KnownText.Of(text).Text),
            _ => null,
        };

        if (unpickler is not null)
            context.ReportDiagnostic(Descriptors.CodeCapableModel.At(text, unpickler.TrimEnd('('), "runs the code that the file names"));
    }

    private static string? FindUnpickler(string script)
    {
        string? found = Unpicklers.FirstOrDefault(name => script.IndexOf(name, StringComparison.Ordinal) >= 0);
        return found == "torch.load(" && script.IndexOf("weights_only=True", StringComparison.Ordinal) >= 0 ? null : found;
    }

    private static void AnalyzeTensorFlow(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        bool isLoad = call.TargetMethod.Name switch
        {
            "LoadTensorFlowModel" => call.TargetMethod.ContainingNamespace.Is("Microsoft", "ML"),
            "load" or "load_model" or "Import" or "import_graph_def" => IsTensorFlow(call.TargetMethod.ContainingNamespace),
            _ => false,
        };

        if (!isLoad)
            return;

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;

            bool isPath = argument.Value.Type?.SpecialType == SpecialType.System_String;
            if ((isPath && (ReceivedContent.IsWrittenTo(argument.Value) || PathOrigins.Of(argument.Value) == PathOrigin.Temporary))
                || (argument.Value.Type is IArrayTypeSymbol && ReceivedContent.Is(argument.Value)))
            {
                if (!IntegrityCheck.IsNear(call))
                    context.ReportDiagnostic(Descriptors.CodeCapableModel.At(argument.Value, call.TargetMethod.Name, "runs a graph that was received or lies in the temporary directory"));

                return;
            }
        }
    }

    private static bool IsTensorFlow(INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;

        return space is { Name: "Tensorflow" };
    }
}
