namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>A small ONNX model, and the parts to make others of.</summary>
internal static class OnnxModel
{
    public static byte[] Plain => Model().Message(7, Graph()).Bytes;

    public static ProtobufMessage Model() => new ProtobufMessage()
        .Number(1, 8)
        .Text(2, "pytorch")
        .Text(3, "2.1.0")
        .Message(8, new ProtobufMessage().Text(1, "").Number(2, 17));

    public static ProtobufMessage Graph() => new ProtobufMessage()
        .Message(1, Node("Gemm"))
        .Message(1, Node("Softmax"))
        .Text(2, "main_graph")
        .Message(5, Tensor("weight").Raw(9, new byte[64]))
        .Message(5, Tensor("bias").Fixed32(4, 0x3F800000))
        .Message(11, new ProtobufMessage().Text(1, "input"));

    public static ProtobufMessage Node(string operatorType, string domain = "") => new ProtobufMessage()
        .Text(1, "input")
        .Text(2, "output")
        .Text(3, operatorType + "_0")
        .Text(4, operatorType)
        .Text(7, domain)
        .Message(5, new ProtobufMessage().Text(1, "axis").Number(3, 1).Number(20, 2));

    public static ProtobufMessage Tensor(string name) => new ProtobufMessage().Number(1, 4).Number(1, 4).Number(2, 1).Text(8, name);

    public static ProtobufMessage ExternalTensor(string name, string location) =>
        Tensor(name).Entry(13, "location", location).Entry(13, "offset", "0").Entry(13, "length", "4096").Number(14, 1);
}
