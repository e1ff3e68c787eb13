using System.Collections.Immutable;

using Microsoft.Build.Framework;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Tasks.Pins;

using Task = Microsoft.Build.Utilities.Task;

namespace MlContainerBuild.Tasks;

/// <summary>
/// MlContainerPin: asks the registry what the base image's tag points to, verifies it, and writes the digest behind the tag
/// where the project has its base image. With <see cref="VerifyNoChanges"/> it writes nothing and fails where it would.
/// </summary>
public sealed class PinBaseImage : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary><c>ContainerBaseImage</c> before the SDK has inferred one: empty when nothing sets it.</summary>
    public string? GivenBaseImage { get; set; }

    /// <summary><c>ContainerBaseImage</c> as the SDK will use it.</summary>
    public string? BaseImage { get; set; }

    /// <summary>Where the image goes: where the base comes from the same registry, the SDK reads it with that login.</summary>
    public string? Registry { get; set; }

    public string[] RuntimeIdentifiers { get; set; } = [];

    /// <summary>The SDK's <c>RuntimeIdentifierGraphPath</c>.</summary>
    [Required]
    public string RuntimeIdentifierGraph { get; set; } = "";

    /// <summary>Set where the project has several: an inferred base counts for this one only.</summary>
    public string? TargetFramework { get; set; }

    /// <summary><c>MlContainerVerifyNoChanges</c>.</summary>
    public bool VerifyNoChanges { get; set; }

    public void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    public override bool Execute()
    {
        try
        {
            PinAsync().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, "Pinning the base image was cancelled. Nothing was written.");
        }
        catch (Exception exception)
        {
            Log.LogError(null, "MLC9006", null, ProjectFile, 0, 0, 0, 0, Unexpected.Describe("Pinning the base image", exception));
        }

        return !Log.HasLoggedErrors;
    }

    private async System.Threading.Tasks.Task PinAsync()
    {
        ContainerIntent intent = ReadIntent();
        Finding? unpinned = new PinnedBaseImageRule().Check(new ContainerSubject(intent, intent.Settings, Policy.Default, IsEffective: false)).FirstOrDefault();
        if (!ImageReference.TryParse(intent.BaseImage.Value, out ImageReference? image, out _))
        {
            Write(unpinned!);
            return;
        }

        if (image is { Digest: not null, Tag: null })
        {
            Say($"{image} is pinned without a tag, so nothing says what it should move to: write the tag before the '@' to have it refreshed");
            return;
        }

        if (!Checks.Images.Bases.RuntimeIdentifierGraph.TryRead(RuntimeIdentifierGraph, out RuntimeIdentifierGraph? graph, out string? error))
        {
            Write(new Finding(RuleCatalog.Get("MLC9006"), $"The base image cannot be verified: {error}.", "Repair the .NET SDK.", ValueSource.Sdk.Instance));
            return;
        }

        RegistryEnvironment environment = RegistryEnvironment.Current;
        var reader = new BaseImageReader(environment, BlobCache.ForUser(environment), graph);
        BaseImagePin pin = await BaseImagePin.ResolveAsync(reader, intent, image, cancellation.Token).ConfigureAwait(false);
        foreach (Finding finding in pin.Findings)
        {
            Write(finding);
        }

        if (pin.Reference is not ImageReference current)
            return;

        Finding? needed = unpinned ?? DriftedPinRule.Check(intent, image, current);
        if (needed is null)
            Say($"{current} is what the tag points to; nothing to change");
        else if (VerifyNoChanges)
            Write(needed with { Severity = Severity.Error });
        else
            Change(needed, current);
    }

    private void Change(Finding needed, ImageReference pin)
    {
        string? targetFramework = string.IsNullOrEmpty(TargetFramework) ? null : TargetFramework;
        switch (new PinWriter(ProjectFile, GlobalProperties()).Write(IsInferred ? "" : BaseImage!, pin.ToString(), targetFramework))
        {
            case PinWriting.Written written:
                Say($"{pin}, written in {written.Span}");
                break;
            case PinWriting.Refused refused:
                Write(needed with
                {
                    Severity = Severity.Error,
                    Message = $"{needed.Message} MlContainerPin cannot write it: {refused.Reason}.",
                    Fix = $"Write {MessageText.Property("ContainerBaseImage", pin.ToString())} {refused.Place}.",
                    Span = refused.Span,
                });
                break;
        }
    }

    private ContainerIntent ReadIntent()
    {
        var property = new ValueSource.Property("ContainerBaseImage");
        return new ContainerIntent
        {
            ProjectPath = ProjectFile,
            BaseImage = new Setting(property.Name, BaseImage ?? "", IsInferred ? ValueSource.Sdk.Instance : property),
            IsBaseImageInferred = IsInferred,
            Registry = string.IsNullOrEmpty(Registry) ? null : new Setting("ContainerRegistry", Registry, new ValueSource.Property("ContainerRegistry")),
            RuntimeIdentifiers = [.. RuntimeIdentifiers],
        };
    }

    // What the SDK infers is Microsoft's. Anything else a target has put in its place.
    private bool IsInferred => string.IsNullOrEmpty(GivenBaseImage) && BaseImage?.StartsWith("mcr.microsoft.com/dotnet/", StringComparison.Ordinal) == true;

    private IReadOnlyDictionary<string, string> GlobalProperties() =>
        BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties() : ImmutableDictionary<string, string>.Empty;

    // "name -> result" is the one kind of message that the Terminal Logger shows.
    private void Say(string what) =>
        Log.LogMessage(MessageImportance.High, "{0}", $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> {what} ({ProjectFile}; {string.Join(", ", RuntimeIdentifiers)})");

    private void Write(Finding finding)
    {
        using var locator = new ValueLocator(ProjectFile, GlobalProperties());
        Finding placed = finding.Span is null ? finding with { Span = locator.Locate(finding.Source).Span } : finding;
        new FindingLog(Log, ProjectFile).Write(placed, placed.Severity);
    }
}
