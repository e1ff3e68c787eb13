using System.Buffers;
using System.Collections.Immutable;
using System.Text;

using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Models;

/// <summary>
/// Looks for secrets in the texts that a reader comes by, and keeps of each no more than may be shown. Texts are collected and
/// searched together: most are names of a few bytes.
/// </summary>
internal sealed class ModelTexts : IDisposable
{
    private const int MostSecrets = 20;
    private const int BatchLength = 64 << 10;

    // What is named is short; a template or a licence is searched for what proves itself only.
    private const int LongestNamedValue = 4096;
    private const int LongestName = 256;

    private readonly List<ModelSecret> secrets = [];
    private readonly List<(int Start, string Place, string Name)> batch = [];
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(BatchLength);
    private int length;

    /// <summary>What was found in everything looked at so far.</summary>
    public ImmutableArray<ModelSecret> FindSecrets()
    {
        Search();
        return [.. secrets];
    }

    /// <summary>Looks at one text.</summary>
    /// <param name="place">What kind of text it is: <c>metadata_props</c>.</param>
    /// <param name="name">Which one of its kind; may be empty.</param>
    /// <param name="value">UTF-8, or anything.</param>
    public void Look(string place, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;

        string key = name.IsEmpty ? "" : Encoding.UTF8.GetString(name[..Math.Min(name.Length, LongestName)]);
        if (value.Length < BatchLength / 4)
        {
            // The line end keeps two texts from being read as one.
            if (length + value.Length + 1 > BatchLength)
                Search();
            batch.Add((length, place, key));
            value.CopyTo(buffer.AsSpan(length));
            length += value.Length;
            buffer[length++] = (byte)'\n';
        }
        else
        {
            foreach (SecretMatch match in SecretScanner.Scan(value))
            {
                Add(place, key, match with { Start = 0 }, Encoding.Latin1.GetString(value.Slice(match.Start, match.Length)));
            }
        }

        if (key.Length == 0 || value.Length > LongestNamedValue || CredentialName.Judge(key) == CredentialKind.None)
            return;

        string text = Encoding.UTF8.GetString(value);
        if (SecretScanner.Scan(text.AsSpan()).Count == 0 && NamedSecret.Find(key, text) is { } named)
            Add(place, key, named, text);
    }

    public void Dispose()
    {
        buffer.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Search()
    {
        ReadOnlySpan<byte> texts = buffer.AsSpan(0, length);
        foreach (SecretMatch match in SecretScanner.Scan(texts))
        {
            int index = batch.FindLastIndex(text => text.Start <= match.Start);
            Add(batch[index].Place, batch[index].Name, match with { Start = 0 }, Encoding.Latin1.GetString(texts.Slice(match.Start, match.Length)));
        }

        batch.Clear();
        length = 0;
    }

    private void Add(string place, string name, SecretMatch match, string text)
    {
        string shown = name.Length == 0 ? place : $"{place} {MessageText.Quote(name)}";
        var secret = new ModelSecret(shown, SecretText.Describe(match, text), SecretText.SeverityOf(match, name));
        if (secrets.Count < MostSecrets && !secrets.Contains(secret))
            secrets.Add(secret);
    }
}
