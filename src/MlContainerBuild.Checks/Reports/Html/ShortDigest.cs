namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>As much of a digest as tells it from the others on the page; where the whole is needed it is in image.json.</summary>
internal static class ShortDigest
{
    private const int Shown = 19; // sha256: and twelve digits, as container engines do

    public static Markup Render(string digest) => digest.Length <= Shown
        ? Markup.Of($"<span class=\"digest\">{digest}</span>")
        : Markup.Of($"<span class=\"digest\" title=\"{digest}\">{digest[..Shown]}…</span>");
}
