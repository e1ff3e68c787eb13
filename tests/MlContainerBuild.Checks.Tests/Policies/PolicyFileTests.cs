using System.Text;

using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Policies;

public sealed class PolicyFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void PolicyAtRepositoryRoot_GovernsProjectsBelow()
    {
        Directory.CreateDirectory(Path.Combine(root, ".git"));
        string policy = Write("mlcontainer.yaml", "version: 1\nfailOn: info");
        Assert.Equal(policy, PolicyLocator.Find(MakeDirectory("src/Api")).Path);
    }

    [Fact]
    public void NearestPolicy_Wins()
    {
        Directory.CreateDirectory(Path.Combine(root, ".git"));
        Write("mlcontainer.yaml", "version: 1");
        string nearest = Write("src/mlcontainer.yaml", "version: 1");
        Assert.Equal(nearest, PolicyLocator.Find(MakeDirectory("src/Api")).Path);
    }

    [Fact]
    public void PolicyAboveTheRepository_IsNotRead()
    {
        Write("mlcontainer.yaml", "version: 1");
        string project = MakeDirectory("repository/src");
        Write("repository/.git", "gitdir: elsewhere");
        Assert.Equal(new PolicyLocation(null, null), PolicyLocator.Find(project));
        Assert.Equal(Path.Combine(root, "repository"), PolicyLocator.FindRepositoryRoot(project));
    }

    [Fact]
    public void WithoutRepository_OnlyTheProjectsDirectoryCounts()
    {
        Write("mlcontainer.yaml", "version: 1");
        string project = MakeDirectory("Api");
        Assert.Equal(new PolicyLocation(null, null), PolicyLocator.Find(project));

        string beside = Write("Api/mlcontainer.yaml", "version: 1");
        Assert.Equal(beside, PolicyLocator.Find(project).Path);
    }

    [Fact]
    public void NoPolicy_IsTheDefault() => Assert.Equal(new PolicyReadResult(Policy.Default, []), PolicyReader.Load(root, policyFile: ""));

    [Fact]
    public void PropertyNamesAnotherFile()
    {
        string policy = Write("shared/strict.yaml", "version: 1");
        Write("Api/mlcontainer.yaml", "version: 1");
        Assert.Equal(policy, PolicyReader.Load(Path.Combine(root, "Api"), "../shared/strict.yaml").Policy.Path);
    }

    [Fact]
    public void DigestIsOfTheBytesThatWereRead()
    {
        Write("mlcontainer.yaml", "version: 1\n");

        // printf 'version: 1\n' | sha256sum
        Assert.Equal(
            "sha256:09bfcc6a14b83e2192b8673677725c84883ee9cd0c70e45c9ec09daa8f2b2847",
            PolicyReader.Load(root, null).Policy.Digest);
    }

    [Fact]
    public void YmlExtension_IsNotPassedOver()
    {
        string misspelled = Write("mlcontainer.yml", "version: 1");
        AssertInvalid(PolicyReader.Load(root, null), misspelled, "A policy file of this name is not read. Rename it to mlcontainer.yaml.");
    }

    [Fact]
    public void MissingFile_IsInvalid()
    {
        string path = Path.Combine(root, "strict.yaml");
        AssertInvalid(PolicyReader.Load(root, "strict.yaml"), path, $"The policy file cannot be read: Could not find file '{path}'.");
    }

    [Fact]
    public void Directory_IsInvalid() =>
        AssertInvalid(PolicyReader.Load(root, root), root, $"The policy file cannot be read: Access to the path '{root}' is denied.");

    [Fact]
    public void Utf16_IsInvalid()
    {
        string path = Path.Combine(root, "mlcontainer.yaml");
        File.WriteAllText(path, "version: 1", Encoding.Unicode);
        AssertInvalid(PolicyReader.Load(root, null), path, "The policy file is not UTF-8. Save it as UTF-8.");
    }

    [Fact]
    public void LargeFile_IsNotRead()
    {
        string path = Write("mlcontainer.yaml", new string('#', 300_000));
        PolicyReadResult result = PolicyReader.Load(root, null);
        Assert.Equal($"{path}(1,1) The file is larger than 256 KiB. Keep only the policy in it.", $"{result.Findings.Single().Span} {result.Findings.Single().Text}");
    }

    private static void AssertInvalid(PolicyReadResult result, string path, string text)
    {
        Assert.False(result.IsValid);
        Assert.Equal((path, "MLC9001", text), (result.Findings.Single().Span!.ToString(), result.Findings.Single().Rule.Id, result.Findings.Single().Text));
    }

    private string MakeDirectory(string relative) => Directory.CreateDirectory(Path.Combine(root, relative)).FullName;

    private string Write(string relative, string text)
    {
        string path = Path.Combine(root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
