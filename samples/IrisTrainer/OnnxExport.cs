using System.Buffers.Binary;

namespace IrisTrainer;

/// <summary>
/// Writes a model as ONNX: features[N, F] → Gemm → Softmax → probabilities[N, C], opset 17, with the class names as metadata.
/// Field numbers are those of onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
/// </summary>
internal static class OnnxExport
{
    private const long IrVersion = 8; // the one that ONNX 1.12 introduced together with opset 17
    private const long Opset = 17;
    private const long Float = 1; // TensorProto.DataType.FLOAT

    public static byte[] Write(SoftmaxRegression model, IEnumerable<string> classNames) =>
        new ProtobufWriter()
            .Integer(1, IrVersion)
            .Text(2, "IrisTrainer")
            .Message(7, Graph(model))
            .Message(8, new ProtobufWriter().Integer(2, Opset))
            .Message(14, new ProtobufWriter().Text(1, "classes").Text(2, string.Join(',', classNames)))
            .ToArray();

    private static ProtobufWriter Graph(SoftmaxRegression model) =>
        new ProtobufWriter()
            .Message(1, Node("Gemm", ["features", "weights", "bias"], "scores"))
            .Message(1, Node("Softmax", ["scores"], "probabilities"))
            .Text(2, "iris")
            .Message(5, Tensor("weights", [model.Features, model.Classes], model.Weights.Cast<double>()))
            .Message(5, Tensor("bias", [model.Classes], model.Bias))
            .Message(11, Batch("features", model.Features))
            .Message(12, Batch("probabilities", model.Classes));

    private static ProtobufWriter Node(string operation, string[] inputs, string output)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        return node.Text(2, output).Text(4, operation);
    }

    private static ProtobufWriter Tensor(string name, int[] shape, IEnumerable<double> values)
    {
        var tensor = new ProtobufWriter();
        foreach (var length in shape)
            tensor.Integer(1, length);
        return tensor.Integer(2, Float).Text(8, name).Bytes(9, values.SelectMany(LittleEndian).ToArray());
    }

    private static byte[] LittleEndian(double value)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
        return bytes;
    }

    /// <summary>The type of float[N, width], with N left open.</summary>
    private static ProtobufWriter Batch(string name, int width)
    {
        var shape = new ProtobufWriter()
            .Message(1, new ProtobufWriter().Text(2, "N"))
            .Message(1, new ProtobufWriter().Integer(1, width));
        var tensor = new ProtobufWriter().Integer(1, Float).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
