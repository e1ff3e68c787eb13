using System.Text;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Models.Loading;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>Writes the source that loads the declared models; an unchanged one keeps its file, so that nothing is compiled again.</summary>
public sealed class GenerateModelLoader : Task
{
    [Required]
    public string ProjectFile { get; set; } = "";

    public string RootNamespace { get; set; } = "";

    /// <summary><c>MlContainerModel</c> items with <c>TargetPath</c> and <c>Sha256</c>.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Absolute path of the source.</summary>
    [Required]
    public string SourceFile { get; set; } = "";

    /// <summary>A model that the loader can only refuse is an error then, else a warning.</summary>
    public bool IsPublishing { get; set; }

    /// <summary>False when a model can only be refused: the next build says so again.</summary>
    [Output]
    public bool IsClean { get; set; } = true;

    public override bool Execute()
    {
        try
        {
            string source = ModelLoaderSource.Create(RootNamespace, Path.GetFileName(ProjectFile), PackageVersion.Current, ReadModels());
            if (!File.Exists(SourceFile) || File.ReadAllText(SourceFile) != source)
                Write(source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogError($"The source that loads the models could not be written: {exception.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    private IEnumerable<DeclaredModel> ReadModels()
    {
        foreach (IGrouping<string, ITaskItem> model in Models.GroupBy(item => item.GetMetadata("TargetPath").Replace('\\', '/'), StringComparer.Ordinal))
        {
            string[] hashes = [.. model.Select(item => item.GetMetadata("Sha256").Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
            string? problem = hashes switch
            {
                [""] => "has no Sha256",
                [var hash] => ImageReference.IsSha256Digest("sha256:" + hash) ? null : "has a Sha256 that is not one: it takes 64 hexadecimal digits",
                _ => "is declared with several values of Sha256",
            };
            if (problem is not null)
                Report(model.First(), problem);

            yield return new DeclaredModel(model.Key, problem is null ? hashes[0] : null);
        }
    }

    private void Report(ITaskItem item, string problem)
    {
        IsClean = false;
        var finding = new Finding(
            RuleCatalog.Get("MLC9008"),
            $"The model '{item.ItemSpec}' {problem}, so the generated DeclaredModels can only refuse to load it.",
            $"Run: {ModelPinCommand.Of(ProjectFile)}",
            new ValueSource.Item("MlContainerModel", item.ItemSpec));
        new FindingLog(Log, ProjectFile).Write(finding, IsPublishing ? Severity.Error : Severity.Warning);
    }

    // By a move: an editor that reads the file in a design-time build sees the old one or the new one.
    private void Write(string source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SourceFile)!);
        string temporary = $"{SourceFile}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, source, Encoding.UTF8);
        File.Move(temporary, SourceFile, overwrite: true);
    }
}
