using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Models;

/// <summary>What the head of a model file says, without its weights.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Size">Bytes.</param>
public sealed record ModelFile(string Path, long Size, ModelFormat Format)
{
    /// <summary>What wrote the file, or the architecture, as the file says; null where it does not.</summary>
    public string? Producer { get; init; }

    /// <summary>What loading the file imports from Python, each once, in the file's order.</summary>
    public ImmutableArray<PickleImport> Imports { get; init; } = [];

    /// <summary>ONNX: the files that hold weights, as the model names them.</summary>
    public ImmutableArray<string> ExternalData { get; init; } = [];

    /// <summary>ONNX: domains of operators that neither the standard nor ONNX Runtime defines; an own library has to bring them.</summary>
    public ImmutableArray<string> CustomDomains { get; init; } = [];

    /// <summary>Whether a compiled engine of an execution provider lies in it or beside it (ONNX: an <c>EPContext</c> node).</summary>
    public bool HoldsCompiledEngine { get; init; }

    /// <summary>Whether loading it runs a function of the author's (Keras: a <c>Lambda</c> layer).</summary>
    public bool HoldsCode { get; init; }

    /// <summary>Secrets in texts that describe the model.</summary>
    public ImmutableArray<ModelSecret> Secrets { get; init; } = [];

    /// <summary>Where reading ended before the end of the head, and why; null when it did not.</summary>
    public ModelProblem? Problem { get; init; }

    /// <summary>How many bytes of the file were read.</summary>
    public long BytesRead { get; init; }
}

/// <summary>Why a file could not be read on.</summary>
/// <param name="Offset">In the file; in the decompressed entry of a zip.</param>
/// <param name="Reason">A clause: "the file ends in the middle of a string".</param>
public sealed record ModelProblem(long Offset, string Reason)
{
    /// <summary>Whether the model has been read whole, and what could not be read lies behind it.</summary>
    public bool IsBehindModel { get; init; }
}

/// <summary>A secret in the metadata of a model. Holds nothing of the secret but the public prefix of its provider.</summary>
/// <param name="Place">Such as <c>metadata_props 'source'</c>.</param>
/// <param name="Description">Such as "a secret (Hugging Face user token, hf_…)".</param>
public sealed record ModelSecret(string Place, string Description, Severity Severity);

/// <summary>A Python object that a pickle names.</summary>
/// <param name="Name">Module and name, joined by a dot.</param>
public sealed record PickleImport(string Name, PickleImportKind Kind);

/// <summary>What an import can do to whoever loads the pickle. Ordered by weight.</summary>
public enum PickleImportKind
{
    /// <summary>Known to build plain data only.</summary>
    Safe,

    /// <summary>Not known; what it does is up to the code that is installed.</summary>
    Unknown,

    /// <summary>Runs commands, evaluates code, opens connections, or gets at something that does.</summary>
    Dangerous,
}
