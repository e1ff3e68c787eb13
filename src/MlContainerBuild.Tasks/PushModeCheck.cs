using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Tasks;

/// <summary>What <c>MlContainerPushMode=VerifiedArchive</c> needs, asked before anything is compiled for nothing.</summary>
internal static class PushModeCheck
{
    private static readonly ValueSource Source = new ValueSource.Property("MlContainerPushMode");

    public static IEnumerable<Finding> Run(GateOptions options, PublishFacts publish)
    {
        ContainerIntent intent = publish.Intent;
        if (!options.VerifiesArchive)
            yield break;

        if (intent.ImageFormat is { Value: not "OCI" })
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9008"),
                "MlContainerPushMode is VerifiedArchive, and ContainerImageFormat is not OCI: only an OCI archive keeps the digests that are verified.",
                "Remove ContainerImageFormat, or set it to OCI.",
                intent.ImageFormat.Source);
        }

        if (intent.RuntimeIdentifiers.FirstOrDefault(rid => rid.StartsWith("win", StringComparison.Ordinal)) is { } windows)
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9008"),
                $"MlContainerPushMode is VerifiedArchive, and {windows} is published: layers of Windows images are not compared.",
                "Set MlContainerPushMode=Direct.",
                Source);
        }

        if (intent.ArchiveOutputPath is not null)
            yield break;

        if (intent.Registry is null && intent.RuntimeIdentifiers.Length > 1)
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9008"),
                $"MlContainerPushMode is VerifiedArchive, ContainerRegistry is not set, and {intent.RuntimeIdentifiers.Length} platforms are published: docker and podman load one of them and drop the others.",
                "Set ContainerRegistry, publish one platform, or set MlContainerPushMode=Direct.",
                Source);
        }
        else if (intent.Registry is null && !LocalEngine.Exists(publish.LocalEngine, RegistryEnvironment.Current))
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9006"),
                "MlContainerPushMode is VerifiedArchive, ContainerRegistry is not set, and neither docker nor podman, which would load the verified archive, is on the PATH.",
                "Set ContainerRegistry or ContainerArchiveOutputPath, or install one of them.",
                Source);
        }
        else if (intent.Registry is not null && BoundedProcess.Locate(ArchivePush.Program, RegistryEnvironment.Current) is null)
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9006"),
                $"MlContainerPushMode is VerifiedArchive, and {ArchivePush.Program}, which pushes the verified archive byte for byte, is not on the PATH.",
                $"Install {ArchivePush.Program}; or set MlContainerPushMode=Direct.",
                Source);
        }
    }
}
