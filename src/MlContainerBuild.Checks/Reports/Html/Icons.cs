using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>Drawings that repeat what a text beside them says, so that a screen reader skips them.</summary>
internal static class Icons
{
    public static Markup Passed { get; } = Draw("""<circle cx="12" cy="12" r="10" class="disc" /><path d="M7.2 12.4l3.2 3.2 6.4-7" />""");

    public static Markup Stopped { get; } = Draw("""<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" class="disc" /><path d="M8.5 8.5l7 7m0-7l-7 7" />""");

    public static Markup Caution { get; } = Draw("""<path d="M12 2.6L22.4 21H1.6z" class="disc" /><path d="M12 9v5.4m0 2.7v.4" />""");

    public static Markup Note { get; } = Draw("""<circle cx="12" cy="12" r="10" class="disc" /><path d="M12 11v6m0-10v.4" />""");

    public static Markup Of(Severity severity) => severity switch
    {
        Severity.Error => Stopped,
        Severity.Warning => Caution,
        _ => Note,
    };

    private static Markup Draw(string shapes) =>
        Markup.Trusted($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>""");
}
