namespace MlContainerBuild.Checks.Projects;

/// <summary>
/// Lets one process of this user at a time read, edit and write project files: the projects of a solution are built in
/// parallel, and several of them may have their value in one Directory.Build.props.
/// </summary>
public static class ProjectEditLock
{
    // A step takes well under a second, and no more of them wait than MSBuild has nodes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Runs a step that holds no await, as the lock belongs to the thread.</summary>
    /// <exception cref="TimeoutException">Somebody holds the lock for longer than any edit takes.</exception>
    public static T Run<T>(Func<T> step)
    {
        using var mutex = new Mutex("MlContainerBuild.ProjectEdit", new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
        try
        {
            if (!mutex.WaitOne(LongestWait))
            {
                throw new TimeoutException($"Another process has been editing project files for {LongestWait.TotalSeconds} s.");
            }
        }
        catch (AbandonedMutexException)
        {
            // Its owner died. Files are replaced whole or not at all, so nothing is half done.
        }

        try
        {
            return step();
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }
}
