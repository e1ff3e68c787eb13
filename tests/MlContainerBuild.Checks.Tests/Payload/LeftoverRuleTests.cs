using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class LeftoverRuleTests : IDisposable
{
    private const string Trim = "MlContainerTrimPayload=true";

    private readonly PublishFolder folder = new();

    [Fact]
    public void UntouchedWebApplication_IsToldInTheReportsOnly()
    {
        folder
            .WithOwnAssembly("web.dll", CompiledAssembly.Of("class A;", "/home/alice/web/Program.cs").Assembly)
            .With("web.pdb", CompiledAssembly.Of("class A;", "/home/alice/web/Program.cs").Symbols)
            .With("appsettings.json", "{}").With("appsettings.Development.json", "{}")
            .With("web.deps.json", "{}").With("web.runtimeconfig.json", "{}").With("web.staticwebassets.endpoints.json", "{}").With("web.config", "<configuration />");

        Finding finding = Assert.Single(folder.Check());

        Assert.Equal(("MLC3024", Severity.Info, true), (finding.Rule.Id, finding.Severity, finding.IsCommonplace));
        Assert.Equal("2 files that only development needs are published ('appsettings.Development.json', 'web.pdb'): nothing in the container reads them.", finding.Message);
        Assert.Equal(
            """Keep them out of the publish, <Content Update="appsettings.Development.json" CopyToPublishDirectory="Never" /> and <CopyOutputSymbolsToPublishDirectory>false</CopyOutputSymbolsToPublishDirectory>, or set MlContainerTrimPayload=true, which leaves all development leftovers out of the image.""",
            finding.Fix);
    }

    [Fact]
    public void DebugInformationAlone_IsLeftOutByItsProperty()
        => Assert.Equal(
            "A file that only development needs is published ('web.pdb'): nothing in the container reads it. Keep it out of the publish, <CopyOutputSymbolsToPublishDirectory>false</CopyOutputSymbolsToPublishDirectory>, or set MlContainerTrimPayload=true, which leaves all development leftovers out of the image.",
            Assert.Single(folder.With("web.pdb", CompiledAssembly.Of("class A;").Symbols).Check()).Text);

    [Fact]
    public void Notebooks_AreOneFinding()
    {
        foreach (string name in (string[])["a", "b", "c", "d"])
            folder.With($"notebooks/{name}.ipynb", "{}");

        Finding finding = Assert.Single(folder.Check());

        Assert.Equal(("MLC3024", Severity.Warning, false), (finding.Rule.Id, finding.Severity, finding.IsCommonplace));
        Assert.Equal("4 notebooks are published ('notebooks/a.ipynb', 'notebooks/b.ipynb', 'notebooks/c.ipynb' and 1 more): notebooks keep what their cells have printed, which is often data and sometimes a token.", finding.Message);
        Assert.Contains(Trim, finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void EachKind_IsAFindingOfItsOwn()
    {
        folder
            .With("x/.git/HEAD", "ref: refs/heads/main\n").With("x/.git/objects/pack/a.pack", "PACK")
            .With("train.ipynb", "{}")
            .With("data/train.parquet", "PAR1").With("data/big.csv", new string('1', 1024 * 1024))
            .With("Other/obj/project.assets.json", "{}").With("Other/obj/Debug/Other.AssemblyInfo.cs", "")
            .With("report/verdict.json", "{}").With("report/report.html", "<html>")
            .With("Dockerfile", "FROM scratch\n");

        Assert.Equal(
            [
                "x/.git/HEAD: Warning: A source repository is published with 2 files",
                "train.ipynb: Warning: A notebook is published",
                "data/big.csv: Warning: 2 datasets are published",
                "Other/obj/Debug/Other.AssemblyInfo.cs: Warning: Build output (obj, bin) is published with 2 files",
                "report/report.html: Warning: The reports of an earlier publish are published",
                "Dockerfile: Info: A file that only development needs is published",
            ],
            folder.Tell().Select(told => told[..told.IndexOf(" ('", StringComparison.Ordinal)].Replace(" MLC3024", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void EmbeddedSource_IsAWarning()
        => Assert.StartsWith(
            "Iris.pdb: Warning MLC3024: Debug information with the source code in it is published ('Iris.pdb'): who can pull the image can read the source.",
            Assert.Single(folder.With("Iris.pdb", CompiledAssembly.Of("class A;", embedsSource: true).Symbols).Tell()),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("/src/iris/obj/Release/net10.0/Generator/Program.g.cs")]
    [InlineData("Generator/Program.Generated.cs")]
    public void EmbeddedSourceOfAGenerator_IsInfo(string path)
        => Assert.Equal(
            [Severity.Info],
            folder.WithOwnAssembly("Iris.dll", CompiledAssembly.Of("class A;").Assembly).With("Iris.pdb", CompiledAssembly.Of("class A;", path, embedsSource: true).Symbols).Check().Select(finding => finding.Severity));

    [Fact]
    public void PathsOfAnotherMachine_AreAWarning()
        => Assert.StartsWith(
            "Vendor.pdb: Warning MLC3024: Debug information of another machine's build is published",
            Assert.Single(folder.With("Vendor.pdb", CompiledAssembly.Of("class A;", @"C:\Users\bob\Vendor\A.cs").Symbols).Tell()),
            StringComparison.Ordinal);

    [Fact]
    public void MappedPathsAndPackages_AreInfo()
    {
        folder.With("Vendor.pdb", CompiledAssembly.Of("class A;").Symbols).FromPackage("Package.pdb", CompiledAssembly.Of("class A;", "/builds/a/A.cs").Symbols, "Package");

        Assert.Equal([Severity.Info], folder.Check().Select(finding => finding.Severity));
    }

    [Theory]
    [InlineData("labels.csv", "cat\ndog\n")]
    [InlineData("robots.txt", "")]
    [InlineData("bin/tool", "x")]
    [InlineData("obj/mesh.obj", "x")]
    [InlineData("wwwroot/index.html", "<html>")]
    [InlineData("verdict.json", "{}")]
    [InlineData("data.git/readme", "x")]
    public void WhatTheServiceMayNeed_DoesNotTrigger(string name, string text) => Assert.Empty(folder.With(name, text).Tell());

    [Fact]
    public void FilesOfAnException_AreToldApart()
    {
        folder.FromProject("data/prices.parquet", "PAR1").FromProject("data/train.parquet", "PAR1");
        Policy policy = PolicyReader.Read(Path.Combine(folder.ProjectPath, "mlcontainer.yaml"), """
            version: 1
            exceptions:
              - { rule: MLC3024, path: data/prices.parquet, reason: "read at start" }
            """).Policy;
        var judge = new FindingJudge(policy, Path.Combine(folder.ProjectPath, "Iris.csproj"), TimeProvider.System);

        Assert.Equal(
            [
                ("A dataset is published ('data/prices.parquet'): who can pull the image gets the data with it, and every pull transfers it.", "read at start"),
                ("A dataset is published ('data/train.parquet'): who can pull the image gets the data with it, and every pull transfers it.", null),
            ],
            judge.Judge(folder.Check(judge)).Select(finding => (finding.Message, finding.Suppression?.Justification)));
    }

    [Fact]
    public void DamagedDebugInformation_IsInfo()
        => Assert.Equal([Severity.Info], folder.With("a.pdb", [.. "BSJB"u8, 1, 2, 3]).With("b.pdb", CompiledAssembly.Of("class A;").Symbols[..200]).Check().Select(finding => finding.Severity));

    public void Dispose() => folder.Dispose();
}
