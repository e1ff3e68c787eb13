using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Projects;

namespace MlContainerBuild.Tasks.Pins;

/// <summary>What came of writing a pin.</summary>
internal abstract record PinWriting
{
    private PinWriting()
    {
    }

    public sealed record Written(SourceSpan Span) : PinWriting;

    /// <summary>Nothing was written.</summary>
    /// <param name="Reason">A clause.</param>
    /// <param name="Place">Continues "Write … ".</param>
    public sealed record Refused(string Reason, string Place, SourceSpan? Span = null) : PinWriting;
}

/// <summary>Writes a base image where the project has it, or into the project where it has none.</summary>
/// <param name="globalProperties">Those of the build that asks.</param>
internal sealed class PinWriter(string projectPath, IReadOnlyDictionary<string, string> globalProperties)
{
    private const string Property = "ContainerBaseImage";

    /// <summary>Writes.</summary>
    /// <param name="current">What the build has read as the property's value; "" when nothing sets it.</param>
    /// <param name="pin">The new value.</param>
    /// <param name="targetFramework">Set where the project has several and a new value is to count for this one only.</param>
    public PinWriting Write(string current, string pin, string? targetFramework) =>
        ProjectEditLock.Run(() => WriteAlone(current, pin, targetFramework));

    private PinWriting WriteAlone(string current, string pin, string? targetFramework)
    {
        using ProjectEvaluation? evaluation = ProjectEvaluation.TryLoad(projectPath, globalProperties);
        if (evaluation is null)
            return new PinWriting.Refused("the project could not be evaluated again to find where it is set", $"in {projectPath}");

        PropertyOrigin origin = evaluation.OriginOf(Property, targetFramework is null ? null : "TargetFramework");
        if (origin is PropertyOrigin.OutOfReach outOfReach)
            return new PinWriting.Refused(outOfReach.Reason, outOfReach.Place, outOfReach.Span);

        SourceSpan place = origin is PropertyOrigin.Element element ? element.Span : new SourceSpan(projectPath);
        string evaluated = evaluation.ValueOf(Property);
        if (evaluated == pin && origin is PropertyOrigin.Element)
            return new PinWriting.Written(place);

        if (evaluated.Trim() != current.Trim())
            return new PinWriting.Refused("a target sets it while the project is built", "in that target", origin is PropertyOrigin.Element ? place : null);

        return Edit(place, pin, targetFramework);
    }

    private PinWriting Edit(SourceSpan place, string pin, string? targetFramework)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(place.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new PinWriting.Refused($"{place.Path} cannot be read", "there", place);
        }

        ProjectEdit edit = place.Line > 0
            ? ProjectFileEditor.Replace(file, Property, place.Line, place.Column, pin)
            : ProjectFileEditor.Insert(file, Property, pin, targetFramework is null ? null : $"'$(TargetFramework)' == '{targetFramework}'");
        switch (edit)
        {
            case ProjectEdit.Refused refused:
                return new PinWriting.Refused($"{place.Path} cannot be edited: {refused.Reason}", "there", place);
            case ProjectEdit.Changed changed:
                return TryOut(place.Path, changed, pin);
            default:
                return new PinWriting.Written(place);
        }
    }

    // What stands later in the project, or in Directory.Build.targets, may have the last word.
    private PinWriting TryOut(string path, ProjectEdit.Changed changed, string pin)
    {
        var place = new SourceSpan(path, changed.Line, changed.Column);
        using (ProjectEvaluation? evaluation = ProjectEvaluation.TryLoad(projectPath, globalProperties, (path, changed.Bytes)))
        {
            if (evaluation?.ValueOf(Property) != pin)
                return new PinWriting.Refused($"a value in {place} would not count, because the project sets another one later", "there", place);
        }

        return FileReplacement.TryWrite(path, changed.Bytes, out string? error)
            ? new PinWriting.Written(place)
            : new PinWriting.Refused($"{path} cannot be written: {error}", "there", place);
    }
}
