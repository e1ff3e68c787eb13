// Packages Microsoft.ML, Microsoft.ML.OnnxTransformer and Microsoft.ML.TensorFlow.
namespace Microsoft.ML
{
    public sealed class MLContext(int? seed = null)
    {
        public int? Seed { get; } = seed;
        public bool FallbackToCpu { get; set; }
        public int? GpuDeviceId { get; set; }
        public ModelOperationsCatalog Model { get; } = new();
        public TransformsCatalog Transforms { get; } = new();
    }

    public sealed class ModelOperationsCatalog;

    public sealed class TransformsCatalog;

    public static class OnnxCatalog
    {
        public static Microsoft.ML.Transforms.Onnx.OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) => new();
        public static Microsoft.ML.Transforms.Onnx.OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) => new();
        public static Microsoft.ML.Transforms.Onnx.OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Microsoft.ML.Transforms.Onnx.OnnxOptions options) => new();
    }

    public static class TensorflowCatalog
    {
        public static Microsoft.ML.Transforms.TensorFlowModel LoadTensorFlowModel(this ModelOperationsCatalog catalog, string modelLocation) => new();
        public static Microsoft.ML.Transforms.TensorFlowModel LoadTensorFlowModel(this ModelOperationsCatalog catalog, string modelLocation, bool treatOutputAsBatched) => new();
    }
}

namespace Microsoft.ML.Transforms
{
    public sealed class TensorFlowModel;
}

namespace Microsoft.ML.Transforms.Onnx
{
    public sealed class OnnxScoringEstimator;

    public sealed class OnnxOptions
    {
        public string ModelFile;
        public int? GpuDeviceId = null;
        public bool FallbackToCpu = false;
    }
}
