using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Payload;

/// <summary>A publish folder on disk, and what the rules on published files say of it.</summary>
internal sealed class PublishFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder project = new();
    private PayloadSubject subject;

    public PublishFolder() => subject = new PayloadSubject(folder.Path);

    public string Path => folder.Path;

    /// <summary>Where the project's own files lie.</summary>
    public string ProjectPath => project.Path;

    public PublishFolder With(string name, string text)
    {
        folder.Write(name, text);
        return this;
    }

    public PublishFolder With(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.Write(name, ""), bytes);
        return this;
    }

    /// <summary>A file that the build has copied from the project.</summary>
    public PublishFolder FromProject(string name, string text, string? source = null)
    {
        folder.Write(name, text);
        subject = subject with { Origins = subject.Origins.Add(name, new FileOrigin(project.Write(source ?? name, text), Package: null)) };
        return this;
    }

    public PublishFolder FromPackage(string name, byte[] bytes, string package)
    {
        subject = subject with { Origins = subject.Origins.Add(name, new FileOrigin("/packages/" + name, package)) };
        return With(name, bytes);
    }

    public PublishFolder WithOwnAssembly(string name, byte[] bytes)
    {
        With(name, bytes);
        subject = subject with { OwnAssemblies = subject.OwnAssemblies.Add(System.IO.Path.Combine(Path, name)) };
        return this;
    }

    /// <summary>A single file or native image, and the assembly that went into it.</summary>
    public PublishFolder WithProgram(string name, byte[] program, byte[] assembly)
    {
        string path = project.Write(name + ".dll", "");
        File.WriteAllBytes(path, assembly);
        subject = subject with { OwnAssemblies = subject.OwnAssemblies.Add(path) };
        return With(name, program);
    }

    /// <summary>A source of the project in which a rule on C# has reported a line.</summary>
    /// <returns>Its path.</returns>
    public string WithReportedSource(string name, string text, int line)
    {
        string path = project.Write(name, text);
        subject = subject with { ReportedSources = subject.ReportedSources.Add(new SourceSpan(path, line, 5, line, 20)) };
        return path;
    }

    public ImmutableArray<Finding> Check() => PayloadCheck.Run(subject).Findings;

    /// <param name="judge">Knows which files an exception covers.</param>
    public ImmutableArray<Finding> Check(FindingJudge judge) => Run(judge).Findings;

    /// <inheritdoc cref="Check(FindingJudge)"/>
    public PayloadCheck Run(FindingJudge judge) => PayloadCheck.Run(subject with { ExceptionOf = judge.ExceptionFor });

    /// <summary>Rule, severity, file with line and column, and message of each finding.</summary>
    public string[] Tell() => [.. Check().Select(Tell)];

    /// <summary>What one rule says.</summary>
    public string[] Tell(string ruleId) => [.. Check().Where(finding => finding.Rule.Id == ruleId).Select(Tell)];

    public void Dispose()
    {
        folder.Dispose();
        project.Dispose();
    }

    private string Tell(Finding finding)
    {
        SourceSpan span = finding.Span!;
        string path = System.IO.Path.GetRelativePath(span.Path.StartsWith(ProjectPath, StringComparison.Ordinal) ? ProjectPath : Path, span.Path);
        string place = span.Line == 0 ? path : $"{path}({span.Line},{span.Column})";
        return $"{place}: {finding.Severity} {finding.Rule.Id}: {finding.Message}";
    }
}
