using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>
/// MLC3052. Some formats are programs, and a pickle is one whenever it names more than the functions that rebuild tensors. What
/// calls the operating system has no reason that a model could have.
/// </summary>
internal static class CodeInModelRule
{
    private const int MostShown = 8;

    private const string Safetensors = "Save the weights as safetensors or ONNX, which hold no code";

    public static IEnumerable<Finding> Check(PublishedModel model)
    {
        ModelFile file = model.File;
        ImmutableArray<PickleImport> dangerous = [.. file.Imports.Where(import => import.Kind == PickleImportKind.Dangerous)];
        ImmutableArray<PickleImport> unknown = [.. file.Imports.Where(import => import.Kind == PickleImportKind.Unknown)];
        if (!dangerous.IsEmpty)
        {
            yield return Found(
                model,
                Severity.Error,
                $"{model.Subject} runs code of its author's when it is loaded: it imports {List(dangerous)}{(unknown.IsEmpty ? "" : $", and {List(unknown)} besides")}.",
                "Do not load it anywhere, and find out where it came from. Take the model from its origin again, by its hash, as safetensors or ONNX.");
            yield break;
        }

        string? reason = file.Format switch
        {
            _ when !unknown.IsEmpty => $"names Python objects outside the list that is known to build plain data: {List(unknown)}. Loading it runs their code with arguments that the file chooses.",
            ModelFormat.TorchScript => "is a program as well as weights: loading and calling it runs what its author wrote.",
            ModelFormat.TensorRtPlan => "is native code: whoever writes the file decides what the process does, and TensorRT does not check it.",
            ModelFormat.CompressedPickle => "holds a pickle, which can run code when it is loaded, and is compressed, so it was not looked into.",
            ModelFormat.Onnx when file.HoldsCompiledEngine => "refers to an engine that was compiled for one device (EPContext): native code that the execution provider does not check.",
            ModelFormat.Keras when file.HoldsCode => "holds a Lambda layer, which is Python code that runs when the model is loaded (CVE-2024-3660).",
            ModelFormat.Pickle or ModelFormat.PyTorch or ModelFormat.PyTorchLegacy or ModelFormat.NumPy or ModelFormat.NumPyArchive when file.Problem is { } problem =>
                $"could not be followed to its end, so what loading it would run is not known (offset {problem.Offset}: {MessageText.Plain(problem.Reason)}).",
            _ => null,
        };
        if (reason is not null)
            yield return Found(model, Severity.Warning, $"{model.Subject} {reason}", Fix(file.Format));
    }

    private static string Fix(ModelFormat format) => format switch
    {
        ModelFormat.TensorRtPlan or ModelFormat.Onnx => "Build the engine where it is used, from an ONNX file with a known hash, into a directory that only the service can write.",
        ModelFormat.TorchScript => $"{Safetensors}; or declare it with its hash, so that only this very file is published: <MlContainerModel Include=\"…\" Sha256=\"…\" />.",
        _ => $"{Safetensors}.",
    };

    private static string List(ImmutableArray<PickleImport> imports)
    {
        string shown = string.Join(", ", imports.Take(MostShown).Select(import => MessageText.Plain(import.Name)));
        return imports.Length > MostShown ? $"{shown} and {imports.Length - MostShown} more" : shown;
    }

    private static Finding Found(PublishedModel model, Severity severity, string message, string fix) =>
        new(RuleCatalog.Get("MLC3052"), message, fix, model.Source) { Severity = severity };
}
