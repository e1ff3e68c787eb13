using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Models.Rules;
using MlContainerBuild.Tasks.Pins;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// MlContainerPinModels: hashes the models that the project declares, and writes each hash where the model is declared. With
/// <see cref="VerifyNoChanges"/> it writes nothing and fails where it would.
/// </summary>
public sealed class PinModels : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Items of <c>_MlContainerResolveModels</c>.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary><c>MlContainerVerifyNoChanges</c>.</summary>
    public bool VerifyNoChanges { get; set; }

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    public override bool Execute()
    {
        try
        {
            Pin();
        }
        catch (OperationCanceledException)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, "Pinning the models was cancelled. Nothing was written.");
        }
        catch (Exception exception)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("Pinning the models", exception));
        }

        return !Log.HasLoggedErrors;
    }

    private void Pin()
    {
        // A wrong hash is what is going to be written over; another mistake is told by the publish.
        ModelDeclaration[] declarations =
        [
            .. Models.Select(item => ModelDeclaration.Read(item.ItemSpec, item.GetMetadata("FullPath"), item.GetMetadata("TargetPath"), item.GetMetadata("Sha256"), item.GetMetadata("Mount"), ProjectFile, [])),
        ];
        if (declarations.Length == 0)
        {
            Say("no model is declared, so there is nothing to pin: <MlContainerModel Include=\"models/**\" />");
            return;
        }

        var hashes = new ModelHashes(cachePath: null);
        var changed = new List<(ModelDeclaration Declaration, string Sha256)>();
        foreach (ModelDeclaration declaration in declarations)
        {
            if (Hash(declaration, hashes) is { } hash && hash != declaration.Sha256)
                changed.Add((declaration, hash));
        }

        // A hash says that somebody has looked at the file, so what it can do is told before; whether it may be published is the gate's to say.
        foreach ((ModelDeclaration declaration, _) in changed)
        {
            foreach (Finding finding in ModelCheck.FindCode(declaration))
            {
                new FindingLog(Log, ProjectFile).Write(finding with { Span = new SourceSpan(declaration.FullPath) }, Severity.Warning);
            }
        }

        if (changed.Count == 0)
        {
            if (!Log.HasLoggedErrors)
                Say($"{(declarations.Length == 1 ? "the model is" : $"{declarations.Length} models are")} what the project declares; nothing to change");
        }
        else if (VerifyNoChanges)
        {
            foreach ((ModelDeclaration declaration, string hash) in changed)
                Write(Needed(declaration, hash));
        }
        else
        {
            Change(changed);
        }
    }

    /// <summary>Null for what is not hashed, which has been told.</summary>
    private string? Hash(ModelDeclaration declaration, ModelHashes hashes)
    {
        string name = MessageText.Quote(declaration.Include);
        if (!File.Exists(declaration.FullPath))
        {
            if (!declaration.IsMounted)
                Write(Found(declaration, $"The project declares the model {name}, and there is no such file.", "Restore it, or take the declaration away."));
            else if (declaration.Sha256 is null)
                Say($"{declaration.Include} is mounted and not here, so its hash is not known: write Sha256 where the file is");
            return null;
        }

        if (IsPointer(declaration.FullPath))
        {
            Write(Found(declaration, $"The model {name} is a pointer of Git LFS and not the model.", "Fetch it: git lfs pull."));
            return null;
        }

        string? hash = hashes.Sha256(declaration.FullPath, cancellation.Token);
        if (hash is null)
            Write(Found(declaration, $"The model {name} could not be read.", "Make it readable."));
        return hash;
    }

    private void Change(List<(ModelDeclaration Declaration, string Sha256)> changed)
    {
        var writer = new ModelPinWriter(ProjectFile, GlobalProperties());
        foreach ((ModelPin pin, PinWriting writing) in writer.Write([.. changed.Select(change => new ModelPin(change.Declaration.Include, change.Sha256))]))
        {
            switch (writing)
            {
                case PinWriting.Written written:
                    Say($"{pin.Include} {pin.Sha256}, written in {written.Span.Path}");
                    break;
                case PinWriting.Refused refused:
                    ModelDeclaration declaration = changed.First(change => change.Declaration.Include == pin.Include).Declaration;
                    Write(Needed(declaration, pin.Sha256) with
                    {
                        Message = $"{Needed(declaration, pin.Sha256).Message} MlContainerPinModels cannot write it: {refused.Reason}.",
                        Fix = $"""Write <MlContainerModel Update="{MessageText.Plain(pin.Include)}" Sha256="{pin.Sha256}" /> {refused.Place}.""",
                        Span = refused.Span,
                    });
                    break;
            }
        }
    }

    private Finding Needed(ModelDeclaration declaration, string hash) => Found(
        declaration,
        declaration.Sha256 is { } declared
            ? $"The SHA-256 of the model {MessageText.Quote(declaration.Include)} is {hash}, and {declared} is declared."
            : $"No hash is declared of the model {MessageText.Quote(declaration.Include)}.",
        $"{(declaration.Sha256 is null ? "Write it" : "Find out what changed it. If the change is meant, write the new hash")}: {ModelPinCommand.Of(ProjectFile)}");

    private static Finding Found(ModelDeclaration declaration, string message, string fix) => new(RuleCatalog.Get("MLC3051"), message, fix, declaration.Source);

    // https://github.com/git-lfs/git-lfs, docs/spec.md
    private static bool IsPointer(string path)
    {
        ReadOnlySpan<byte> first = "version https://git-lfs.github.com/spec/"u8;
        byte[] head = new byte[first.Length];
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(first);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IReadOnlyDictionary<string, string> GlobalProperties() =>
        BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties() : ImmutableDictionary<string, string>.Empty;

    // "name -> result" is the one kind of message that the Terminal Logger shows.
    private void Say(string what) => Log.LogMessage(MessageImportance.High, "{0}", $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {what} ({ProjectFile})");

    private void Write(Finding finding)
    {
        using var locator = new ValueLocator(ProjectFile, GlobalProperties());
        Finding placed = finding.Span is null ? finding with { Span = locator.Locate(finding.Source).Span } : finding;
        new FindingLog(Log, ProjectFile).Write(placed, placed.Severity);
    }
}
