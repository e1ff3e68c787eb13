using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3034. ld.so(8): elements are separated by <c>:</c> or <c>;</c>, and an empty one is the current directory; a variable
/// that is empty as a whole is ignored. Nothing between the project and the loader expands <c>$LD_LIBRARY_PATH</c>: a value
/// that came from a Dockerfile has been expanded when the base image was built, one from the project never is.
/// </summary>
internal sealed class LibrarySearchPathRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3034");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.TargetsWindows || subject.Settings.Variable("LD_LIBRARY_PATH") is not { Value.Length: > 0 } path)
        {
            yield break;
        }

        string[] elements = path.Value.Split(':', ';');
        string? unsafeElement = elements.FirstOrDefault(element => !element.StartsWith('/'));
        if (unsafeElement is null)
        {
            yield break;
        }

        string why = unsafeElement switch
        {
            "" => "has an empty element, which means the current directory: a library that lies there is loaded into the process",
            "$LD_LIBRARY_PATH" or "${LD_LIBRARY_PATH}" => $"contains {unsafeElement}, which no shell expands here: the base image's own value is lost, and the loader looks for a relative directory of that name",
            _ => $"has the relative element {MessageText.Quote(unsafeElement)}: which library is loaded depends on the current directory",
        };
        yield return new Finding(Rule, $"{MessageText.Origin(path.Source)} sets LD_LIBRARY_PATH, which {why}.", Fix(subject, path, elements), path.Source);
    }

    private static string Fix(ContainerSubject subject, Setting path, string[] elements)
    {
        string absolute = string.Join(':', elements.Where(element => element.StartsWith('/')));
        bool wantsInherited = elements.Any(element => element is "$LD_LIBRARY_PATH" or "${LD_LIBRARY_PATH}");
        return (absolute, wantsInherited) switch
        {
            (_, true) => $"Write the directories of the base image {MessageText.Quote(subject.Intent.BaseImage.Value)} out: they stand in its configuration (skopeo inspect --config, docker image inspect).",
            ("", false) => path.Source.IsOwn() ? "Name absolute directories, or delete that item." : MessageText.SetVariable(path, ""),
            _ => MessageText.SetVariable(path, absolute),
        };
    }
}
