using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;
using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Documentation;

/// <summary>
/// Reads an example without MSBuild and without a registry. What it does not mention is as it should be, so that an example
/// shows nothing but its subject.
/// </summary>
internal static partial class ExampleImage
{
    /// <summary>Every rule's findings, at both moments, on one section of a page; a <c>yaml</c> block in it is its policy.</summary>
    public static ImmutableArray<Finding> Judge(IEnumerable<Example> section)
    {
        ImmutableArray<Example> examples = [.. section];
        ImageUnderTest good = ImageUnderTest.Good with
        {
            Policy = examples.Where(example => example.Language == "yaml").Select(example => ReadPolicy(example.Text)).SingleOrDefault(Policy.Default),
        };

        return
        [
            .. examples.Where(example => example.Language == "xml").Select(example => ReadProject(good, example.Text))
                .SelectMany(image => ContainerRules.Check(image.AtIntent()).Union(ContainerRules.Check(image.AtRehearsal()))),
            .. examples.Where(example => example.Language == "json").Select(example => ReadBaseConfiguration(good, example.Text))
                .SelectMany(image => ContainerRules.Check(image.AtRehearsal())),
        ];
    }

    private static Policy ReadPolicy(string yaml)
    {
        PolicyReadResult result = PolicyReader.Read("/src/mlcontainer.yaml", yaml);
        Assert.Empty(result.Findings);
        return result.Policy;
    }

    /// <summary>A fragment of a project: property groups and item groups as MSBuild reads them, conditions and functions left out.</summary>
    private static ImageUnderTest ReadProject(ImageUnderTest image, string xml)
    {
        XElement project = XElement.Parse($"<Project>{WithSecrets(xml)}</Project>");
        foreach (XElement property in project.Elements("PropertyGroup").Elements())
        {
            image = ReadProperty(image, property.Name.LocalName, Unescape(property.Value));
        }

        foreach (XElement item in project.Elements("ItemGroup").Elements())
        {
            foreach (string include in List(item.Attribute("Include")!.Value))
            {
                image = ReadItem(image, item.Name.LocalName, include, name => Unescape(item.Attribute(name)?.Value ?? item.Element(name)?.Value ?? ""));
            }
        }

        return image;
    }

    private static ImageUnderTest ReadProperty(ImageUnderTest image, string name, string value) => name switch
    {
        "ContainerBaseImage" => image.WithBase(value),
        "ContainerUser" => image.WithUser(value),
        "ContainerWorkingDirectory" => image.WithWorkingDirectory(value),
        "ContainerRegistry" => image.WithRegistry(value),
        "ContainerRepository" => image.WithRepository(value),
        "ContainerArchiveOutputPath" => image.WithArchive(value),
        "ContainerImageTag" => image.WithTags(value),
        "ContainerImageTags" => image.WithTags([.. List(value)]),
        "RuntimeIdentifier" => image.WithRuntimeIdentifiers(value),
        "RuntimeIdentifiers" or "ContainerRuntimeIdentifiers" => image.WithRuntimeIdentifiers([.. List(value)]),
        _ => throw new NotSupportedException($"No example has needed the property {name} so far."),
    };

    private static ImageUnderTest ReadItem(ImageUnderTest image, string type, string include, Func<string, string> metadata) => type switch
    {
        "ContainerEnvironmentVariable" => image.WithVariable(include, metadata("Value")),
        "ContainerLabel" => image.WithLabel(include, metadata("Value")),
        "ContainerPort" => image.WithPort(include, metadata("Type")),
        "ContainerEntrypoint" or "ContainerEntrypointArgs" or "ContainerAppCommand" or "ContainerAppCommandArgs" or "ContainerDefaultArgs" => image.WithArgument(type, include),
        _ => throw new NotSupportedException($"No example has needed the item {type} so far."),
    };

    /// <summary>The configuration of a base image, as the OCI image specification writes it.</summary>
    private static ImageUnderTest ReadBaseConfiguration(ImageUnderTest image, string json)
    {
        using JsonDocument document = JsonDocument.Parse(WithSecrets(json));
        JsonElement config = document.RootElement.GetProperty("config");
        image = image.WithInheritedUser(config.TryGetProperty("User", out JsonElement user) ? user.GetString() : null);
        foreach (string variable in Strings("Env"))
        {
            string[] parts = variable.Split('=', 2);
            image = image.WithInheritedVariable(parts[0], parts[1]);
        }

        foreach (JsonProperty label in Members("Labels"))
        {
            image = image.WithInheritedLabel(label.Name, label.Value.GetString()!);
        }

        foreach (JsonProperty port in Members("ExposedPorts"))
        {
            string[] parts = port.Name.Split('/', 2);
            image = image.WithInheritedPort(parts[0], parts[1]);
        }

        return image.WithInheritedCommand([.. Strings("Entrypoint"), .. Strings("Cmd")]);

        IEnumerable<string> Strings(string name) =>
            config.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray().Select(element => element.GetString()!) : [];

        IEnumerable<JsonProperty> Members(string name) =>
            config.TryGetProperty(name, out JsonElement members) ? members.EnumerateObject() : [];
    }

    // MSBuild splits before it undoes its escapes.
    private static IEnumerable<string> List(string value) =>
        value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Unescape);

    private static string Unescape(string value) => Uri.UnescapeDataString(value);

    // A page shows `hf_{34 letters}` where a secret would stand: no file of this repository holds one.
    public static string WithSecrets(string text) => Filler().Replace(
        text,
        match => Made.Random(
            match.Groups[2].Value == "letters" ? Made.Letters : Made.Alphanumeric,
            int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\{(\d{1,3}) (letters|characters)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Filler();
}
