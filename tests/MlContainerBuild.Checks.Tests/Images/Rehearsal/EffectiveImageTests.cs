using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Rehearsal;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

/// <summary>That the values are the SDK's is the differential test's affair; here: where each of them comes from, and what is refused.</summary>
public sealed class EffectiveImageTests
{
    private const string Reference = "registry.example/cuda:12";

    [Fact]
    public void User_IsTheProjectsBeforeAppUidBeforeTheBaseImages()
    {
        ImageConfig config = Config with { User = "1001", History = [new("ADD rootfs", false), new("USER 1001", true)] };
        Assert.Equal(new Setting("USER", "1001", Base("step 2 of 2 (USER)")), Compute(config).Settings.User);

        config = config with { Environment = [new("APP_UID", "1654")] };
        Assert.Equal(new Setting("APP_UID", "1654", Base()), Compute(config).Settings.User);

        Setting variable = new("APP_UID", "0", new ValueSource.Item("ContainerEnvironmentVariable", "APP_UID", "Value"));
        Assert.Equal(variable, Compute(config, Intent with { Settings = Intent.Settings with { Environment = [variable] } }).Settings.User);

        Setting user = new("ContainerUser", "1654:1654", new ValueSource.Property("ContainerUser"));
        Assert.Equal(user, Compute(config, Intent with { Settings = Intent.Settings with { User = user } }).Settings.User);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void NoUser_IsNone(string? user)
    {
        EffectiveImage image = Compute(Config with { User = user });

        Assert.Null(image.Settings.User);
        Assert.Equal(user, image.Config.User);
    }

    [Fact]
    public void Variables_KeepTheirPlaceAndTakeTheirOriginFromWhoSetThemLast()
    {
        ImageConfig config = Config with
        {
            Environment = [new("PATH", "/bin"), new("NVIDIA_VISIBLE_DEVICES", "all"), new("LANG", "C")],
            History = [new("/bin/sh -c #(nop)  ENV PATH=/bin LANG=C", true), new("/bin/sh -c #(nop)  ENV NVIDIA_VISIBLE_DEVICES=all", true), new("RUN true", false)],
        };
        Setting own = new("LANG", "C.UTF-8", new ValueSource.Item("ContainerEnvironmentVariable", "LANG", "Value"));
        Setting added = new("MODEL", "iris", new ValueSource.Item("ContainerEnvironmentVariable", "MODEL", "Value"));

        ImageSettings settings = Compute(config, Intent with { Settings = Intent.Settings with { Environment = [added, own] } }).Settings;

        Assert.Equal(
            [
                new("PATH", "/bin", Base("step 1 of 3 (ENV PATH)")),
                new("NVIDIA_VISIBLE_DEVICES", "all", Base("step 2 of 3 (ENV NVIDIA_VISIBLE_DEVICES)")),
                own,
                added,
            ],
            settings.Environment.ToArray());
    }

    [Fact]
    public void HistoryStep_NeverShowsTheValue()
    {
        string value = "hf_" + new string('q', 34);
        ImageConfig config = Config with { Environment = [new("HF_TOKEN", value)], History = [new($"ENV HF_TOKEN={value}", true)] };

        Assert.Equal(Base("step 1 of 1 (ENV HF_TOKEN)"), Compute(config).Settings.Environment.Single().Source);
    }

    [Fact]
    public void HugeHistory_IsReadOnce()
    {
        string many = "ENV " + string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"V{i}=x"));
        ImageConfig config = Config with
        {
            Environment = [.. Enumerable.Range(0, 200_000).Select(i => KeyValuePair.Create($"V{i}", "x"))],
            History = [new(many, true)],
        };

        Assert.Equal(Base("step 1 of 1 (ENV V199999)"), Compute(config).Settings.Environment[^1].Source);
    }

    [Fact]
    public void Labels_AreTheBaseImagesThenTheProjectsThenTheDigest()
    {
        ImageConfig config = Config with { Labels = [new("maintainer", "nvidia"), new("version", "1")], History = [new("LABEL \"maintainer\"=nvidia version=1", true)] };
        Setting own = new("version", "2", new ValueSource.Item("ContainerLabel", "version", "Value"));
        ContainerIntent intent = Intent with { Settings = Intent.Settings with { Labels = [own] } };

        Assert.Equal(
            [
                new("maintainer", "nvidia", Base("step 1 of 1 (LABEL maintainer)")),
                own,
                new("org.opencontainers.image.base.digest", "sha256:manifest", ValueSource.Sdk.Instance),
            ],
            Compute(config, intent).Settings.Labels.ToArray());
        Assert.Equal(["nvidia", "2"], Compute(config, intent with { GeneratesBaseDigestLabel = false }).Settings.Labels.Select(label => label.Value));
        Assert.Equal(["nvidia", "1"], Compute(config, intent with { GeneratesLabels = false }).Settings.Labels.Select(label => label.Value));
    }

    [Fact]
    public void Ports_ComeFromBaseProjectAndAspNetCore()
    {
        ImageConfig config = Config with
        {
            ExposedPorts = ["22/tcp"],
            Environment = [new("ASPNETCORE_HTTP_PORTS", "8080;22")],
            History = [new("EXPOSE map[22/tcp:{}]", true), new("ENV ASPNETCORE_HTTP_PORTS=8080;22", true)],
        };
        Setting own = new("53", "udp", new ValueSource.Item("ContainerPort", "53"));

        Assert.Equal(
            [
                new("22", "tcp", Base("step 1 of 2 (EXPOSE 22)")),
                own,
                new("8080", "tcp", Base("step 2 of 2 (ENV ASPNETCORE_HTTP_PORTS)")),
            ],
            Compute(config, Intent with { Settings = Intent.Settings with { Ports = [own] } }).Settings.Ports.ToArray());
    }

    [Fact]
    public void Command_SaysWhatIsInherited()
    {
        ImageConfig config = Config with { Entrypoint = ["/nvidia/entrypoint.sh"], History = [new("ENTRYPOINT [\"/nvidia/entrypoint.sh\"]", true)] };
        Setting app = new("ContainerAppCommand", "/app/app", new ValueSource.Item("ContainerAppCommand", "/app/app"));
        ContainerIntent intent = Intent with
        {
            Command = new CommandIntent { AppCommand = [app], Instruction = new("ContainerAppCommandInstruction", "DefaultArgs", new ValueSource.Property("ContainerAppCommandInstruction")) },
        };

        EffectiveImage image = Compute(config, intent);

        Assert.Equal([new("ENTRYPOINT", "/nvidia/entrypoint.sh", Base("step 1 of 1 (ENTRYPOINT)")), app], image.Settings.Command.ToArray());
        Assert.Equal(["/nvidia/entrypoint.sh"], image.Config.Entrypoint.ToArray());
        Assert.Equal(["/app/app"], image.Config.Command.ToArray());
    }

    [Fact]
    public void Rules_SeeWhatTheBaseImageBrings()
    {
        ImageConfig config = Config with
        {
            Environment = [new("NVIDIA_VISIBLE_DEVICES", "all")],
            History = [new("ENV NVIDIA_VISIBLE_DEVICES=all", true)],
        };

        ImmutableArray<Finding> findings = ContainerRules.Check(new ContainerSubject(Intent, Compute(config).Settings, Policy.Default, IsEffective: true));

        Assert.Equal(["MLC3001", "MLC3010", "MLC3030"], findings.Select(finding => finding.Rule.Id));
        Assert.Contains("step 1 of 1 (ENV NVIDIA_VISIBLE_DEVICES)", findings[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VariableTwiceInTheBaseImage_IsRefused() =>
        Assert.Equal("MLC9006", Refuse(Config with { Environment = [new("A", "1"), new("A", "1")] }, Intent).Rule.Id);

    [Theory]
    [InlineData("8080", "sctp")]
    [InlineData("8080/udp", "")]
    [InlineData("http", "tcp")]
    [InlineData("", "tcp")]
    public void PortTheSdkCannotRead_IsRefused(string number, string type)
    {
        Setting port = new(number, type, new ValueSource.Item("ContainerPort", number));

        Finding refusal = Refuse(Config, Intent with { Settings = Intent.Settings with { Ports = [port] } });

        Assert.Equal(("MLC9008", port.Source), (refusal.Rule.Id, refusal.Source));
    }

    [Fact]
    public void FormatTheSdkDoesNotKnow_IsRefused()
    {
        Finding refusal = Refuse(Config, Intent with { ImageFormat = new("ContainerImageFormat", "oci", new ValueSource.Property("ContainerImageFormat")) });

        Assert.Equal("ContainerImageFormat is 'oci', which the .NET SDK does not know. Write OCI or Docker.", refusal.Text);
    }

    [Theory]
    [InlineData("", "--args", "", "", "Entrypoint", "ContainerEntrypointArgs are set, but no ContainerEntrypoint.")]
    [InlineData("", "", "", "--args", "", "ContainerAppCommandArgs are set, but there is no ContainerAppCommand.")]
    [InlineData("/tini", "", "dotnet", "", "None", "ContainerAppCommandInstruction is None, but a ContainerAppCommand is set.")]
    [InlineData("/tini", "", "dotnet", "", "Entrypoint", "ContainerAppCommandInstruction is Entrypoint, but a ContainerEntrypoint is set.")]
    [InlineData("", "", "dotnet", "", "cmd", "ContainerAppCommandInstruction is 'cmd', which the .NET SDK does not know.")]
    public void ContradictionInTheCommand_IsRefused(string entrypoint, string entrypointArgs, string app, string appArgs, string instruction, string message)
    {
        ContainerIntent intent = Intent with
        {
            Command = new CommandIntent
            {
                Entrypoint = Arguments("ContainerEntrypoint", entrypoint),
                EntrypointArgs = Arguments("ContainerEntrypointArgs", entrypointArgs),
                AppCommand = Arguments("ContainerAppCommand", app),
                AppCommandArgs = Arguments("ContainerAppCommandArgs", appArgs),
                Instruction = new("ContainerAppCommandInstruction", instruction, new ValueSource.Property("ContainerAppCommandInstruction")),
            },
        };

        Finding refusal = Refuse(Config, intent);

        Assert.Equal(("MLC9008", message), (refusal.Rule.Id, refusal.Message));
    }

    private static ImageConfig Config { get; } = new() { Architecture = "amd64", OperatingSystem = "linux" };

    private static ContainerIntent Intent { get; } = new()
    {
        ProjectPath = "/src/app/app.csproj",
        BaseImage = new Setting("ContainerBaseImage", Reference, new ValueSource.Property("ContainerBaseImage")),
        RuntimeIdentifiers = ["linux-x64"],
        Tags = [new("ContainerImageTag", "1.0.0", new ValueSource.Property("ContainerImageTag"))],
    };

    private static ImmutableArray<Setting> Arguments(string type, string value) =>
        value.Length == 0 ? [] : [new Setting(type, value, new ValueSource.Item(type, value))];

    private static ValueSource.BaseImage Base(string? step = null) => new(Reference, step);

    private static VerifiedBase Verified(ImageConfig config) => new(
        new ImageReference("registry.example", "cuda", "12", null), "linux-x64", null, "sha256:manifest", "application/vnd.oci.image.manifest.v1+json", "sha256:config", [], config);

    private static EffectiveImage Compute(ImageConfig config, ContainerIntent? intent = null)
    {
        Assert.True(EffectiveImage.TryCompute(Verified(config), intent ?? Intent, out EffectiveImage? image, out Finding? refusal), refusal?.Text);
        return image;
    }

    private static Finding Refuse(ImageConfig config, ContainerIntent intent)
    {
        Assert.False(EffectiveImage.TryCompute(Verified(config), intent, out _, out Finding? refusal));
        return refusal;
    }
}
