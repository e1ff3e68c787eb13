using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

/// <summary>A report in which every text that somebody else has written is drawn by a caller.</summary>
internal static class HostileReport
{
    /// <summary>What ends an element, an attribute, a comment, a style sheet or a line; what loads, runs, or turns the writing round.</summary>
    public static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "</script>", "</style>", "</title>", "</pre></code></article>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml ?>",
        "\" onload=\"alert(1)", "' onmouseover='alert(1)", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
        "<svg onload=alert(1)>", "<style>*{display:none}</style>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0;url=//evil.example>",
        "<a href=\"javascript:alert(1)\">x</a>", "<form action=//evil.example><input>", "url(//evil.example)", "expression(alert(1))",
        "&lt;", "&", "&#0;", "&quot;", "<", ">", "\"", "'", "`", "=", "{", "}", "{0}", "\\", "/", " ", "a", "0", "'<b>'", "Run: ", "<ContainerUser>", "</ContainerUser>",
        "\0", "\u0001", "\b", "\u001b[31m", "\u007f", "\u0085", "\r", "\n", "\t", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\ufffe", "\uffff",
        "\ud800", "\udc00", "\U0001F4A9", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u0627\u0644\u0639", "ｓｃｒｉｐｔ", "+ADw-script+AD4-",
    ];

    public static string Draw(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, 8); i > 0; i--)
            text.Append(Pieces[random.Next(Pieces.Length)]);

        return random.Next(40) == 0 ? text.Insert(0, new string('x', 20_000)).ToString() : text.ToString();
    }

    /// <param name="text">Called for each text of the report, in an order that does not change.</param>
    public static PublishReport Of(Func<string> text) => new()
    {
        ProjectPath = "/repo/" + text(),
        RepositoryRoot = "/repo",
        PackageVersion = text(),
        Time = DateTimeOffset.UnixEpoch,
        Policy = Policy.Default with { Path = "/repo/" + text(), Digest = text() },
        Checked = [text(), text()],
        Rules = [new Rule("MLC3010", text(), Severity.Error)],
        SarifPath = "/elsewhere/" + text(),
        Destination = text(),
        BaseImage = new BaseImage(text(), text()),
        Images = [new PublishedImage(text(), [text(), text()], text())],
        Models = [new ReportedModel(text(), text())],
        Platforms =
        [
            new PlatformImage
            {
                RuntimeIdentifier = text(),
                Platform = text(),
                IsEffective = true,
                BaseDigest = text(),
                Digest = text(),
                BaseLayers = [new ImageLayer(text(), 3, text())],
                ApplicationLayer = new ImageLayer(text(), 4),
                Payload = new PayloadInventory { FileCount = 1, Size = 1, Shares = [new PayloadShare(PayloadFileKind.Model, 1, 1)], LargestFiles = [new PayloadFile(text(), 1)] },
                Settings = new ImageSettings
                {
                    User = Setting(text, new ValueSource.Property(text())),
                    WorkingDirectory = Setting(text, new ValueSource.BaseImage(text(), text())),
                    Command = [Setting(text, new ValueSource.Item(text(), text()))],
                    Environment = [Setting(text, new ValueSource.File(new SourceSpan(text())))],
                    Labels = [Setting(text, new ValueSource.BaseImage(text(), text()))],
                    Ports = [Setting(text, ValueSource.Sdk.Instance)],
                },
            },
        ],
        Findings =
        [
            new Finding(new Rule("MLC1" + text(), text(), Severity.Error), text(), text(), new ValueSource.File(new SourceSpan(text(), 3, 4))) { RuntimeIdentifier = text() },
            new Finding(new Rule("MLC3010", text(), Severity.Warning), text(), text(), new ValueSource.Item(text(), text())),
            new Finding(new Rule("MLC3020", text(), Severity.Error), text(), text(), new ValueSource.Property(text())) { Suppression = new Suppression(SuppressionKind.InSource, text()) },
        ],
    };

    private static Setting Setting(Func<string> text, ValueSource source) => new(text(), text(), source);
}
