using System.Collections.Immutable;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Images;

/// <summary>A service that no rule has anything to say about; each test changes what it is about.</summary>
internal sealed record ImageUnderTest
{
    public static readonly string Digest = "sha256:" + new string('a', 64);

    public static ImageUnderTest Good { get; } = new();

    private ImmutableArray<Setting> variables = [];
    private ImmutableArray<Setting> labels = [];
    private ImmutableArray<Setting> ports = [];
    private ImmutableArray<Setting> command = [];
    private ImmutableArray<Setting> inheritedVariables = [];
    private ImmutableArray<Setting> inheritedLabels = [];
    private ImmutableArray<Setting> inheritedPorts = [];
    private ImmutableArray<Setting> inheritedCommand = [];
    private Setting? inheritedUser = new("USER", "1654", new ValueSource.BaseImage(BaseReference));

    private static string BaseReference => $"registry.example/dotnet/aspnet:10.0@{Digest}";

    public Setting Base { get; init; } = new("ContainerBaseImage", BaseReference, new ValueSource.Property("ContainerBaseImage"));

    public bool IsBaseInferred { get; init; }

    public Setting? User { get; init; }

    public Setting? WorkingDirectory { get; init; }

    public Setting? Registry { get; init; } = new("ContainerRegistry", "registry.example", new ValueSource.Property("ContainerRegistry"));

    public Setting? Repository { get; init; } = new("ContainerRepository", "iris", new ValueSource.Property("ContainerRepository"));

    public Setting? Archive { get; init; }

    public ImmutableArray<Setting> Tags { get; init; } = [new("ContainerImageTag", "1.0.0", new ValueSource.Property("ContainerImageTag"))];

    public ImmutableArray<string> RuntimeIdentifiers { get; init; } = ["linux-x64"];

    public Policy Policy { get; init; } = Policy.Default;

    public ImageUnderTest WithBase(string reference) => this with { Base = Base with { Value = reference } };

    public ImageUnderTest WithInferredBase(string reference) =>
        this with { Base = new Setting("ContainerBaseImage", reference, ValueSource.Sdk.Instance), IsBaseInferred = true };

    public ImageUnderTest WithUser(string user) =>
        this with { User = new Setting("ContainerUser", user, new ValueSource.Property("ContainerUser")) };

    public ImageUnderTest WithWorkingDirectory(string directory) =>
        this with { WorkingDirectory = new Setting("ContainerWorkingDirectory", directory, new ValueSource.Property("ContainerWorkingDirectory")) };

    public ImageUnderTest WithRepository(string repository) => this with { Repository = Repository! with { Value = repository } };

    public ImageUnderTest WithRegistry(string registry) => this with { Registry = Registry! with { Value = registry } };

    public ImageUnderTest WithArchive(string path) =>
        this with { Archive = new Setting("ContainerArchiveOutputPath", path, new ValueSource.Property("ContainerArchiveOutputPath")) };

    public ImageUnderTest WithTags(params string[] tags) =>
        this with { Tags = [.. tags.Select(tag => new Setting("ContainerImageTags", tag, new ValueSource.Property("ContainerImageTags")))] };

    public ImageUnderTest WithDefaultTag() =>
        this with { Tags = [new Setting("ContainerImageTag", "latest", ValueSource.Sdk.Instance)] };

    public ImageUnderTest WithRuntimeIdentifiers(params string[] runtimeIdentifiers) => this with { RuntimeIdentifiers = [.. runtimeIdentifiers] };

    public ImageUnderTest WithVariable(string name, string value) =>
        this with { variables = variables.Add(Own("ContainerEnvironmentVariable", name, value)) };

    public ImageUnderTest WithLabel(string name, string value) => this with { labels = labels.Add(Own("ContainerLabel", name, value)) };

    public ImageUnderTest WithSdkLabel(string name, string value) => this with { labels = labels.Add(new Setting(name, value, ValueSource.Sdk.Instance)) };

    public ImageUnderTest WithPort(string number, string type = "") =>
        this with { ports = ports.Add(new Setting(number, type, new ValueSource.Item("ContainerPort", number))) };

    public ImageUnderTest WithCommand(params string[] arguments) =>
        arguments.Aggregate(this with { command = [] }, (image, argument) => image.WithArgument("ContainerAppCommandArgs", argument));

    public ImageUnderTest WithArgument(string itemType, string argument) =>
        this with { command = command.Add(new Setting(itemType, argument, new ValueSource.Item(itemType, argument))) };

    public ImageUnderTest WithInheritedUser(string? user) => this with { inheritedUser = user is null ? null : Inherited("USER", user) };

    public ImageUnderTest WithInheritedVariable(string name, string value) =>
        this with { inheritedVariables = inheritedVariables.Add(Inherited(name, value)) };

    public ImageUnderTest WithInheritedLabel(string name, string value) =>
        this with { inheritedLabels = inheritedLabels.Add(Inherited(name, value)) };

    public ImageUnderTest WithInheritedPort(string number, string type) =>
        this with { inheritedPorts = inheritedPorts.Add(Inherited(number, type)) };

    public ImageUnderTest WithInheritedCommand(params string[] arguments) =>
        this with { inheritedCommand = [.. arguments.Select(argument => Inherited("Entrypoint", argument))] };

    /// <summary>Before any network access: only what the project sets.</summary>
    public ContainerSubject AtIntent() => new(Intent, Intent.Settings, Policy, IsEffective: false);

    /// <summary>With the base image known: merged as the SDK merges.</summary>
    public ContainerSubject AtRehearsal()
    {
        ImmutableArray<Setting> environment = Merge(inheritedVariables, variables);
        Setting? decidedByVariable = environment.LastOrDefault(variable => variable.Name == "APP_UID");
        return new ContainerSubject(
            Intent,
            new ImageSettings
            {
                User = User ?? decidedByVariable ?? inheritedUser,
                WorkingDirectory = WorkingDirectory,
                Environment = environment,
                Labels = Merge(inheritedLabels, labels),
                Ports = Merge(inheritedPorts, ports),
                Command = command.IsEmpty ? inheritedCommand : command,
            },
            Policy,
            IsEffective: true);
    }

    private ContainerIntent Intent => new()
    {
        ProjectPath = "/src/Iris/Iris.csproj",
        BaseImage = Base,
        IsBaseImageInferred = IsBaseInferred,
        Registry = Registry,
        Repository = Repository,
        Tags = Tags,
        ArchiveOutputPath = Archive,
        RuntimeIdentifiers = RuntimeIdentifiers,
        Settings = new ImageSettings
        {
            User = User,
            WorkingDirectory = WorkingDirectory,
            Environment = variables,
            Labels = labels,
            Ports = ports,
            Command = command,
        },
    };

    private static Setting Own(string itemType, string name, string value) => new(name, value, new ValueSource.Item(itemType, name, "Value"));

    private Setting Inherited(string name, string value) => new(name, value, new ValueSource.BaseImage(Base.Value));

    private static ImmutableArray<Setting> Merge(ImmutableArray<Setting> inherited, ImmutableArray<Setting> own) =>
        [.. inherited.Where(setting => own.All(other => other.Name != setting.Name)), .. own];
}
