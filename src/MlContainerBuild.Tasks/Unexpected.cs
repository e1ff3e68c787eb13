using MlContainerBuild.Secrets;

namespace MlContainerBuild.Tasks;

/// <summary>What a task says of an exception nobody foresaw: a defect of ours, told without a stack trace and without a secret.</summary>
internal static class Unexpected
{
    public static string Describe(string what, Exception exception, string consequence = "Nothing is published unchecked.") =>
        $"{what} could not be finished: {exception.GetType().Name}: {SecretMask.Redact(exception.Message)} {consequence} If the cause is not plain, please report it with the output of -bl.";
}
