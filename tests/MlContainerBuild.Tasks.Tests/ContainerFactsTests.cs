using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;

namespace MlContainerBuild.Tasks.Tests;

public sealed class ContainerFactsTests
{
    private readonly List<ITaskItem> facts = [];

    [Fact]
    public void SinglePlatform_IsReadWithTheSourceOfEachValue()
    {
        Property("ContainerBaseImage", "registry.example/base:1");
        Property("_InitialContainerBaseImage", "registry.example/base:1");
        Property("ContainerUser", "1654:1654");
        Property("ContainerImageTag", "1.0");
        Property("_MlContainerOwnTag", "1.0");
        Property("ContainerRuntimeIdentifier", "linux-x64");
        Item("ContainerImageTag", "1.0");
        Item("ContainerLabel", "team", ("Value", "ml;ops"));
        Item("ContainerEnvironmentVariable", "A", ("Value", "b"));
        Item("ContainerPort", "8080", ("Type", "tcp"));
        Item("ContainerAppCommand", "dotnet");
        Item("ContainerAppCommand", "/app/web.dll");

        ContainerIntent intent = Read();

        Assert.Equal(new Setting("ContainerUser", "1654:1654", new ValueSource.Property("ContainerUser")), intent.Settings.User);
        Assert.Equal([new Setting("team", "ml;ops", new ValueSource.Item("ContainerLabel", "team", "Value"))], intent.Settings.Labels.AsEnumerable());
        Assert.Equal([new Setting("A", "b", new ValueSource.Item("ContainerEnvironmentVariable", "A", "Value"))], intent.Settings.Environment.AsEnumerable());
        Assert.Equal([new Setting("8080", "tcp", new ValueSource.Item("ContainerPort", "8080"))], intent.Settings.Ports.AsEnumerable());
        Assert.Equal(["dotnet", "/app/web.dll"], intent.Settings.Command.Select(argument => argument.Value));
        Assert.Equal(["linux-x64"], intent.RuntimeIdentifiers.AsEnumerable());
        Assert.Equal([new Setting("ContainerImageTag", "1.0", new ValueSource.Property("ContainerImageTag"))], intent.Tags.AsEnumerable());
        Assert.False(intent.IsBaseImageInferred);
        Assert.False(intent.IsMultiPlatform);
    }

    [Fact]
    public void TagThatNobodySet_IsTheSdks()
    {
        Property("ContainerImageTag", "latest");
        Item("ContainerImageTag", "latest");

        Assert.Equal(ValueSource.Sdk.Instance, Assert.Single(Read().Tags).Source);
    }

    [Fact]
    public void BaseThatNobodyNamed_IsInferred()
    {
        Property("ContainerBaseImage", "mcr.microsoft.com/dotnet/aspnet:10.0");

        Assert.True(Read().IsBaseImageInferred);
    }

    // The SDK pulls the parts, so a target that changes one of them after the text was split decides.
    [Fact]
    public void BasePartChangedLate_IsTheBase()
    {
        string digest = "sha256:" + new string('a', 64);
        Property("ContainerBaseImage", "registry.example/base:1@" + digest);
        Property("ContainerBaseRegistry", "registry.example");
        Property("ContainerBaseName", "base");
        Property("ContainerBaseTag", "1");

        Assert.Equal("registry.example/base:1", Read().BaseImage.Value);
    }

    [Theory]
    [InlineData("registry.example/base:1")]
    [InlineData("registry.example/base")]
    public void BaseAsWritten_IsKeptWhenThePartsSayTheSame(string written)
    {
        Property("ContainerBaseImage", written);
        Property("ContainerBaseRegistry", "registry.example");
        Property("ContainerBaseName", "base");
        Property("ContainerBaseTag", written.Contains(':', StringComparison.Ordinal) ? "1" : "latest");

        Assert.Equal(written, Read().BaseImage.Value);
    }

    [Fact]
    public void SeveralPlatforms_AreListed()
    {
        Property("RuntimeIdentifiers", "linux-x64; linux-arm64;");

        Assert.Equal(["linux-x64", "linux-arm64"], Read(isMultiPlatform: true).RuntimeIdentifiers.AsEnumerable());
    }

    private ContainerIntent Read(bool isMultiPlatform = false) => new ContainerFacts("/repo/app.csproj", facts).ReadIntent(isMultiPlatform);

    private void Property(string name, string value) => Item("Property", name, ("Value", value));

    private void Item(string kind, string include, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var item = new TaskItem(include);
        item.SetMetadata("Kind", kind);
        foreach ((string name, string value) in metadata)
        {
            ((ITaskItem2)item).SetMetadataValueLiteral(name, value);
        }

        facts.Add(item);
    }
}
