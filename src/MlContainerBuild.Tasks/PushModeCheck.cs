using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Archives;
using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Tasks;

/// <summary>What <c>MlContainerPushMode=VerifiedArchive</c> needs, asked before anything is compiled for nothing.</summary>
internal static class PushModeCheck
{
    private static readonly ValueSource Source = new ValueSource.Property("MlContainerPushMode");

    public static IEnumerable<Finding> Run(GateOptions options, ContainerIntent intent)
    {
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

        if (intent.Registry is null)
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9008"),
                "MlContainerPushMode is VerifiedArchive, and neither ContainerRegistry nor ContainerArchiveOutputPath is set: there is nowhere to push a verified archive to.",
                "Set ContainerRegistry; or for the local daemon, MlContainerPushMode=Direct.",
                Source);
        }
        else if (BoundedProcess.Locate(ArchivePush.Program, RegistryEnvironment.Current) is null)
        {
            yield return new Finding(
                RuleCatalog.Get("MLC9006"),
                $"MlContainerPushMode is VerifiedArchive, and {ArchivePush.Program}, which pushes the verified archive byte for byte, is not on the PATH.",
                $"Install {ArchivePush.Program}; or set MlContainerPushMode=Direct.",
                Source);
        }
    }
}
