using System.Collections;

using Microsoft.Build.Framework;

namespace MlContainerBuild.Tasks.Tests;

/// <summary>Takes what a task logs, as the engine would get it.</summary>
internal sealed class FakeBuildEngine(string projectFile = "/repo/app.csproj") : IBuildEngine
{
    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => projectFile;

    /// <summary>Everything anyone could read.</summary>
    public string Text => string.Join('\n', [.. Errors.Select(error => error.Message), .. Warnings.Select(warning => warning.Message), .. Messages.Select(message => message.Message)]);

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Add(e);

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add(e);

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();
}
