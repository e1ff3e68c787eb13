using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3025. Judges each argument, and each word of one that is a shell command, by itself, as <c>--name=value</c>, and as the
/// value of the <c>--name</c> before it.
/// </summary>
internal sealed class SecretInCommandRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3025");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        string previous = "";
        foreach (Setting argument in subject.Command)
        {
            if (Find(previous, argument.Value) is var (name, value, secret))
            {
                yield return new Finding(
                    Rule,
                    $"{MessageText.Origin(argument.Source)} starts the process with {SecretText.Describe(secret, value)}{(name.Length == 0 ? "" : $" as {MessageText.Quote(name)}")}: everyone who can pull the image or list processes can read it.",
                    argument.Source is ValueSource.BaseImage
                        ? "Have whoever builds the base image revoke and remove it, and build on another image until then."
                        : $"Remove the argument, revoke the secret, {SecretText.ReadAtRunTime}.",
                    argument.Source)
                {
                    Severity = SecretText.SeverityOf(secret, name),
                };
            }

            previous = argument.Value;
        }
    }

    // A shell command is judged as a whole and word by word: a word has a name of its own, which says more.
    private static Candidate? Find(string previous, string argument) =>
        Candidates(previous, argument).OfType<Candidate>().MaxBy(candidate => (int)SecretText.SeverityOf(candidate.Secret, candidate.Name));

    private static IEnumerable<Candidate?> Candidates(string previous, string argument)
    {
        yield return Judge(NameBefore(argument, previous), argument);

        string before = "";
        foreach (string word in argument.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string text = word.Trim('"', '\'', ';');
            int separator = text.IndexOfAny(['=', ':']);
            yield return separator > 0
                ? Judge(text[..separator].TrimStart('-', '/'), text[(separator + 1)..])
                : Judge(NameBefore(text, before), text);
            before = text;
        }
    }

    private static Candidate? Judge(string name, string value) => NamedSecret.Find(name, value) is { } secret ? new Candidate(name, value, secret) : null;

    // The name of the option whose value an argument is; empty when the argument is an option itself, or follows none.
    private static string NameBefore(string argument, string previous) =>
        previous.StartsWith('-') && !argument.StartsWith('-') && !previous.AsSpan().ContainsAny('=', ':', ' ') ? previous.TrimStart('-') : "";

    private sealed record Candidate(string Name, string Value, SecretMatch Secret);
}
