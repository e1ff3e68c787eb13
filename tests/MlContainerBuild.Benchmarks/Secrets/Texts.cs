using System.Runtime.InteropServices;
using System.Text;

namespace MlContainerBuild.Benchmarks.Secrets;

public enum TextKind
{
    CSharp,
    Json,
    Base64,
    Random,
    Weights,
    ManagedCode,
    Hostile,
}

/// <summary>Material of each kind, 32 MB, from what every machine with the SDK has; what is made is the same everywhere.</summary>
internal static class Texts
{
    public const int Size = 32 * 1024 * 1024;

    public static byte[] Read(TextKind kind) => Fill(kind switch
    {
        TextKind.CSharp => Files(Repository, "*.cs"),
        TextKind.Json => Files(Sdk, "*.json"),
        TextKind.Base64 => [Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(8_000_000), Base64FormattingOptions.InsertLineBreaks))],
        TextKind.Random => [Noise(Size)],
        TextKind.Weights => [MemoryMarshal.AsBytes<float>(Weights(Size / sizeof(float))).ToArray()],
        TextKind.ManagedCode => Files(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll"),
        _ => [Encoding.ASCII.GetBytes("://")],
    });

    private static string Repository => Path.Combine(Above(AppContext.BaseDirectory, "MlContainerBuild.sln"), "src", "MlContainerBuild.Checks");

    private static string Sdk => Path.Combine(Above(typeof(object).Assembly.Location, "dotnet*"), "sdk");

    private static IEnumerable<byte[]> Files(string directory, string pattern) =>
        Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(4).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Normally distributed, as the weights of a trained layer nearly are.</summary>
    private static float[] Weights(int count)
    {
        var random = new Random(5);
        var weights = new float[count];
        for (int i = 0; i < count; i++)
            weights[i] = 0.02f * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return weights;
    }

    private static byte[] Fill(IEnumerable<byte[]> parts)
    {
        var text = new MemoryStream(Size);
        byte[][] all = [.. parts];
        for (int i = 0; text.Length < Size; i++)
            text.Write(all[i % all.Length].AsSpan(0, (int)Math.Min(all[i % all.Length].Length, Size - text.Length)));
        return text.ToArray();
    }

    private static string Above(string path, string file)
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(path)!);
        while (directory is not null && directory.GetFiles(file).Length == 0)
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException($"No {file} above {path}.");
    }
}
