using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Compilations;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// Right after the compiler has run: notes by hash which SARIF speaks of which assembly, for the gate of a publish that may
/// come much later (<c>--no-build</c>). A failure is no build error: the gate will miss the note and say so.
/// </summary>
public sealed class AttestCompilation : Task
{
    [Required]
    public string Assembly { get; set; } = "";

    [Required]
    public string Sarif { get; set; } = "";

    /// <summary>Absolute path of the note to write.</summary>
    [Required]
    public string Evidence { get; set; } = "";

    public string RuntimeIdentifier { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            CompilationAttestation.Create(Assembly, KeepSarif(), RuntimeIdentifier, PackageVersion.Current).Write(Evidence);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            Log.LogMessage(MessageImportance.Low, "The compilation could not be attested: {0}", exception.Message);
        }

        return true;
    }

    // An error log of the user's own may be one file for all platforms, or all projects: the next compilation overwrites it.
    private string KeepSarif()
    {
        string directory = Path.GetDirectoryName(Evidence)!;
        if (Path.GetDirectoryName(Sarif) == directory)
            return Sarif;

        string kept = Path.ChangeExtension(Evidence, ".sarif");
        File.Copy(Sarif, kept, overwrite: true);
        return kept;
    }
}
