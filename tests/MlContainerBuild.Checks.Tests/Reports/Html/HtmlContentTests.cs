using System.Xml.Linq;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports.Html;

/// <summary>What a page says.</summary>
public sealed class HtmlContentTests
{
    [Theory]
    [InlineData(false, false, true, "Publish stopped", "3 findings must be fixed first. Nothing has been published. The base image is inspected once these are solved, and may bring more.", "stop")]
    [InlineData(false, true, true, "Published image refused", "The image has been published, and 3 findings say that it must not be used.", "stop")]
    [InlineData(true, false, true, "Audit: would be stopped", "3 findings would stop this publish if the gate were enforced. Nothing has been published yet.", "caution")]
    [InlineData(true, true, true, "Audit: published all the same", "3 findings would have stopped this publish if the gate were enforced.", "caution")]
    [InlineData(false, false, false, "Checks passed", "2 findings are left, none of which stops a publish. Nothing has been published yet.", "pass")]
    [InlineData(false, true, false, "Checked and published", "2 findings are left, none of which stops a publish.", "pass")]
    public void TheVerdictStandsFirst(bool isAudit, bool isPublished, bool fails, string headline, string explanation, string tone)
    {
        PublishReport report = (fails ? SampleReports.Stopped : SampleReports.Published) with
        {
            IsAudit = isAudit,
            Images = isPublished ? SampleReports.Published.Images : [],
        };

        HtmlPage page = HtmlPage.Of(report);

        Assert.Equal(headline, page.Only("h1").Value);
        Assert.Equal(explanation, page.WithClass("verdict").Descendants("p").Single().Value);
        Assert.Equal(tone, (string?)page.Only("header").Attribute("class"));
        Assert.Equal($"{headline}: Iris.Api", page.Title);
    }

    [Fact]
    public void NothingFound_SaysSo()
    {
        HtmlPage page = HtmlPage.Of(SampleReports.Clean);

        Assert.Contains("There are no findings.", page.Only("header").Value, StringComparison.Ordinal);
        Assert.Equal("Nothing was found.", page.WithClass("empty").Single().Value);
    }

    [Fact]
    public void TheHeadNamesImageBaseProjectPolicyPlatformsAndTime()
    {
        XElement facts = HtmlPage.Of(SampleReports.Published).WithClass("facts").Single();

        Assert.Equal(
            [
                $"Image: registry.example/shop/iris-api@{SampleReports.IndexDigest} tags 1.4.0, 1.4",
                $"Base image: mcr.microsoft.com/dotnet/aspnet:10.0@{SampleReports.BaseIndexDigest} verified, made 2026-11-10",
                "Project: Iris.Api services/Iris.Api/Iris.Api.csproj",
                "Policy: mlcontainer.yaml sha256:cccccccccccc…",
                "Platforms: linux-x64, linux-arm64",
                "Checked: 2026-11-21 21:13 UTC",
            ],
            facts.Elements("div").Select(fact => $"{fact.Element("dt")!.Value}: {HtmlPage.Text(fact.Element("dd")!)}"));
    }

    [Fact]
    public void AFindingSaysWhatWhereAndHowToFixIt()
    {
        XElement card = HtmlPage.Of(SampleReports.Stopped).WithClass("finding").Single(card => card.Value.Contains("MLC3010", StringComparison.Ordinal));

        Assert.Equal(
            "Error MLC3010 stops the publish Image runs as root "
            + "The project sets ContainerUser to root: the application, and whoever takes it over, is root in the container. "
            + "Where services/Iris.Api/Iris.Api.csproj:14:5 "
            + "Fix Set <ContainerUser>1654:1654</ContainerUser>; the base image need not know the number.",
            HtmlPage.Text(card));
        Assert.Equal("https://github.com/mlcontainerbuild/mlcontainerbuild/blob/main/docs/rules/MLC3010.md", card.Descendants("a").Single().Attribute("href")!.Value);
        Assert.Contains(card.Descendants("code"), code => code.Value == "<ContainerUser>1654:1654</ContainerUser>");
    }

    [Fact]
    public void FindingsAreGroupedBySubjectTheWorstFirst()
    {
        XElement section = HtmlPage.Of(SampleReports.Stopped).ById("findings");

        Assert.Equal(
            ["Base image 1 finding", "Image 4 findings", "C# 1 finding", "The check itself 1 finding"],
            section.Elements("h3").Select(HtmlPage.Text));
        Assert.Equal(
            ["MLC3001", "MLC3010", "MLC3020", "MLC3030", "MLC3031", "MLC2001", "MLC9009"],
            section.Descendants("article").Select(card => card.Descendants("a").First().Value));
    }

    [Fact]
    public void AFindingOfOnePlatformNamesIt()
    {
        XElement chip = HtmlPage.Of(SampleReports.Stopped).WithClass("finding").Single(card => card.Value.Contains("MLC3031", StringComparison.Ordinal))
            .Descendants().Single(element => HtmlPage.HasClass(element, "chip"));

        Assert.Equal("linux-x64", chip.Value);
    }

    [Fact]
    public void AFindingWithoutAPlaceNamesWhoSetTheValue()
    {
        var finding = new Finding(RuleCatalog.Get("MLC3010"), "It is root.", "", new ValueSource.BaseImage("registry.example/base", "step 2 of 3 (USER)"));

        XElement card = HtmlPage.Of(SampleReports.Clean with { Findings = [finding] }).WithClass("finding").Single();

        Assert.Equal("Set by Base image step 2 of 3 (USER)", HtmlPage.Text(card.Elements("p").Single(p => HtmlPage.HasClass(p, "place"))));
        Assert.DoesNotContain(card.Descendants(), element => HtmlPage.HasClass(element, "fix"));
    }

    [Fact]
    public void ASuppressedFindingIsFoldedWithItsReason()
    {
        HtmlPage page = HtmlPage.Of(SampleReports.Published);
        XElement details = page.WithClass("suppressed").Single();

        Assert.Null(details.Attribute("open"));
        Assert.Equal("Suppressed 1 finding", HtmlPage.Text(details.Element("summary")!));
        string[] row = Assert.Single(HtmlPage.Rows(details.Element("table")!));
        Assert.Equal("MLC3020", row[0]);
        Assert.EndsWith("services/Iris.Api/Iris.Api.csproj:9:5", row[1], StringComparison.Ordinal);
        Assert.Equal("Public evaluation key of the vendor, PLAT-812 In the policy, until 2027-01-31.", row[2]);
        Assert.DoesNotContain("MLC3020", string.Concat(page.WithClass("finding").Select(card => card.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleThatThePolicySwitchedOffIsNotShown()
    {
        PublishReport report = SampleReports.Clean with { Findings = [MadeReport.Root() with { Severity = Severity.None }] };

        HtmlPage page = HtmlPage.Of(report);

        Assert.Empty(page.WithClass("finding"));
        Assert.Equal("0 errors", HtmlPage.Text(page.WithClass("tiles").Single().Elements().First()));
    }

    [Fact]
    public void TilesCount()
    {
        XElement tiles = HtmlPage.Of(SampleReports.Published).WithClass("tiles").Single();
        int rules = RuleCatalog.All.Length;

        Assert.Equal(["0 errors", "1 warning", "1 note", "1 suppressed", $"{rules - 2} of {rules} rules without a finding"], tiles.Elements().Select(HtmlPage.Text));
    }

    [Fact]
    public void LayersAreDrawnToScale()
    {
        XElement bar = HtmlPage.Of(SampleReports.Published).WithClass("bar").First();
        XElement[] segments = [.. bar.Elements("rect")];
        double[] widths = [.. segments.Select(segment => Percent(segment, "width"))];

        // 28.4 + 16.9 + 0.0034 + 31.8 + 11.2 + 438.1 MB
        Assert.Equal([5.395, 3.21, 0.001, 6.041, 2.128, 83.225], widths);
        Assert.Equal(100, widths.Sum(), 0.01);
        Assert.All(segments.Skip(1).Index(), segment => Assert.Equal(Percent(segments[segment.Index], "x") + widths[segment.Index], Percent(segment.Item, "x"), 0.002));
        Assert.StartsWith("Layers to scale, from the bottom up: Base image 28.4\u00A0MB,", (string?)bar.Attribute("aria-label"), StringComparison.Ordinal);

        static double Percent(XElement element, string name) =>
            double.Parse(element.Attribute(name)!.Value.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void LayersAndFilesAreTablesToo()
    {
        HtmlPage page = HtmlPage.Of(SampleReports.Published);

        string[][] layers = HtmlPage.Rows(page.WithClass("layers").First());
        Assert.Equal(["1 Base image", "ADD file:4d36 in / sha256:111111111111…", "28.4\u00A0MB", "5\u00A0%"], layers[0]);
        Assert.Equal(["6 Application", "sha256:666666666666…", "438\u00A0MB", "83\u00A0%"], layers[5]);
        string[][] files = HtmlPage.Rows(page.WithClass("files").First());
        Assert.Equal(["models/embedding.safetensors", "Model", "391\u00A0MB", ""], files[0]);
    }

    [Fact]
    public void BeforeTheBaseImageIsReadOnlyThePayloadIsDrawn()
    {
        HtmlPage page = HtmlPage.Of(SampleReports.Stopped);

        Assert.StartsWith("Files of the application to scale, by kind: Model 403", (string?)Assert.Single(page.WithClass("bar")).Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(page.WithClass("layers"));
        Assert.Contains("The base image was not read", page.ById("settings").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelsSayWhatTheyAreAndHowTheyAreDelivered() =>
        Assert.Equal(
            [["models/iris.onnx", "ONNX, 195\u00A0B", "In the image", new string('9', 64)], ["models/embedding.gguf", "", "Mounted at run time", "Not declared"]],
            HtmlPage.Rows(HtmlPage.Of(SampleReports.Published).ById("anatomy").Elements("table").Last()));

    [Fact]
    public void SettingsSayWhoSetThem()
    {
        string[][] rows = HtmlPage.Rows(HtmlPage.Of(SampleReports.Published).WithClass("settings").Single());

        Assert.Equal(
            [
                "Process",
                "User | 1654 | Base image step 4 of 9 (ENV APP_UID)",
                "Working directory | /app | .NET SDK",
                "Command | dotnet /app/Iris.Api.dll \"--warm up\" | .NET SDK Project ContainerDefaultArgs",
                "Port | 8080/tcp | .NET SDK",
                "Environment variables",
                "APP_UID | 1654 | Base image step 4 of 9 (ENV APP_UID)",
                "ASPNETCORE_HTTP_PORTS | 8080 | Base image step 5 of 9 (ENV ASPNETCORE_HTTP_PORTS)",
                "DOTNET_EnableDiagnostics | 0 | Project",
                "HTTP_PROXY | empty | Project",
                "ONNX_THREADS linux-x64 | 8 | Project",
                "ONNX_THREADS linux-arm64 | 4 | Project",
                "PATH | /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin | Base image",
                "REGISTRY_PASSWORD | … hidden | Project",
                "Labels",
                "com.example.owner | team-ml | Project",
                $"org.opencontainers.image.base.digest | {SampleReports.Digest('f')} | .NET SDK",
                "org.opencontainers.image.base.name | mcr.microsoft.com/dotnet/aspnet:10.0 | .NET SDK",
                "org.opencontainers.image.created | 2026-11-21T21:13:01.0000000Z | .NET SDK",
                "org.opencontainers.image.title | Iris API | Project Title",
            ],
            rows.Select(row => string.Join(" | ", row)));
    }

    [Fact]
    public void RulesNameTheirControlsAndTheirResult()
    {
        HtmlPage page = HtmlPage.Of(SampleReports.Published);
        string[][] rows = HtmlPage.Rows(page.WithClass("rules").Single());

        Assert.Equal(["MLC3010", "Image runs as root", "No finding", "4.1", "4.1.2"], rows.Single(row => row[0] == "MLC3010"));
        Assert.Equal(["MLC3020", "Secret in an environment variable of the image", "1 suppressed", "4.10", "4.1.4"], rows.Single(row => row[0] == "MLC3020"));
        Assert.Equal("1 finding", rows.Single(row => row[0] == "MLC3045")[2]);
        Assert.Equal(["–", "–"], rows.Single(row => row[0] == "MLC9001")[3..]);
        Assert.Contains(page.WithClass("controls").First().Elements("dt"), control => control.Value == "4.1"
            && ((XElement)control.NextNode!).Value == "Ensure that a user for the container has been created");
    }

    [Fact]
    public void TheDefaultPolicyIsNamedSo() =>
        Assert.Contains("Policy The default", HtmlPage.Text(HtmlPage.Of(SampleReports.Published with { Policy = Policy.Default }).Only("header")), StringComparison.Ordinal);

    [Fact]
    public void ALongListIsCutAndSaysSo()
    {
        PublishReport report = SampleReports.Clean with { Findings = [.. Enumerable.Range(1, 1234).Select(MadeReport.Root)] };

        HtmlPage page = HtmlPage.Of(report);

        Assert.Equal(100, page.WithClass("finding").Count());
        Assert.Equal("1,134 findings more of this kind in the SARIF report.", page.WithClass("more").Single().Value);
        Assert.Equal("1,234 errors", HtmlPage.Text(page.WithClass("tiles").Single().Elements().First()));
    }

    [Fact]
    public void SizesThatABaseImageInventsAreDrawnAllTheSame()
    {
        PlatformImage platform = SampleReports.Clean.Platforms[0] with
        {
            BaseLayers = [.. Enumerable.Range(0, 5000).Select(i => new ImageLayer(SampleReports.Digest('1'), i % 2 == 0 ? long.MaxValue : -1))],
            Payload = new PayloadInventory { FileCount = long.MaxValue, Size = long.MaxValue, Shares = [], LargestFiles = [] },
        };

        HtmlPage page = HtmlPage.Of(SampleReports.Clean with { Platforms = [platform] });

        string[][] layers = HtmlPage.Rows(page.WithClass("layers").Single());
        Assert.Equal(130, layers.Length);
        Assert.StartsWith("4,872 more layers", layers[128][1], StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyReportOfImagesOnly_HasNoTablesOfNothing()
    {
        PublishReport report = SampleReports.Clean with
        {
            Platforms = [new PlatformImage { RuntimeIdentifier = "linux-x64", Settings = new ImageSettings() }],
            Rules = [],
        };

        Assert.Empty(HtmlPage.Of(report).All("tbody"));
    }
}
