using MlContainerBuild.Checks.Findings;

using static MlContainerBuild.Checks.Tests.Images.ImageUnderTest;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

public sealed class GpuPartitionAdministrationRuleTests
{
    [Theory]
    [InlineData("NVIDIA_MIG_CONFIG_DEVICES", "all")]
    [InlineData("NVIDIA_MIG_MONITOR_DEVICES", "0")]
    [InlineData("NVIDIA_IMEX_CHANNELS", "0")]
    public void AdministrationByVariable_Triggers(string variable, string value)
    {
        Finding finding = FindingAssert.SingleAtBothMoments(Good.WithVariable(variable, value), "MLC3035", Severity.Warning);

        Assert.Equal("Delete that item.", finding.Fix);
    }

    [Fact]
    public void OfTheBase_IsOverridden()
    {
        Finding finding = FindingAssert.Single(Good.WithInheritedVariable("NVIDIA_IMEX_CHANNELS", "0").AtRehearsal(), "MLC3035", Severity.Warning);

        Assert.Equal("""Override it in the project: <ContainerEnvironmentVariable Include="NVIDIA_IMEX_CHANNELS" Value="" />.""", finding.Fix);
    }

    [Theory]
    [InlineData("nvidia-cuda-mps-control", "-d")]
    [InlineData("/usr/bin/nvidia-cuda-mps-server")]
    [InlineData("sh", "-c", "nvidia-cuda-mps-control -d; exec dotnet /app/Iris.dll")]
    [InlineData("sh", "-c", "(/usr/bin/nvidia-imex&) && dotnet /app/Iris.dll")]
    public void AdministrationByCommand_Triggers(params string[] command)
        => FindingAssert.SingleAtBothMoments(Good.WithCommand(command), "MLC3035", Severity.Warning);

    [Theory]
    [InlineData("NVIDIA_MIG_CONFIG_DEVICES", "")]
    [InlineData("NVIDIA_IMEX_CHANNELS", "void")]
    [InlineData("NVIDIA_VISIBLE_DEVICES", "MIG-41b1c4c1-a3f5-5b6b-8a56-e184b39f5b2b")]
    [InlineData("CUDA_MPS_PIPE_DIRECTORY", "/tmp/nvidia-mps")] // a client's
    [InlineData("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", "25")] // a client's
    public void UseOfAPartition_DoesNotTrigger(string variable, string value)
        => FindingAssert.NoneAtBothMoments(Good.WithVariable(variable, value));

    [Theory]
    [InlineData("nvidia-smi")]
    [InlineData("dotnet", "/app/nvidia-imex-client.dll")]
    [InlineData("dotnet", "/app/Iris.dll", "--after=nvidia-cuda-mps-control.service")]
    public void AnotherCommand_DoesNotTrigger(params string[] command) => FindingAssert.NoneAtBothMoments(Good.WithCommand(command));
}
