using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Reports;
using MlContainerBuild.Checks.Tests.Reports;
using MlContainerBuild.Checks.Tests.Reports.Html;
using MlContainerBuild.EndToEnd.Tests.Lab;

namespace MlContainerBuild.EndToEnd.Tests;

/// <summary>The report in a real browser: it does nothing, and everybody can read it. Pictures go to artifacts/screenshots.</summary>
public sealed class HtmlReportTests(HtmlReportTests.OpenBrowser open) : IClassFixture<HtmlReportTests.OpenBrowser>, IDisposable
{
    private const int Desktop = 1280, Telephone = 390;

    private readonly string directory = Directory.CreateTempSubdirectory("mlcontainerbuild-report-").FullName;
    private readonly Chromium browser = open.Browser;

    public static TheoryData<string, string, int> Views
    {
        get
        {
            var views = new TheoryData<string, string, int>();
            foreach (string name in (string[])["Published", "Stopped", "Hostile"])
            {
                foreach (string theme in (string[])["light", "dark"])
                {
                    views.Add(name, theme, Desktop);
                    views.Add(name, theme, Telephone);
                }
            }

            return views;
        }
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task HostileValues_RunNothingAndAskNobody()
    {
        using var stranger = new Stranger();
        PublishReport report = HostileReport.Of(Taking(Attacks(stranger.Address)));

        await browser.OpenAsync(Write(report));

        string[] requests = [.. browser.Events.Where(@event => @event.Method == "Network.requestWillBeSent").Select(@event => (string)@event.Parameters["request"]!["url"]!)];
        Assert.Equal([await LocationAsync()], requests);
        Assert.StartsWith("file:///", requests[0], StringComparison.Ordinal);
        Assert.Equal(0, stranger.Visits);
        Assert.DoesNotContain(browser.Events, @event => @event.Method is "Page.javascriptDialogOpening" or "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded");
        Assert.Equal("undefined,0,0", (string?)await browser.EvaluateAsync(
            """
            [typeof window.ran, document.scripts.length,
             [...document.querySelectorAll("*")].flatMap(element => [...element.attributes]).filter(attribute => /^(on|style$|src)/.test(attribute.name)).length].join()
            """));
    }

    /// <summary>The same texts do act in a page that does not escape them: the test above can fail.</summary>
    [Fact]
    public async Task TheSameValuesUnescaped_RunAndAsk()
    {
        using var stranger = new Stranger();
        string path = Path.Combine(directory, "unescaped.html");
        await File.WriteAllTextAsync(path, "<!DOCTYPE html><body>" + string.Concat(Attacks(stranger.Address)));

        await browser.OpenAsync(new Uri(path).AbsoluteUri);

        Assert.Equal("number", (string?)await browser.EvaluateAsync("typeof window.ran"));
        await stranger.FirstVisit.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task EveryTextHasContrast_AndNothingIsCutOff(string name, string theme, int width)
    {
        await browser.EmulateAsync(width, theme);
        await browser.OpenAsync(Write(Report(name)));
        await browser.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        await browser.ScreenshotAsync(Repository.PathOf($"artifacts/screenshots/report-{name}-{theme}-{width}.png".ToLowerInvariant()));

        JsonArray faint = (JsonArray)(await browser.EvaluateAsync(FaintTexts))!;
        Assert.True(faint.Count == 0, $"Below WCAG AA:{Environment.NewLine}{string.Join(Environment.NewLine, faint)}");
        Assert.Equal(0, (int)(await browser.EvaluateAsync("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"))!);
    }

    [Fact]
    public async Task TheKeyboardReachesEverythingInOrder_AndShowsWhereItIs()
    {
        await browser.EmulateAsync(Desktop, "light");
        await browser.OpenAsync(Write(SampleReports.Published));
        string[] reachable = [.. ((JsonArray)(await browser.EvaluateAsync("[...document.querySelectorAll('a, summary')].filter(element => element.checkVisibility()).map(element => element.textContent.trim().replace(/\\s+/g, ' '))"))!).Select(text => (string)text!)];
        var reached = new List<string>();
        for (int i = 0; i < reachable.Length; i++)
        {
            await browser.PressAsync("Tab", 9);
            JsonNode focus = (await browser.EvaluateAsync(
                """
                (() => {
                  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
                  return { text: element.textContent.trim().replace(/\s+/g, " "), outline: parseFloat(style.outlineWidth), isSeen: element.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)) };
                })()
                """))!;
            reached.Add((string)focus["text"]!);
            Assert.True((double)focus["outline"]! >= 2 && (bool)focus["isSeen"]!, focus.ToJsonString());
        }

        Assert.Equal("Skip to the findings", reached[0]);
        Assert.Equal(reachable, reached);
    }

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Telephone)]
    public async Task AScreenReaderGetsLandmarksHeadingsAndTables(int width)
    {
        await browser.EmulateAsync(width, "light");
        await browser.OpenAsync(Write(SampleReports.Published));

        IReadOnlyList<(string Role, string Name)> tree = await browser.AccessibilityTreeAsync();

        Assert.All((string[])["banner", "navigation", "main", "contentinfo"], landmark => Assert.Single(tree, node => node.Role == landmark));
        Assert.Equal(["Findings", "Image anatomy", "Settings", "Rules and controls"], tree.Where(node => node.Role == "region").Select(node => node.Name));
        Assert.Contains(("heading", "Checked and published"), tree);
        Assert.Contains(tree, node => node.Role == "image" && node.Name.StartsWith("Layers to scale, from the bottom up: Base image 28.4", StringComparison.Ordinal));

        // On a telephone the rows are drawn as cards and stay rows.
        Assert.Contains(("columnheader", "Set by"), tree);
        Assert.Contains(("rowheader", "Working directory"), tree);
        Assert.Contains(("cell", "/app"), tree);
    }

    [Fact]
    public async Task OnPaper_WhatIsFoldedIsThere()
    {
        await browser.EmulateAsync(Desktop, "light", "print");
        await browser.OpenAsync(Write(SampleReports.Published));

        Assert.True((double)(await browser.EvaluateAsync("document.querySelector('.suppressed table').getBoundingClientRect().height"))! > 20);
        Assert.Equal("none", (string?)await browser.EvaluateAsync("getComputedStyle(document.querySelector('nav')).display"));
    }

    // Colours are those that are drawn: of the text, and of the first thing behind it that is not transparent.
    private const string FaintTexts = """
        (() => {
          const parse = color => (color.match(/[\d.]+/g) ?? []).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
          const behind = element => {
            for (let node = element; node; node = node.parentElement) {
              const color = parse(getComputedStyle(node).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const faint = [];
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement, style = getComputedStyle(element);
            if (!texts.currentNode.data.trim() || element.closest("title, style") || !element.checkVisibility() || element.getBoundingClientRect().width <= 1) continue;
            const isDrawn = element.namespaceURI.endsWith("svg");
            const back = isDrawn ? parse(getComputedStyle(element.previousElementSibling).fill) : behind(element);
            const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            const ratio = contrast(parse(isDrawn ? style.fill : style.color), back);
            if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: "${texts.currentNode.data.trim().slice(0, 40)}" in ${element.outerHTML.slice(0, 80)}`);
          }
          return faint;
        })()
        """;

    private static PublishReport Report(string name) => name switch
    {
        "Published" => SampleReports.Published,
        "Stopped" => SampleReports.Stopped,
        _ => HostileReport.Of(Taking(HostileReport.Pieces)),
    };

    private static string[] Attacks(string address) =>
    [
        "<script>window.ran = 1</script>", $"<script src=\"{address}/a.js\"></script>", $"<img src=\"{address}/b.png\" onerror=\"window.ran = 1\">",
        $"\"><img src=\"{address}/c.png\" onerror=\"window.ran = 1\"><x y=\"", "' autofocus tabindex=0 onfocus='window.ran = 1", "<svg onload=\"window.ran = 1\"></svg>",
        $"</style><style>@import url({address}/d.css);body{{background:url({address}/e.png)}}</style>", $"<link rel=\"stylesheet\" href=\"{address}/f.css\">",
        $"<iframe src=\"{address}/g\"></iframe>", $"<base href=\"{address}/\">", $"<object data=\"{address}/h\"></object>", "javascript:window.ran=1", "</title><script>window.ran = 1</script>",
        "<details open ontoggle=\"window.ran = 1\"></details>", $"<video src=\"{address}/i\" autoplay></video>",
    ];

    private static Func<string> Taking(string[] texts)
    {
        int next = 0;
        return () => texts[next++ % texts.Length];
    }

    private string Write(PublishReport report)
    {
        ReportFolder.Write(report, directory);
        return new Uri(Path.Combine(directory, ReportFolder.Html)).AbsoluteUri;
    }

    private async Task<string> LocationAsync() => (string)(await browser.EvaluateAsync("location.href"))!;

    /// <summary>One browser for all tests of the class, which run one after another.</summary>
    public sealed class OpenBrowser : IAsyncLifetime
    {
        internal Chromium Browser { get; private set; } = null!;

        public async Task InitializeAsync() => Browser = await Chromium.StartAsync();

        public async Task DisposeAsync()
        {
            if (Browser is not null)
                await Browser.DisposeAsync();
        }
    }

    /// <summary>A server on loopback that counts who comes.</summary>
    private sealed class Stranger : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int visits;

        public Stranger()
        {
            listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
            _ = AcceptAsync();
        }

        public string Address { get; }

        public int Visits => Volatile.Read(ref visits);

        public Task FirstVisit => first.Task;

        public void Dispose() => listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using TcpClient visitor = await listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref visits);
                    first.TrySetResult();
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
