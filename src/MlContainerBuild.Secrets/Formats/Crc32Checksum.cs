namespace MlContainerBuild.Secrets;

/// <summary>
/// The checksum that GitHub and npm put into their tokens: the last six characters are the CRC-32 of the thirty before them,
/// written in base 62 with leading zeros.
/// </summary>
internal static class Crc32Checksum
{
    private const int BodyLength = 30, ChecksumLength = 6;

    private static readonly uint[] Table = BuildTable();

    public static bool Holds(ReadOnlySpan<byte> token)
    {
        int body = token.Length - BodyLength - ChecksumLength;
        if (body < 0)
            return false;
        uint sum = Compute(token.Slice(body, BodyLength));
        for (int i = token.Length - 1; i >= token.Length - ChecksumLength; i--)
        {
            if (token[i] != "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(int)(sum % 62)])
                return false;
            sum /= 62;
        }

        return true;
    }

    private static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value >> 1) ^ ((value & 1) * 0xEDB88320u);
            table[i] = value;
        }

        return table;
    }
}
