using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Reports;

namespace MlContainerBuild.Checks.Tests.Reports;

public sealed class PlatformImageTests
{
    [Fact]
    public void OnAVerifiedBase_LayersAreNamedByTheHistory()
    {
        PlatformImage image = PlatformImage.On(Base(
            new HistoryStep("ADD rootfs", IsEmptyLayer: false),
            new HistoryStep("ENV A=b", IsEmptyLayer: true),
            new HistoryStep("", IsEmptyLayer: false)));

        Assert.Equal(("linux-arm64", "linux/arm64/v8", SampleReports.Digest('2')), (image.RuntimeIdentifier, image.Platform, image.BaseDigest));
        Assert.Equal<ImageLayer>([new(SampleReports.Digest('3'), 10, "ADD rootfs"), new(SampleReports.Digest('4'), 20)], image.BaseLayers);
    }

    [Fact]
    public void AHistoryThatDoesNotFit_NamesNothing() =>
        Assert.All(PlatformImage.On(Base(new HistoryStep("ADD rootfs", IsEmptyLayer: false))).BaseLayers, layer => Assert.Null(layer.CreatedBy));

    private static VerifiedBase Base(params HistoryStep[] history)
    {
        Assert.True(ImageReference.TryParse("registry.example/base:1", out ImageReference? reference, out _));
        return new VerifiedBase(
            reference,
            "linux-arm64",
            IndexDigest: null,
            SampleReports.Digest('2'),
            "application/vnd.oci.image.manifest.v1+json",
            SampleReports.Digest('5'),
            [new Descriptor(SampleReports.Digest('3'), null, 10), new Descriptor(SampleReports.Digest('4'), null, 20)],
            new ImageConfig { Architecture = "arm64", OperatingSystem = "linux", Variant = "v8", History = [.. history] });
    }
}
