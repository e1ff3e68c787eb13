using System.Buffers.Binary;
using System.Text;

namespace MlContainerBuild.Secrets;

/// <summary>
/// The checksums of Azure's identifiable keys: the end of a key is the Marvin32 of what precedes it. The seed is eight
/// characters that name the use of the key, such as <c>Manage00</c>.
/// </summary>
/// <remarks>Signatures, seeds and layouts: https://github.com/microsoft/security-utilities.</remarks>
internal static class AzureKeyChecksum
{
    private const int LongestKey = 64, AnnotatedBody = 60, SignatureLength = 4, EncodedChecksumLength = 6;

    private const string EntraDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

    private static readonly ulong AnnotatedSeed = Seed("Default0"), EntraSeed = Seed("AadPwd00");

    private static readonly Dictionary<string, ulong[]> Seeds = new()
    {
        ["+ABa"] = [Seed("AbAcct00")],
        ["+ACR"] = [Seed("ACRDflt0")],
        ["+AEh"] = [Seed("Send0000"), Seed("Listen00"), Seed("Manage00")],
        ["+AMC"] = [Seed("Classic0")],
        ["+ARm"] = [Seed("Send0000"), Seed("Listen00"), Seed("Manage00")],
        ["+ASb"] = [Seed("Send0000"), Seed("Listen00"), Seed("Manage00")],
        ["+ASt"] = [Seed("Default0")],
        ["ACDb"] = [Seed("MastRO00"), Seed("MastRW00"), Seed("SystRO00"), Seed("SystRW00"), Seed("SysAll00"), Seed("Resour00"), Seed("Encryp00")],
        ["AIoT"] = [Seed("IoTHub00"), Seed("DpsKey00"), Seed("Device00")],
        ["APIM"] = [Seed("Tenant00"), Seed("IoTHub00"), Seed("Gatewy00"), Seed("GitKey00")],
        ["AzCa"] = [Seed("Access00")],
        ["AzFu"] = [Seed("Master00"), Seed("System00"), Seed("Functi00")],
        ["AzSe"] = [Seed("Query000"), Seed("PAdmin00")],
    };

    /// <summary>Keys that end in four characters for their service and six of checksum, such as <c>…+AStxxxxxx==</c>.</summary>
    public static bool Holds(ReadOnlySpan<byte> token)
    {
        int padding = token.IndexOf((byte)'='), end = padding < 0 ? token.Length : padding;
        var signature = token.Slice(end - EncodedChecksumLength - SignatureLength, SignatureLength);
        if (!Seeds.TryGetValue(Encoding.ASCII.GetString(signature.ToArray()), out ulong[]? seeds))
            return false;

        Span<byte> key = stackalloc byte[LongestKey];
        key = key.Slice(0, Base64Text.Decode(token, key));
        foreach (ulong seed in seeds)
        {
            if (EndsInChecksum(key, key.Length - sizeof(uint), seed))
                return true;
        }

        return false;
    }

    /// <summary>Common annotated security keys (<c>…JQQJ99…</c>). The short form carries three of the four bytes.</summary>
    public static bool HoldsInAnnotated(ReadOnlySpan<byte> token)
    {
        Span<byte> key = stackalloc byte[LongestKey];
        return EndsInChecksum(key.Slice(0, Base64Text.Decode(token, key)), AnnotatedBody, AnnotatedSeed);
    }

    /// <summary>Client secrets of Entra (<c>…8Q~…</c>): the first three digits of the checksum of the characters, in base 66.</summary>
    public static bool HoldsInClientSecret(ReadOnlySpan<byte> token)
    {
        if (token[3] == '7')
            return false;
        uint checksum = Marvin32.Compute(token.Slice(0, token.Length - 3), EntraSeed);
        while (checksum >= 66 * 66 * 66)
            checksum /= 66;
        for (int i = token.Length - 1; i >= token.Length - 3; i--, checksum /= 66)
        {
            if (token[i] != EntraDigits[(int)(checksum % 66)])
                return false;
        }

        return true;
    }

    private static bool EndsInChecksum(ReadOnlySpan<byte> key, int body, ulong seed)
    {
        uint checksum = Marvin32.Compute(key.Slice(0, body), seed);
        foreach (byte value in key.Slice(body))
        {
            if (value != (byte)checksum)
                return false;
            checksum >>= 8;
        }

        return true;
    }

    private static ulong Seed(string name) => BinaryPrimitives.ReadUInt64BigEndian(Encoding.ASCII.GetBytes(name));
}
