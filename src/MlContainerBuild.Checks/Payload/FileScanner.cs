using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Payload.Secrets;

namespace MlContainerBuild.Checks.Payload;

/// <summary>Looks into one published file after the other, each as its content asks for, and keeps count of what was not read whole.</summary>
internal sealed class FileScanner(ImmutableArray<string> ownAssemblies, ReportedLiterals reported, CancellationToken cancellation)
{
    private const int HeadLength = 8 * 1024;
    private const int MostNames = 5;

    private readonly HashSet<string> own = [.. ownAssemblies];
    private readonly HashSet<string> ownSymbols = [.. ownAssemblies.Select(path => Path.ChangeExtension(Path.GetFileName(path), ".pdb"))];

    // A single file or native image holds the strings of the assemblies that went into it.
    private readonly HashSet<string> programs = [.. ownAssemblies.Select(path => Path.GetFileNameWithoutExtension(path)).SelectMany(name => new[] { name, name + ".exe" })];
    private readonly List<PublishedFile> sampled = [];
    private readonly List<PublishedFile> partial = [];
    private readonly List<PublishedFile> unread = [];

    public List<Finding> Findings { get; } = [];

    public void Scan(PublishedFile file)
    {
        if (file.Size == 0 || IsOwnSymbols(file))
            return;

        try
        {
            if (own.Contains(file.Path) && AssemblyScanner.Scan(file.Path, reported, cancellation) is { } compiled)
                Findings.AddRange(compiled.Take(PayloadLimits.FindingsOfAFile).Select(secret => SecretInPublishedFileRule.Check(file, secret)));
            else
                ScanContent(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            unread.Add(file);
        }
    }

    /// <summary>MLC9009 on what was not searched, or not whole: nobody may believe that it was. Files of packages are left out, which everybody has.</summary>
    public IEnumerable<Finding> Omissions()
    {
        if (unread.Count > 0)
            yield return Omission("Not searched for secrets, because reading failed", unread, "Make them readable.");

        if (sampled.Count > 0)
            yield return Omission("Searched for tokens in samples only, because they are binary and larger than 16 MiB", sampled, "");

        if (partial.Count > 0)
            yield return Omission("Searched for secrets in part only, because of encryption, damage or sheer amount", partial, "Leave out of the publish what the service does not read.");
    }

    // Debug information repeats the constants of its assembly, and nobody can edit it. Source code in it is another rule's finding (MLC3024).
    private bool IsOwnSymbols(PublishedFile file) => ownSymbols.Contains(file.RelativePath);

    private void ScanContent(PublishedFile file)
    {
        using FileStream stream = File.OpenRead(file.Path);
        byte[] buffer = new byte[HeadLength];
        ReadOnlySpan<byte> head = buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        stream.Position = 0;
        bool isText = !head.Contains((byte)0) || head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (!isText && IsModel(file))
            return;

        if (ArchiveScanner.Scan(stream, head, cancellation) is { } archive)
        {
            foreach ((string entry, ContentSecrets content) in archive.Found)
                Report(file, entry, content);

            if (archive.IsPartial && file.Origin?.Package is null)
                partial.Add(file);

            return;
        }

        bool isProgram = !isText && programs.Contains(file.RelativePath);
        bool isBinary = isProgram || (!isText && (file.Size > PayloadLimits.StructuredText || PayloadFile.KindOf(file.RelativePath) != PayloadFileKind.Other));
        ContentSecrets secrets = isProgram ? BinaryScanner.Scan(stream, reported.HoldOrAdded, cancellation)
            : isBinary ? BinaryScanner.Scan(stream, cancellation)
            : ContentScanner.Scan(stream, file.RelativePath, file.Size, cancellation);
        Report(file, entry: null, secrets);
        if (secrets.IsPartial && file.Origin?.Package is null)
            (isBinary ? sampled : partial).Add(file);
    }

    // Models have readers of their own, which never touch the weights, and a rule of their own (MLC3054).
    private static bool IsModel(PublishedFile file) => ModelReader.TryRecognize(file.Path, out _);

    private void Report(PublishedFile file, string? entry, ContentSecrets content)
    {
        if (content.CredentialFile is { } what)
            Findings.Add(CredentialFileRule.Check(file, entry, what, content.Secrets));
        else
            Findings.AddRange(SecretInPublishedFileRule.Check(file, entry, content));
    }

    private static Finding Omission(string what, List<PublishedFile> files, string fix)
    {
        string names = string.Join(", ", files.Take(MostNames).Select(file => MessageText.Quote(file.RelativePath)));
        string rest = files.Count > MostNames ? $" and {files.Count - MostNames} more" : "";
        return new Finding(RuleCatalog.Get("MLC9009"), $"{what}: the published {(files.Count == 1 ? "file" : "files")} {names}{rest}.", fix, new ValueSource.Property("PublishDir"));
    }
}
