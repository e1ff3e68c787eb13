using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class ExposedPortRuleTests
{
    [Theory]
    [InlineData("1", "")]
    [InlineData("53", "udp")]
    [InlineData("80", "tcp")]
    [InlineData(" 80 ", "tcp")]
    [InlineData("0443", "")]
    [InlineData("1023", "")]
    public void PrivilegedPort_Triggers(string number, string type)
        => FindingAssert.SingleAtBothMoments(Good.WithPort(number, type), "MLC3045", Severity.Warning);

    [Fact]
    public void Port80_NamesTheTwoLines()
    {
        Finding finding = FindingAssert.Single(Good.WithPort("80", "tcp").AtIntent(), "MLC3045", Severity.Warning);

        Assert.Equal("The project exposes port 80: below 1024 a process without root and capabilities can listen only where the container runtime allows it, as Docker does and many Kubernetes nodes do not.", finding.Message);
        Assert.Equal("""Listen on 8080: <ContainerPort Include="8080" Type="tcp" /> and <ContainerEnvironmentVariable Include="ASPNETCORE_HTTP_PORTS" Value="8080" />; map 80 to it outside the container.""", finding.Fix);
        Assert.Equal(new ValueSource.Item("ContainerPort", "80"), finding.Source);
    }

    [Theory]
    [InlineData("22", "SSH")]
    [InlineData("2375", "Docker")]
    [InlineData("8265", "Ray")]
    [InlineData("9400", "DCGM")]
    [InlineData("11434", "Ollama")]
    [InlineData("52323", "dotnet-monitor")]
    public void ManagementPort_TriggersAndIsNamed(string number, string name)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithPort(number), "MLC3045", Severity.Warning);

        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nvcr.example/nvidia/tritonserver", "8001")]
    [InlineData("registry.example/pytorch/torchserve", "8081")]
    [InlineData("docker.example/rayproject/ray", "10001")]
    [InlineData("quay.example/jupyter/base-notebook", "8888")]
    public void PortOfTheServerInTheBase_Triggers(string image, string number)
        => FindingAssert.SingleAtBothMoments(Good.WithBase($"{image}@{Digest}").WithPort(number), "MLC3045", Severity.Warning);

    [Theory]
    [InlineData("1024")]
    [InlineData("5000")]
    [InlineData("8000")]
    [InlineData("8001")]
    [InlineData("8080")]
    [InlineData("8081")]
    [InlineData("8888")]
    [InlineData("10001")]
    [InlineData("65535")]
    public void PortOfTheApplication_DoesNotTrigger(string number) => FindingAssert.NoneAtBothMoments(Good.WithPort(number, "tcp"));

    [Fact]
    public void PortOfTheBase_IsInformation()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedPort("80", "tcp").AtRehearsal(), "MLC3045", Severity.Info);

        Assert.StartsWith("Nothing can take it back but another base image: ", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_HasNoPrivilegedPorts()
        => FindingAssert.NoneAtBothMoments(Good.WithRuntimeIdentifiers("win-x64").WithPort("80"));

    [Theory]
    [InlineData("8080/tcp", "")]
    [InlineData("8080-8090", "")]
    [InlineData("http", "")]
    [InlineData("0", "")]
    [InlineData("-1", "tcp")]
    [InlineData("65536", "tcp")]
    [InlineData("8080", "TCP")]
    [InlineData("8080", "sctp")]
    [InlineData("8080", "8081")]
    [InlineData("", "")]
    public void NoPort_IsAnUnknownValue(string number, string type)
        => FindingAssert.SingleAtBothMoments(Good.WithPort(number, type), "MLC9008", Severity.Error);

    [Fact]
    public void NoPortOfTheBase_IsPassedOver() => FindingAssert.None(Good.WithInheritedPort("8080-8090", "sctp").AtRehearsal());
}
