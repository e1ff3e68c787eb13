using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Payload.Leftovers;
using MlContainerBuild.Checks.Payload.Secrets;

namespace MlContainerBuild.Checks.Payload;

/// <summary>The rules on published files, run over everything that goes into the application layer.</summary>
/// <param name="Findings">In the order of the files.</param>
/// <param name="FileCount">How many files there are.</param>
public sealed record PayloadCheck(ImmutableArray<Finding> Findings, int FileCount)
{
    /// <summary>Absolute: where a finding about one of the files may stand, in the publish folder or in the project it was taken from.</summary>
    public ImmutableHashSet<string> Paths { get; private init; } = [];

    /// <summary>What a run has looked for.</summary>
    public static ImmutableArray<string> RuleIds { get; } = ["MLC3022", "MLC3023", "MLC3024"];

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PayloadCheck Run(PayloadSubject subject, CancellationToken cancellation = default)
    {
        IReadOnlyList<PublishedFile> files = subject.Files();
        var scanner = new FileScanner(subject.OwnAssemblies, new ReportedLiterals(subject.ReportedSources), cancellation);

        // In a single-file or native image the assemblies lie no more; what went into it stands for them. They come first: what is told of
        // them is not told of the image.
        foreach (string assembly in subject.OwnAssemblies.Except(files.Select(file => file.Path)).Where(File.Exists))
            scanner.Scan(new PublishedFile(Path.GetFileName(assembly), assembly, new FileInfo(assembly).Length, Origin: null));

        foreach (PublishedFile file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            scanner.Scan(file);
        }

        IEnumerable<Finding> leftovers = LeftoverRule.Check(files, subject.OwnAssemblies, path => subject.ExceptionOf("MLC3024", path));
        return new PayloadCheck([.. scanner.Findings, .. leftovers, .. scanner.Omissions()], files.Count)
        {
            Paths = [.. files.Select(file => file.Path), .. files.Select(file => file.Origin).OfType<FileOrigin>().Where(origin => origin.Package is null).Select(origin => origin.Path)],
        };
    }
}
