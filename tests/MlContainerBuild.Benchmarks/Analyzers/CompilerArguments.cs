using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Benchmarks.Analyzers;

/// <summary>What the compiler is called with. It is told to use one thread: what several of them wait for each other is nobody's cost.</summary>
internal sealed record CompilerArguments(string Name, string Directory, IReadOnlyList<string> Values)
{
    // Written beside the sources, or of no use here.
    private static readonly string[] Outputs = ["/pdb:", "/refout:", "/doc:", "/errorlog:", "/generatedfilesout:", "/warnaserror"];

    /// <summary>Writes the generated project to the directory.</summary>
    public static CompilerArguments OfGenerated(int files, bool withLibraries, string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        List<string> values = ["/noconfig", "/nostdlib+", "/nologo", "/parallel-", "/deterministic+", "/debug:portable", "/nullable:enable", "/target:library", "/out:Service.dll"];
        values.AddRange(GeneratedProject.Platform.Select(path => $"/reference:{path}"));
        foreach ((string name, byte[] image) in withLibraries ? GeneratedProject.Libraries() : [])
        {
            File.WriteAllBytes(Path.Combine(directory, name + ".dll"), image);
            values.Add($"/reference:{name}.dll");
        }

        foreach ((string name, string source) in GeneratedProject.Sources(files, withLibraries))
        {
            File.WriteAllText(Path.Combine(directory, name), source);
            values.Add(name);
        }

        return new CompilerArguments(NameOfGenerated(files, withLibraries), directory, values);
    }

    public static string NameOfGenerated(int files, bool withLibraries) => $"{files} generated files {(withLibraries ? "that use" : "without")} the libraries";

    /// <summary>Asks MSBuild what it calls the compiler with; the project must have been built once.</summary>
    public static CompilerArguments OfProject(string path)
    {
        string project = Path.GetFullPath(path), directory = Path.GetDirectoryName(project)!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = directory };
        foreach (string argument in (string[])["msbuild", project, "-t:Compile", "-p:NonExistentFile=always", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-getItem:CscCommandLineArgs"])
            start.ArgumentList.Add(argument);

        using Process msbuild = Process.Start(start)!;
        string output = msbuild.StandardOutput.ReadToEnd();
        using JsonDocument document = JsonDocument.Parse(output);
        List<string> values = [
            .. document.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
                .Select(item => item.GetProperty("Identity").GetString()!)
                .Where(value => !Outputs.Any(output => value.StartsWith(output, StringComparison.OrdinalIgnoreCase)))
                .Select(value => value.StartsWith("/out:", StringComparison.Ordinal) ? $"/out:{Path.Combine(Path.GetTempPath(), Path.GetFileName(value))}" : value),
        ];

        int files = values.Count(value => value[0] != '/' || File.Exists(value));
        return new CompilerArguments($"{Path.GetFileName(project)}, {files} files", directory, [.. values, "/parallel-"]);
    }
}
