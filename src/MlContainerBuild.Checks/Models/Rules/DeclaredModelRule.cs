using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Models.Rules;

/// <summary>
/// MLC3051. Once a project declares a model, the models in the image are those it declares, byte for byte. Without a declaration
/// it is silent.
/// </summary>
internal static class DeclaredModelRule
{
    private static readonly Rule Rule = RuleCatalog.Get("MLC3051");

    /// <param name="projectPath">Absolute.</param>
    /// <param name="models">The models in the publish folder.</param>
    /// <param name="pathOf">Absolute path of a published file by its place below the publish folder; null when there is none.</param>
    /// <param name="sha256">The hash of a file; null when it cannot be read.</param>
    public static IEnumerable<Finding> Check(
        string projectPath, ImmutableArray<ModelDeclaration> declarations, ImmutableArray<PublishedModel> models, Func<string, string?> pathOf, Func<string, string?> sha256)
    {
        if (declarations.IsEmpty)
            yield break;

        string pin = ModelPinCommand.Of(projectPath);
        foreach (ModelDeclaration declaration in declarations)
        {
            if (CheckDeclared(declaration, pathOf(declaration.TargetPath), sha256, pin) is { } finding)
                yield return finding;
        }

        if (Unpinned(declarations, pin) is { } unpinned)
            yield return unpinned;

        HashSet<string> declared = [.. declarations.Select(declaration => declaration.TargetPath)];
        foreach (PublishedModel model in models.Where(model => !declared.Contains(model.RelativePath)))
        {
            yield return new Finding(
                Rule,
                $"{model.Subject} is in the publish folder, and the project, which declares its models, does not declare it.",
                $"""If the service needs it, declare it, <MlContainerModel Include="{MessageText.Plain(model.RelativePath)}" />, and write its hash: {pin}. Otherwise find out what publishes it.""",
                model.Source);
        }
    }

    private static Finding? CheckDeclared(ModelDeclaration declaration, string? published, Func<string, string?> sha256, string pin)
    {
        string name = MessageText.Quote(declaration.TargetPath);
        if (declaration.IsMounted)
        {
            return published is null ? null : Found(
                declaration,
                $"The model {name} is declared to be mounted at run time, and it is in the publish folder.",
                "Delete it there if an earlier publish has left it; else find the target that copies it, or take Mount away.");
        }

        if (published is null)
            return Found(declaration, $"The project declares the model {name}, and it is not in the publish folder.", "Restore the file (git lfs pull, or the download that brings it), or correct the path.");

        if (declaration.Sha256 is not { } expected)
            return null;

        string? actual = sha256(published);
        if (actual == expected)
            return null;

        // A publish copies only what is newer than the copy that is there.
        if (actual is not null && File.Exists(declaration.FullPath) && sha256(declaration.FullPath) == expected)
        {
            return Found(
                declaration,
                $"The copy of the model {name} in the publish folder is not the declared one: its SHA-256 is {actual}. The project's own file is: it has {expected}.",
                $"Delete the copy in the publish folder and publish again: {MessageText.Whole(published)}. If it comes back, another item publishes a file to that place.");
        }

        return Found(
            declaration,
            actual is null
                ? $"The model {name} could not be read, so it is not known to be the declared one."
                : $"The model {name} is not the declared one: its SHA-256 is {actual}, and {expected} is declared.",
            $"Find out what changed it. If the change is meant, write the new hash: {pin}");
    }

    // A pattern declares whatever lies there, so without a hash another file may take a model's place.
    private static Finding? Unpinned(ImmutableArray<ModelDeclaration> declarations, string pin)
    {
        ImmutableArray<ModelDeclaration> unpinned = [.. declarations.Where(declaration => declaration.Sha256 is null && !declaration.IsMounted)];
        if (unpinned.IsEmpty)
            return null;

        bool areOthersPinned = declarations.Any(declaration => declaration.Sha256 is not null);
        string names = string.Join(", ", unpinned.Take(5).Select(declaration => MessageText.Quote(declaration.TargetPath))) + (unpinned.Length > 5 ? $" and {unpinned.Length - 5} more" : "");
        return Found(unpinned[0], $"No hash is declared of the {(unpinned.Length == 1 ? "model" : "models")} {names}: any file in that place would be published.", $"Write it: {pin}") with
        {
            Severity = areOthersPinned ? Severity.Warning : Severity.Info,
        };
    }

    private static Finding Found(ModelDeclaration declaration, string message, string fix) => new(Rule, message, fix, declaration.Source);
}
