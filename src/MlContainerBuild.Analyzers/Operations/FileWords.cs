using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>
/// The words of a source file: what an identifier can be, wherever it stands. It is a Bloom filter, which is asked for any word
/// and may take one for another; that costs a look at the file, and no more.
/// </summary>
internal sealed class FileWords
{
    private const ulong Seed = 14695981039346656037, Prime = 1099511628211; // FNV-1a
    private const ulong EndOfWord = '\0';
    private const int SmallestFilter = 2048, LargestFilter = 1 << 17;

    /// <summary>Each file is read once, in whatever compilations it takes part.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, FileWords> Files = new();

    private readonly ulong[] bits;

    internal FileWords(SourceText text)
    {
        int size = SmallestFilter;
        while (size < 4L * text.Length && size < LargestFilter)
            size *= 2;

        bits = new ulong[size / 64];
        Read(text);
    }

    internal static FileWords Of(SyntaxTree file) => Files.GetValue(file, static tree => new FileWords(tree.GetText()));

    /// <summary>What <see cref="MayHaveAny"/> takes. A word with an asterisk stands for each that goes on with a capital or underscore: <c>Append*</c> for <c>AppendText</c>, and itself.</summary>
    internal static ulong[] Hash(IEnumerable<string> words) => [.. words.Select(Hash)];

    /// <summary>False when none of the words is in the file.</summary>
    internal bool MayHaveAny(ulong[] words)
    {
        foreach (ulong word in words)
        {
            if (Has(word) && Has(word >> 20) && Has(word >> 40))
                return true;
        }

        return false;
    }

    private static ulong Hash(string word)
    {
        ulong hash = Seed;
        foreach (char c in word)
        {
            if (c == '*')
                return hash;

            hash = (hash ^ c) * Prime;
        }

        return (hash ^ EndOfWord) * Prime;
    }

    // AggressiveOptimization, which netstandard2.0 does not name: a compiler that has just started would run the loop as it first compiles it.
    [MethodImpl((MethodImplOptions)512)]
    private void Read(SourceText text)
    {
        char[] buffer = new char[1024];
        ulong hash = Seed;
        char previous = '\0';
        for (int position = 0; position < text.Length; position += buffer.Length)
        {
            int count = Math.Min(buffer.Length, text.Length - position);
            text.CopyTo(position, buffer, 0, count);
            foreach (char c in buffer.AsSpan(0, count))
            {
                if (!IsOfWord(c))
                {
                    End(hash);
                    hash = Seed;
                }
                else
                {
                    if (IsCapital(c) && !IsCapital(previous))
                        Add(hash);

                    hash = (hash ^ c) * Prime;
                }

                previous = c;
            }
        }

        End(hash);
    }

    private static bool IsOfWord(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (c > 127 && char.IsLetter(c));

    private static bool IsCapital(char c) => c is (>= 'A' and <= 'Z') or '_';

    private void End(ulong hash)
    {
        if (hash == Seed)
            return;

        Add(hash);
        Add((hash ^ EndOfWord) * Prime);
    }

    private void Add(ulong hash)
    {
        Set(hash);
        Set(hash >> 20);
        Set(hash >> 40);
    }

    private void Set(ulong hash) => bits[Index(hash)] |= 1UL << (int)hash;

    private bool Has(ulong hash) => (bits[Index(hash)] >> (int)hash & 1) != 0;

    private int Index(ulong hash) => (int)(hash >> 6) & (bits.Length - 1);
}
