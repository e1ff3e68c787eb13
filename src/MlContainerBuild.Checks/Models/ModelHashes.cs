using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MlContainerBuild.Checks.Models;

/// <summary>
/// SHA-256 of files, remembered from one publish to the next: gigabytes are hashed once. A file counts as unchanged only while
/// the time of its last change of status is the same, which no program can set back as it can the time of its last writing; where
/// the system does not tell (other than Linux), every file is hashed each time.
/// </summary>
/// <param name="cachePath">Absolute; null remembers nothing.</param>
public sealed class ModelHashes(string? cachePath)
{
    private const int MostEntries = 10_000;
    private const int LongestCache = 8 << 20;

    // Two changes within one tick of the file system's clock look like one.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private Dictionary<string, string>? known;
    private bool isChanged;

    /// <summary>How many files have been read for their hash.</summary>
    public int HashedFiles { get; private set; }

    /// <summary>64 lower-case hex digits; null for a file that cannot be read.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public string? Sha256(string path, CancellationToken cancellation = default)
    {
        known ??= Load();
        string? identity = cachePath is null ? null : FileIdentity.Of(path);
        if (identity is not null && known.TryGetValue(identity, out string? hash))
            return hash;

        hash = Hash(path, cancellation);
        if (hash is not null && identity is not null && FileIdentity.Of(path) == identity && FileIdentity.IsOlderThan(path, Tick))
        {
            known[identity] = hash;
            isChanged = true;
        }

        return hash;
    }

    /// <summary>Writes what is to be remembered. Where that fails, the next publish hashes again.</summary>
    public void Save()
    {
        if (!isChanged || cachePath is null)
            return;

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(cachePath)!);
            string temporary = $"{cachePath}.{Path.GetRandomFileName()}";
            File.WriteAllLines(temporary, known!.TakeLast(MostEntries).Select(entry => $"{entry.Value} {entry.Key}"));
            File.Move(temporary, cachePath, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A cache.
        }
    }

    private Dictionary<string, string> Load()
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (cachePath is not null && new FileInfo(cachePath) is { Exists: true, Length: < LongestCache })
            {
                foreach (string line in File.ReadLines(cachePath))
                {
                    if (line.Length > 65 && line[64] == ' ' && line.AsSpan(0, 64).IndexOfAnyExcept(HexDigits) < 0)
                        entries[line[65..]] = line[..64];
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A cache.
        }

        return entries;
    }

    private string? Hash(string path, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] piece = new byte[256 << 10];
            for (int length; (length = file.Read(piece)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(piece, 0, length);
            }

            HashedFiles++;
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>What tells that a file is the one it was, from Linux's <c>statx</c>.</summary>
internal static class FileIdentity
{
    // struct statx is the same on every architecture (include/uapi/linux/stat.h).
    private const int StatLength = 256;
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7FF;

    /// <summary>Device, inode, size, and the times of the last writing and of the last change of status; null where the system does not tell.</summary>
    public static string? Of(string path)
    {
        if (!TryStat(path, out byte[] stat) || path.AsSpan().ContainsAny('\n', '\r'))
            return null;

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{BitConverter.ToUInt32(stat, 136):x}:{BitConverter.ToUInt32(stat, 140):x} {BitConverter.ToUInt64(stat, 32)} {BitConverter.ToUInt64(stat, 40)} {Time(stat, 112)} {Time(stat, 96)} {path}");
    }

    public static bool IsOlderThan(string path, TimeSpan age) =>
        TryStat(path, out byte[] stat) && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - BitConverter.ToInt64(stat, 96) > age.TotalSeconds;

    private static string Time(byte[] stat, int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToInt64(stat, offset)}.{BitConverter.ToUInt32(stat, offset + 8):D9}");

    private static bool TryStat(string path, out byte[] stat)
    {
        stat = new byte[StatLength];
        if (!OperatingSystem.IsLinux())
            return false;

        try
        {
            return StatExtended(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), 0, BasicStats, stat) == 0;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatExtended(int directory, byte[] path, int flags, uint mask, [Out] byte[] stat);
}
