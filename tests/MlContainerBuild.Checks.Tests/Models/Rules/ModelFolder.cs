using System.Collections.Immutable;
using System.Security.Cryptography;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Models;
using MlContainerBuild.Checks.Models.Rules;
using MlContainerBuild.Checks.Payload;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Models.Rules;

/// <summary>A publish folder with models, the project's declarations, and what the rules say.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ModelDeclaration> declarations = [];
    private readonly List<Finding> mistakes = [];

    public string Path => folder.Path;

    public string Project => System.IO.Path.Combine(folder.Path, "app.csproj");

    public ModelFolder With(string name, byte[] content)
    {
        File.WriteAllBytes(folder.Write("publish/" + name, ""), content);
        return this;
    }

    /// <summary>A file of the project that is not published.</summary>
    public ModelFolder WithSource(string name, byte[] content)
    {
        File.WriteAllBytes(folder.Write(name, ""), content);
        return this;
    }

    public ModelFolder Declare(string include, string sha256 = "", string mount = "")
    {
        declarations.Add(ModelDeclaration.Read(include, System.IO.Path.Combine(folder.Path, include), include, sha256, mount, Project, mistakes));
        return this;
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public ModelCheck Run() => ModelCheck.Run(new PayloadSubject(System.IO.Path.Combine(folder.Path, "publish")), Project, [.. declarations], new ModelHashes(null));

    public ImmutableArray<Finding> Check() => [.. mistakes, .. Run().Findings];

    /// <summary>The findings of one rule.</summary>
    public ImmutableArray<Finding> Check(string id) => [.. Check().Where(finding => finding.Rule.Id == id)];

    /// <summary>Rule and severity of each finding but those that only say that there is a model.</summary>
    public string[] Tell() => [.. Check().Where(finding => finding.Rule.Id != "MLC3050").Select(finding => $"{finding.Rule.Id} {finding.Severity}")];

    public void Dispose() => folder.Dispose();
}
