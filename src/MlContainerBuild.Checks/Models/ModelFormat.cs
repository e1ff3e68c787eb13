namespace MlContainerBuild.Checks.Models;

/// <summary>What a model file is, by its content.</summary>
public enum ModelFormat
{
    /// <summary>ONNX, a protocol buffer.</summary>
    Onnx,

    /// <summary>ONNX Runtime's own flat buffer.</summary>
    OnnxRuntime,

    Safetensors,

    Gguf,

    /// <summary>What llama.cpp wrote before GGUF.</summary>
    Ggml,

    /// <summary>One or more Python pickles; joblib's files, too.</summary>
    Pickle,

    /// <summary>A pickle inside gzip, zlib, bzip2, xz or lz4, as joblib writes it.</summary>
    CompressedPickle,

    /// <summary><c>torch.save</c> since version 1.6: a zip with the pickle <c>data.pkl</c> and the weights.</summary>
    PyTorch,

    /// <summary><c>torch.save</c> before: pickles and the weights one after the other, or in a tar.</summary>
    PyTorchLegacy,

    /// <summary>A zip with a program (<c>code/</c>), its constants and the weights.</summary>
    TorchScript,

    /// <summary>A compiled engine: native code for one kind of GPU.</summary>
    TensorRtPlan,

    /// <summary>One array.</summary>
    NumPy,

    /// <summary>A zip of arrays.</summary>
    NumPyArchive,

    /// <summary>Keras 3: a zip.</summary>
    Keras,

    /// <summary>HDF5, as earlier versions of Keras write it.</summary>
    Hdf5,

    TensorFlowLite,

    /// <summary>ML.NET: a zip.</summary>
    MlNet,
}

/// <summary>The formats' names.</summary>
public static class ModelFormats
{
    /// <summary>As its authors write it, to stand in a sentence.</summary>
    public static string Name(this ModelFormat format) => format switch
    {
        ModelFormat.Onnx => "ONNX",
        ModelFormat.OnnxRuntime => "ONNX Runtime format",
        ModelFormat.Safetensors => "safetensors",
        ModelFormat.Gguf => "GGUF",
        ModelFormat.Ggml => "GGML",
        ModelFormat.Pickle => "Python pickle",
        ModelFormat.CompressedPickle => "compressed Python pickle",
        ModelFormat.PyTorch => "PyTorch archive",
        ModelFormat.PyTorchLegacy => "PyTorch archive of the old form",
        ModelFormat.TorchScript => "TorchScript archive",
        ModelFormat.TensorRtPlan => "TensorRT engine",
        ModelFormat.NumPy => "NumPy array",
        ModelFormat.NumPyArchive => "NumPy archive",
        ModelFormat.Keras => "Keras archive",
        ModelFormat.Hdf5 => "HDF5",
        ModelFormat.TensorFlowLite => "TensorFlow Lite",
        ModelFormat.MlNet => "ML.NET model",
        _ => format.ToString(),
    };
}
