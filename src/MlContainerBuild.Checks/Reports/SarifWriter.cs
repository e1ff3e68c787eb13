namespace MlContainerBuild.Checks.Reports;

/// <summary>Writes a publish as SARIF 2.1.0, in the form that code scanning of several projects in one repository accepts.</summary>
public static class SarifWriter
{
    /// <summary>Writes the report as UTF-8.</summary>
    public static void Write(PublishReport report, Stream stream) => throw new NotImplementedException();

    /// <summary>Writes the report to a file, which is replaced at once, never half. The directory is created.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WriteFile(PublishReport report, string path) => throw new NotImplementedException();
}
