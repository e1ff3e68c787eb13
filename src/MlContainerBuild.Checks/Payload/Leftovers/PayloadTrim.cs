using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Payload.Leftovers;

/// <summary><c>MlContainerTrimPayload</c>: a publish folder without what development has left (MLC3024).</summary>
/// <param name="Kept">What goes into the image: absolute paths, and paths below the publish folder with <c>/</c>.</param>
/// <param name="LeftOut">Paths below the publish folder of what does not.</param>
public sealed record PayloadTrim(ImmutableArray<(string Path, string RelativePath)> Kept, ImmutableArray<string> LeftOut)
{
    /// <summary>A file that an exception covers is one that somebody needs, so it stays.</summary>
    public static PayloadTrim Of(PayloadSubject subject)
    {
        IReadOnlyList<PublishedFile> files = subject.Files();
        HashSet<PublishedFile> leftOut = new(
            LeftoverRule.Find(files, subject.OwnAssemblies)
                .Select(item => item.File)
                .Where(file => subject.ExceptionOf("MLC3024", LeftoverRule.PathOf(file)) is null),
            ReferenceEqualityComparer.Instance);
        return new PayloadTrim(
            [.. files.Where(file => !leftOut.Contains(file)).Select(file => (file.Path, file.RelativePath))],
            [.. files.Where(leftOut.Contains).Select(file => file.RelativePath)]);
    }
}
