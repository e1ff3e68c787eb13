using System.Buffers;

using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3033. NVIDIA's hooks ran with the environment of the image as root on the host (CVE-2025-23266): a preloaded library
/// whose path the image or the application controls was all it took. An absolute path to a file of the system is silent,
/// because nearly every real use is tcmalloc or jemalloc.
/// </summary>
internal sealed class InjectedLibraryRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3033");

    // ld.so(8): LD_PRELOAD is split at spaces and colons, LD_AUDIT at colons. The CUDA driver takes one path.
    private static readonly (string Variable, SearchValues<char> Separators)[] Variables =
    [
        ("LD_PRELOAD", SearchValues.Create(": \t\n")),
        ("LD_AUDIT", SearchValues.Create(":")),
        ("CUDA_INJECTION64_PATH", SearchValues.Create("")),
    ];

    // Writable by everyone or by the user of Microsoft's images.
    private static readonly string[] WritableDirectories = ["/tmp/", "/var/tmp/", "/dev/", "/run/user/", "/home/"];

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.TargetsWindows)
        {
            yield break;
        }

        foreach ((string name, SearchValues<char> separators) in Variables)
        {
            if (subject.Settings.Variable(name) is not { } variable)
            {
                continue;
            }

            // One finding a variable, for its worst library.
            (string Library, Danger Danger) worst = Split(variable.Value, separators)
                .Select(library => (Library: library, Danger: DangerOf(library, subject.Settings)))
                .DefaultIfEmpty((Library: "", Danger: Danger.None))
                .MaxBy(found => found.Danger);
            if (worst.Danger != Danger.None)
            {
                yield return Found(variable, worst.Library, worst.Danger);
            }
        }
    }

    private enum Danger
    {
        None,
        BareName,
        Writable,
        Process,
        Relative,
    }

    private Finding Found(Setting variable, string library, Danger danger)
    {
        string why = danger switch
        {
            Danger.BareName => "is looked for along LD_LIBRARY_PATH, so that what is loaded into every process depends on who starts it",
            Danger.Writable => "lies where the application can write, so that whoever takes it over has their code in every process",
            Danger.Process => "is another file in every process, as in the attack of CVE-2025-23266 on hosts with GPUs",
            _ => "is relative to the directory or program of each process that loads it, as in the attack of CVE-2025-23266 on hosts with GPUs",
        };
        string remedy = variable.Source.IsOwn() ? "delete that item" : $"override it in the project: {MessageText.Variable(variable.Name, "")}";
        return new Finding(
            Rule,
            $"{MessageText.Origin(variable.Source)} sets {variable.Name}, and {MessageText.Quote(library)} {why}.",
            $"Name the library by its absolute path in a directory that only root can write, such as /usr/lib, or {remedy}.",
            variable.Source)
        {
            Severity = danger == Danger.BareName ? Severity.Warning : Rule.Severity,
        };
    }

    private static Danger DangerOf(string library, ImageSettings settings)
    {
        if (!library.StartsWith('/'))
        {
            return library.Contains('/', StringComparison.Ordinal) ? Danger.Relative : Danger.BareName;
        }

        string path = Normalize(library);
        return path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/dev/fd/", StringComparison.Ordinal) ? Danger.Process
            : WritableDirectories.Any(directory => path.StartsWith(directory, StringComparison.Ordinal)) ? Danger.Writable
            : path.StartsWith(ApplicationDirectory(settings), StringComparison.Ordinal) && ApplicationOwnsItsFiles(settings) ? Danger.Writable
            : Danger.None;
    }

    private static string ApplicationDirectory(ImageSettings settings) =>
        settings.WorkingDirectory is { Value: ['/', ..] } directory ? Normalize(directory.Value).TrimEnd('/') + '/' : "/app/";

    // See UserWithoutGroupRule; for root the files are its own anyway.
    private static bool ApplicationOwnsItsFiles(ImageSettings settings) =>
        settings.User is { } user && ImageUser.Parse(user.Value) switch
        {
            { Kind: ImageUserKind.Root } => true,
            { Kind: ImageUserKind.Id, Group: null } => user.Source is ValueSource.Property,
            _ => false,
        };

    private static List<string> Split(string value, SearchValues<char> separators)
    {
        var libraries = new List<string>();
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOfAny(separators);
            ReadOnlySpan<char> library = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (!library.IsWhiteSpace())
            {
                libraries.Add(library.ToString());
            }
        }

        return libraries;
    }

    /// <summary>An absolute path without empty, <c>.</c> and <c>..</c> components.</summary>
    private static string Normalize(string path)
    {
        var components = new List<string>();
        foreach (string component in path.Split('/'))
        {
            if (component == ".." && components.Count > 0)
            {
                components.RemoveAt(components.Count - 1);
            }
            else if (component is not ("" or "." or ".."))
            {
                components.Add(component);
            }
        }

        return "/" + string.Join('/', components);
    }
}
