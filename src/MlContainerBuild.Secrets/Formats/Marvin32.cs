using System.Buffers.Binary;

namespace MlContainerBuild.Secrets;

/// <summary>The Marvin checksum of 32 bits with a given seed, as SymCrypt computes it (lib/marvin32.c).</summary>
internal static class Marvin32
{
    public static uint Compute(ReadOnlySpan<byte> bytes, ulong seed)
    {
        uint low = (uint)seed, high = (uint)(seed >> 32);
        for (; bytes.Length >= sizeof(uint); bytes = bytes.Slice(sizeof(uint)))
            Mix(ref low, ref high, BinaryPrimitives.ReadUInt32LittleEndian(bytes));

        uint last = 0x80;
        for (int i = bytes.Length - 1; i >= 0; i--)
            last = (last << 8) | bytes[i];
        Mix(ref low, ref high, last);
        Mix(ref low, ref high, 0);
        return low ^ high;
    }

    private static void Mix(ref uint low, ref uint high, uint value)
    {
        low += value;
        high ^= low;
        low = Rotate(low, 20) + high;
        high = Rotate(high, 9) ^ low;
        low = Rotate(low, 27) + high;
        high = Rotate(high, 19);
    }

    private static uint Rotate(uint value, int bits) => (value << bits) | (value >> (32 - bits));
}
