using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Bases;

namespace MlContainerBuild.Checks.Images.Rehearsal;

/// <summary>
/// Which step of a base image's history set a value. Builders write their instructions there, classic Docker behind
/// <c>/bin/sh -c #(nop)</c>; others write what they like, and then the step is unknown. Only names are given, because a step
/// may hold a secret.
/// </summary>
internal sealed class BaseImageOrigins
{
    private const string ClassicPrefix = "/bin/sh -c #(nop)";

    private readonly string image;
    private readonly int steps;

    // By instruction, or instruction and name: the last step wins. One pass, whatever the size of the history.
    private readonly Dictionary<string, int> stepOf = new(StringComparer.Ordinal);

    public BaseImageOrigins(VerifiedBase verified)
    {
        image = verified.Image.ToString();
        steps = verified.Config.History.Length;
        for (int step = 0; step < steps; step++)
        {
            Read(verified.Config.History[step].CreatedBy, step);
        }
    }

    public ValueSource Instruction(string instruction) => At(instruction);

    public ValueSource Variable(string name) => At("ENV " + name);

    public ValueSource Label(string name) => At("LABEL " + name);

    public ValueSource Port(int number) => At("EXPOSE " + number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private void Read(string createdBy, int step)
    {
        string text = createdBy.StartsWith(ClassicPrefix, StringComparison.Ordinal) ? createdBy[ClassicPrefix.Length..] : createdBy;
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words.FirstOrDefault())
        {
            case "USER" or "ENTRYPOINT":
                stepOf[words[0]] = step;
                break;
            case "ENV" or "LABEL":
                foreach (string word in words.Skip(1))
                {
                    int equals = word.IndexOf('=', StringComparison.Ordinal);
                    if (equals > 0)
                    {
                        stepOf[$"{words[0]} {word[..equals].Trim('"')}"] = step;
                    }
                }

                break;
            case "EXPOSE":
                // "EXPOSE 8080", and as Docker prints its own map: "EXPOSE map[8080/tcp:{}]".
                foreach (string word in words.Skip(1))
                {
                    string number = new([.. word.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
                    stepOf[$"EXPOSE {number}"] = step;
                }

                break;
        }
    }

    private ValueSource.BaseImage At(string what) =>
        new(image, stepOf.TryGetValue(what, out int step) ? $"step {step + 1} of {steps} ({what})" : null);
}
