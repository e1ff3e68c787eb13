using System.Collections.Immutable;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Rehearsal;

/// <summary>Draws base images and projects. Few names and values, so that they meet; odd ones among them.</summary>
internal sealed class ImageGenerator(int seed)
{
    private static readonly string[] Users = ["", "0", "root", "1654", "1654:1654", "app", " 7 "];
    private static readonly string[] Names = ["PATH", "APP_UID", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "A", "a", "MODEL"];
    private static readonly string[] Ports =
        ["8080", "8443", "80;443", " 81 ; ;82;x", "-5", "+9", "99999999999", "0", "", "8080/tcp"];

    private static readonly string[] Urls =
    [
        "http://+:80", "https://*:443;http://localhost:5000", "http://[::1]:8080/path:99", "http://host", "://x:1", "http://:80", "http://a:80:90",
        "tcp://0.0.0.0:80abc", "x://y:1\n://z:2", "nothing", "http://host:", "http://h:99999999999", "a_://h:7", "-://h:7", "http://x://y:6", "",
    ];

    private static readonly string[] Values = ["", "1", "a=b", "a b", "x;y", "http://x:80/y", "\u00e9\u4e2d\ud83d\ude00", "\"quoted\"", "<&>'+", "50%", "tab\there", "two\nlines"];
    private static readonly string[] Labels = ["maintainer", "org.opencontainers.image.created", "org.opencontainers.image.base.digest", "Maintainer", "x:y"];
    private static readonly string[] BasePorts = ["8080/tcp", "8080", "53/udp", "132/sctp", "08080/tcp", "x/tcp", "1/tcp/2", "7/", "9/1", "9/TCP", " 11 /tcp"];
    private static readonly string[] OwnPorts = ["8080", "53", "443", "0", "-1", "70000"];
    private static readonly string[] Rids = ["linux-x64", "linux-arm64", "linux-arm", "linux-musl-x64", "linux-musl-arm64"];
    private static readonly string[] OddRids = ["linux-armv6", "linux-x86", "linux-riscv64", "win-x64", "linux"];

    private readonly Random random = new(seed);

    public string RuntimeIdentifier() => OneOf(Chance(0.15) ? OddRids : Rids);

    public TestImage Base(string architecture, string? variant)
    {
        var config = new JsonObject();
        Maybe(0.7, () => config["User"] = Chance(0.1) ? JsonValue.Create(1654) : OneOf(Users));
        Maybe(0.9, () => config["Env"] = new JsonArray([.. Some(6, () => Chance(0.05) ? null : JsonValue.Create(Chance(0.05) ? "NOEQUALS" : Variable()))
            .Where(NewName())]));
        Maybe(0.6, () => config["Labels"] = Object(Some(3, () => OneOf(Labels)), () => Chance(0.1) ? null : Chance(0.1) ? JsonValue.Create(5) : OneOf(Values)));
        Maybe(0.6, () => config["ExposedPorts"] = Object(Some(4, () => OneOf(BasePorts)), () => Chance(0.1) ? null : new JsonObject()));
        Maybe(0.5, () => config["Entrypoint"] = OneOf<Func<JsonNode?>>(
            [() => new JsonArray("dotnet"), () => new JsonArray("/usr/bin/dotnet"), () => new JsonArray("/entry.sh", "--x"), () => new JsonArray("a", "", "b"), () => null, () => new JsonArray()])());
        Maybe(0.4, () => config["Cmd"] = new JsonArray("bash"));
        Maybe(0.4, () => config["WorkingDir"] = "/srv");
        Maybe(0.2, () => config["Volumes"] = new JsonObject { ["/data"] = new JsonObject() });
        Maybe(0.2, () => config["StopSignal"] = "SIGINT");
        Maybe(0.2, () => config["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("NONE") });

        // So that two platforms never have the same configuration.
        var labels = config["Labels"] as JsonObject ?? [];
        labels["platform"] = $"{architecture}/{variant}/{random.Next()}";
        config["Labels"] = labels;
        JsonArray? history = Chance(0.5)
            ? [
                new JsonObject { ["created"] = "2026-01-01T00:00:00Z", ["created_by"] = "ADD rootfs.tar /", ["empty_layer"] = OneOf<JsonNode?>([null, JsonValue.Create(false)]) },
                .. Some(3, HistoryStep),
            ]
            : null;
        return TestImage.Create(config, architecture, Chance(0.1) ? "windows" : "linux", docker: Chance(0.3), variant, history: history);
    }

    public ContainerIntent Intent(string reference, string rid)
    {
        CommandIntent command = new()
        {
            Entrypoint = Chance(0.2) ? Arguments("/tini", "--") : [],
            EntrypointArgs = Chance(0.1) ? Arguments("--entry") : [],
            AppCommand = Chance(0.9) ? OneOf<ImmutableArray<Setting>>([Arguments("dotnet", "/app/app.dll"), Arguments("/app/app")]) : [],
            AppCommandArgs = Chance(0.15) ? Arguments("--always", "x y") : [],
            DefaultArgs = Chance(0.2) ? Arguments("--default") : [],
            Instruction = Chance(0.3) ? Own("ContainerAppCommandInstruction", Chance(0.05) ? "entrypoint" : OneOf(["Entrypoint", "DefaultArgs", "None", ""])) : null,
        };
        return new ContainerIntent
        {
            ProjectPath = "/src/app/app.csproj",
            BaseImage = Own("ContainerBaseImage", reference),
            RuntimeIdentifiers = [rid],
            Command = command,
            GeneratesLabels = Chance(0.8),
            GeneratesBaseDigestLabel = Chance(0.7),
            ImageFormat = Chance(0.4) ? Own("ContainerImageFormat", Chance(0.05) ? "oci" : OneOf(["OCI", "Docker", "1", "7"])) : null,
            Settings = new ImageSettings
            {
                User = Chance(0.5) ? Own("ContainerUser", OneOf(Users)) : null,
                WorkingDirectory = Own("ContainerWorkingDirectory", OneOf(["/app/", "/srv", "C:/app/"])),
                Environment = [.. Some(3, () => Variable().Split('=', 2)).Select(pair => Own(pair[0], pair[1]))],
                Labels = [.. Some(3, () => Own(OneOf(Labels), OneOf(Values)))],
                Ports = [.. Some(2, () => Own(OneOf(OwnPorts), Chance(0.03) ? OneOf(["UDP", "sctp"]) : OneOf(["tcp", "udp", ""])))],
            },
        };
    }

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T OneOf<T>(T[] choices) => choices[random.Next(choices.Length)];

    public IEnumerable<T> Some<T>(int most, Func<T> draw) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => draw())];

    private JsonObject HistoryStep() => OneOf<JsonObject>(
    [
        new() { ["created"] = "2026-01-01T00:00:00Z", ["created_by"] = "ENV A=1", ["empty_layer"] = true },
        new() { ["created_by"] = "USER app # buildkit", ["comment"] = "buildkit.dockerfile.v0", ["empty_layer"] = true },
        new() { ["comment"] = "nobody says what made it", ["author"] = "somebody" },
    ]);

    private string Variable()
    {
        string name = OneOf(Names);
        string value = name switch
        {
            "APP_UID" => OneOf(Users),
            "ASPNETCORE_URLS" => string.Join(';', Some(3, () => OneOf(Urls))),
            "ASPNETCORE_HTTP_PORTS" or "ASPNETCORE_HTTPS_PORTS" => OneOf(Ports),
            _ => OneOf(Values),
        };
        return $"{name}={value}";
    }

    // Mostly each name once, as real images have it: the SDK fails on a second one.
    private Func<JsonNode?, bool> NewName()
    {
        HashSet<string> seen = [];
        return entry => seen.Add(entry?.GetValue<string>().Split('=')[0] ?? "") || Chance(0.03);
    }

    private static JsonObject Object(IEnumerable<string> names, Func<JsonNode?> value)
    {
        var json = new JsonObject();
        foreach (string name in names)
        {
            json[name] = value();
        }

        return json;
    }

    private static ImmutableArray<Setting> Arguments(params string[] arguments) => [.. arguments.Select(argument => Own("ContainerArgument", argument))];

    private static Setting Own(string name, string value) => new(name, value, new ValueSource.Property("Drawn"));

    private void Maybe(double probability, Action action)
    {
        if (Chance(probability))
        {
            action();
        }
    }
}
