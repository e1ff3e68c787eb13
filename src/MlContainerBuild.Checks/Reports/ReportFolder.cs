namespace MlContainerBuild.Checks.Reports;

/// <summary>The files of a publish that people and later steps read, beside the SARIF report.</summary>
public static class ReportFolder
{
    public const string Html = "report.html";

    /// <summary>The hand-over for signing, attestation and deployment.</summary>
    public const string Image = "image.json";

    /// <summary>The predicate of the verdict, for tools that make the statement themselves.</summary>
    public const string Predicate = "verdict.json";

    /// <summary>The verdict as an in-toto statement.</summary>
    public const string Statement = "verdict.intoto.json";

    /// <summary>
    /// Writes what is known by now and removes what an earlier publish has left and this one does not confirm: a file that
    /// speaks of another image would be signed or deployed.
    /// </summary>
    /// <param name="directory">Absolute; created when it is missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(PublishReport report, string directory)
    {
        PublishedImage? image = report.Images.FirstOrDefault(image => image.Digest is not null) ?? report.Images.FirstOrDefault();

        WriteOrDelete(Path.Combine(directory, Image), report.IsHandedOver ? stream => ImageJsonWriter.Write(report, image!, stream) : null);
        WriteOrDelete(Path.Combine(directory, Predicate), image is not null ? stream => VerdictWriter.WritePredicate(report, stream) : null);
        WriteOrDelete(Path.Combine(directory, Statement), image?.Digest is not null ? stream => VerdictWriter.WriteStatement(report, image, stream) : null);
        ReportFile.Write(Path.Combine(directory, Html), stream => HtmlReportWriter.Write(report, stream));
    }

    /// <summary>
    /// Removes what an earlier publish has left: between the gate and the push nothing here may speak of another image. A publish
    /// that goes on writes everything once, at its end.
    /// </summary>
    /// <param name="directory">Absolute; need not exist.</param>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be deleted.</exception>
    public static void Clear(string directory)
    {
        foreach (string name in (ReadOnlySpan<string>)[Html, Image, Predicate, Statement])
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path))
                File.Delete(path);
        }
    }

    private static void WriteOrDelete(string path, Action<Stream>? write)
    {
        if (write is not null)
            ReportFile.Write(path, write);
        else if (File.Exists(path))
            File.Delete(path);
    }
}
