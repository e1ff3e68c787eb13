using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Tasks.Pins;

/// <summary>What gives a property its value, and so where an edit would have to go.</summary>
internal abstract record PropertyOrigin
{
    private PropertyOrigin()
    {
    }

    /// <summary>An element in a file of the user's.</summary>
    /// <param name="Span">Where its <c>&lt;</c> stands.</param>
    public sealed record Element(SourceSpan Span) : PropertyOrigin;

    /// <summary>Nothing sets it.</summary>
    public sealed record Nowhere : PropertyOrigin;

    /// <summary>Something that is not ours to edit, or more than one thing.</summary>
    /// <param name="Reason">A clause: "it is given on the command line".</param>
    /// <param name="Place">What the user edits instead, to continue "Write … ": "in that target".</param>
    /// <param name="Span">Where it is set, if that is known.</param>
    public sealed record OutOfReach(string Reason, string Place, SourceSpan? Span = null) : PropertyOrigin;
}
