using Microsoft.Build.Evaluation;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Tasks.Pins;

/// <summary>The hash to write for one declared model.</summary>
internal sealed record ModelPin(string Include, string Sha256);

/// <summary>Writes hashes of models where the project declares them: all that can be written, or nothing of a file.</summary>
/// <param name="globalProperties">Those of the build that asks.</param>
internal sealed class ModelPinWriter(string projectPath, IReadOnlyDictionary<string, string> globalProperties)
{
    private const string Metadata = "Sha256";

    /// <summary>Writes.</summary>
    /// <returns>For each pin what came of it.</returns>
    public IReadOnlyList<(ModelPin Pin, PinWriting Writing)> Write(IReadOnlyList<ModelPin> pins) => ProjectEditLock.Run(() => WriteAlone(pins));

    private List<(ModelPin, PinWriting)> WriteAlone(IReadOnlyList<ModelPin> pins)
    {
        using ProjectEvaluation? evaluation = ProjectEvaluation.TryLoad(projectPath, globalProperties);
        if (evaluation is null)
            return [.. pins.Select(pin => (pin, (PinWriting)new PinWriting.Refused("the project could not be evaluated again to find where it is declared", $"in {projectPath}")))];

        ILookup<string, ItemOrigin> origins = evaluation.OriginsOf(ModelDeclaration.ItemType, Metadata).ToLookup(origin => origin.Identity, StringComparer.Ordinal);
        var results = new List<(ModelPin, PinWriting)>();
        var planned = new List<(ModelPin Pin, string File, ProjectItemEdit Edit, SourceSpan Place)>();
        foreach (ModelPin pin in pins)
        {
            PinWriting.Refused? refused = Plan(pin, [.. origins[pin.Include]], planned);
            if (refused is not null)
                results.Add((pin, refused));
        }

        foreach (IGrouping<string, (ModelPin Pin, string File, ProjectItemEdit Edit, SourceSpan Place)> file in planned.GroupBy(plan => plan.File))
        {
            string? error = Edit(file.Key, [.. file.Select(plan => plan.Edit)], [.. file.Select(plan => plan.Pin)]);
            results.AddRange(file.Select(plan => (plan.Pin, error is null ? (PinWriting)new PinWriting.Written(plan.Place) : new PinWriting.Refused(error, "there", plan.Place))));
        }

        return results;
    }

    private static PinWriting.Refused? Plan(ModelPin pin, ItemOrigin[] origins, List<(ModelPin, string, ProjectItemEdit, SourceSpan)> planned)
    {
        switch (origins)
        {
            case []:
                return new PinWriting.Refused("a target adds the item while the project is built", "in that target");
            case [_, _, ..]:
                return new PinWriting.Refused($"it is declared in {string.Join(" and in ", origins.Select(origin => origin.Include).Distinct())}", "in one of them, and take the other away", origins[0].Include);
            case [{ Metadata: { IsOwn: false } metadata }]:
                return new PinWriting.Refused("its hash is set by a file of a package or of the SDK", "in the project", metadata.Item);
            case [{ Metadata: { IsAlone: false } metadata }]:
                return new PinWriting.Refused("one hash is set for several files", "in an element of its own for each file", metadata.Item);
            case [{ Metadata: { Place: { } place } }]:
                planned.Add((pin, place.Path, new ProjectItemEdit.SetElement(place.Line, place.Column, pin.Sha256), place));
                return null;
            case [{ Metadata: { } metadata }]:
                planned.Add((pin, metadata.Item.Path, new ProjectItemEdit.SetAttribute(metadata.Item.Line, metadata.Item.Column, Metadata, pin.Sha256), metadata.Item));
                return null;
            case [{ IsOwn: false } origin]:
                return new PinWriting.Refused("it is declared by a file of a package or of the SDK", "in the project", origin.Include);
            case [{ IsAlone: true } origin]:
                planned.Add((pin, origin.Include.Path, new ProjectItemEdit.SetAttribute(origin.Include.Line, origin.Include.Column, Metadata, pin.Sha256), origin.Include));
                return null;
            default:
                SourceSpan include = origins[0].Include;
                planned.Add((pin, include.Path, new ProjectItemEdit.AddUpdate(include.Line, include.Column, ProjectCollection.Escape(pin.Include), Metadata, pin.Sha256), include));
                return null;
        }
    }

    /// <summary>Null when it is done, else why not.</summary>
    private string? Edit(string path, List<ProjectItemEdit> edits, List<ModelPin> pins)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read";
        }

        ProjectEdit edit = ProjectItemEditor.Apply(bytes, edits);
        if (edit is not ProjectEdit.Changed changed)
            return edit is ProjectEdit.Refused refused ? $"{path} cannot be edited: {refused.Reason}" : null;

        // What stands later may have the last word, and a condition may hide the new element.
        using (ProjectEvaluation? evaluation = ProjectEvaluation.TryLoad(projectPath, globalProperties, (path, changed.Bytes)))
        {
            if (evaluation is null || pins.FirstOrDefault(pin => evaluation.MetadataOf(ModelDeclaration.ItemType, pin.Include, Metadata) != pin.Sha256) is { } lost)
                return $"{path} cannot be edited: the hash would not count, because the project sets another one later";
        }

        return FileReplacement.TryWrite(path, changed.Bytes, out string? error) ? null : $"{path} cannot be written: {error}";
    }
}
