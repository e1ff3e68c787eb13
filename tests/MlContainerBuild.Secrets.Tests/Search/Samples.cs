using System.Text;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>Real text that every machine with the SDK has, and base64 and random bytes that are the same everywhere.</summary>
internal static class Samples
{
    private const int Size = 2_000_000;

    /// <summary>Sources of this repository that are not about secrets: those are full of the literals.</summary>
    public static byte[] CSharp { get; } = Read(Path.Combine(Root("MlContainerBuild.sln", AppContext.BaseDirectory), "src", "MlContainerBuild.Checks"), "*.cs");

    public static byte[] Documentation { get; } = Read(Sdk, "*.xml");

    public static byte[] Json { get; } = Read(Sdk, "*.json");

    public static byte[] Targets { get; } = Read(Sdk, "*.targets");

    public static byte[] ManagedCode { get; } = File.ReadAllBytes(typeof(System.Xml.XmlReader).Assembly.Location)[..Size];

    public static byte[] Base64 { get; } = Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(1_000_000), Base64FormattingOptions.InsertLineBreaks));

    public static byte[] Random { get; } = Noise(1_000_000);

    private static string Sdk => Path.Combine(Root("dotnet*", typeof(object).Assembly.Location), "sdk");

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(4).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Read(string directory, string pattern)
    {
        var text = new MemoryStream();
        foreach (string path in Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            byte[] file = File.ReadAllBytes(path);
            text.Write(file.AsSpan(0, Math.Min(file.Length, Size / 8)));
            if (text.Length > Size)
                break;
        }

        return text.ToArray();
    }

    /// <summary>The nearest directory above the path that holds a file of this name.</summary>
    private static string Root(string pattern, string path)
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(path)!);
        while (directory is not null && directory.GetFiles(pattern).Length == 0)
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException($"No {pattern} above {path}.");
    }
}
