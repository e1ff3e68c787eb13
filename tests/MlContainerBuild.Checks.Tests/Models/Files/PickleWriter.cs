using System.Text;

namespace MlContainerBuild.Checks.Tests.Models.Files;

/// <summary>Writes a pickle, instruction by instruction.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    /// <summary>Calls a function with one text, as the classic attack does.</summary>
    public static byte[] Call(string module, string name, string argument) =>
        new PickleWriter().Protocol(4).Text(module).Text(name).Op(0x93).Text(argument).Op(0x85).Op('R').Op('.').Bytes;

    public PickleWriter Op(char opcode) => Op((byte)opcode);

    public PickleWriter Op(byte opcode, params byte[] argument)
    {
        bytes.Add(opcode);
        bytes.AddRange(argument);
        return this;
    }

    public PickleWriter Protocol(byte protocol) => Op(0x80, protocol);

    public PickleWriter Global(string module, string name) => Op((byte)'c', Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    /// <summary>SHORT_BINUNICODE.</summary>
    public PickleWriter Text(string text) => Op(0x8C, [(byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>A line behind an opcode.</summary>
    public PickleWriter Line(char opcode, string line) => Op((byte)opcode, Encoding.Latin1.GetBytes(line + "\n"));

    /// <summary>BINBYTES.</summary>
    public PickleWriter Bytes32(byte[] content) => Op((byte)'B', [.. BitConverter.GetBytes(content.Length), .. content]);
}
