using MlContainerBuild.Checks.Payload;

namespace MlContainerBuild.Checks.Reports.Html;

/// <summary>What the image is made of, drawn to scale: its layers, and what lies in the one that the project adds.</summary>
internal static class AnatomySection
{
    // More than any engine builds.
    private const int MostLayers = 128;

    public static Markup Render(PublishReport report)
    {
        PlatformImage[] drawn = [.. report.Platforms.Where(platform => !platform.BaseLayers.IsEmpty || platform.Payload is { FileCount: > 0 })];
        if (drawn.Length == 0 && report.Models.IsEmpty)
            return Markup.Empty;

        return Markup.Of($"""
            <section id="anatomy" aria-labelledby="anatomy-title">
            <h2 id="anatomy-title">Image anatomy</h2>
            {drawn.Select((platform, index) => Platform(platform, isAlone: report.Platforms.Length == 1, isOpen: index == 0))}
            {Models(report)}
            </section>

            """);
    }

    // The images of two platforms look alike, so all but the first wait behind a click.
    private static Markup Platform(PlatformImage platform, bool isAlone, bool isOpen)
    {
        Markup title = Markup.Of($"<h3>{platform.RuntimeIdentifier} <span class=\"count\">{Summary(platform)}</span></h3>");
        Markup drawing = Drawing(platform);
        return isAlone ? drawing
            : isOpen ? Markup.Of($"{title}{drawing}")
            : Markup.Of($"<details><summary>{title}</summary>{drawing}</details>");
    }

    private static string Summary(PlatformImage platform)
    {
        Part[] layers = [.. Layers(platform)];
        return platform.BaseLayers.IsEmpty ? "" : Amount.OfBytes(layers.Sum(layer => layer.Size));
    }

    private static Markup Drawing(PlatformImage platform)
    {
        // Without the base image there is nothing to compare the application with.
        Part[] layers = platform.BaseLayers.IsEmpty ? [] : [.. Layers(platform)];
        Part[] payload = platform.Payload is { FileCount: > 0 } ? [.. Shares(platform.Payload)] : [];
        return Markup.Of($"""
            <figure>
            {Markup.If(layers.Length > 0, $"""
                <figcaption><strong>Layers</strong> <span>{LayerCaption(platform, layers)}</span></figcaption>
                {Bar(layers, "Layers to scale, from the bottom up")}
                """)}
            {Markup.If(layers.Length > 0 && payload.Length > 0, $"""<svg class="zoom" viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="36" aria-hidden="true" focusable="false"><path d="M{100 - Percent(layers[^1].Size, layers.Sum(layer => layer.Size))} 0H100V10H0z" /></svg>""")}
            {Markup.If(payload.Length > 0, $"""
                <figcaption><strong>Application</strong> <span>{Amount.Of(platform.Payload!.FileCount, "file")}, {Amount.OfBytes(platform.Payload.Size)} before compression</span></figcaption>
                {Bar(payload, "Files of the application to scale, by kind")}
                <ul class="key">
                {payload.Select((part, index) => Markup.Of($"<li>{Swatch(part, index)} {part.Name} <span class=\"count\">{Amount.OfBytes(part.Size)}, {part.Detail}</span></li>"))}
                </ul>
                """)}
            </figure>
            {Markup.If(layers.Length > 0, $"{LayerTable(layers)}")}
            {Markup.If(payload.Length > 0, $"{FileTable(platform.Payload!)}")}

            """);
    }

    private static IEnumerable<Part> Layers(PlatformImage platform)
    {
        for (int i = 0; i < Math.Min(platform.BaseLayers.Length, MostLayers); i++)
        {
            ImageLayer layer = platform.BaseLayers[i];
            yield return new Part(i % 2 == 0 ? "base-even" : "base-odd", "Base image", Plausible(layer.Size), layer.CreatedBy, layer.Digest);
        }

        if (platform.BaseLayers.Length > MostLayers)
            yield return new Part("base-even", "Base image", platform.BaseLayers.Skip(MostLayers).Sum(layer => Plausible(layer.Size)), Amount.Of(platform.BaseLayers.Length - MostLayers, "more layer"));

        if (platform.ApplicationLayer is { } application)
            yield return new Part("app", "Application", Plausible(application.Size), Digest: application.Digest);
        else if (platform.Payload is { FileCount: > 0 } payload)
            yield return new Part("app", "Application", Plausible(payload.Size), "as published, before compression");
    }

    // The base image's manifest says what it likes, and sizes are added up.
    private static long Plausible(long size) => Math.Clamp(size, 0, 1L << 45);

    private static IEnumerable<Part> Shares(PayloadInventory payload) =>
        payload.Shares.Select(share => new Part(ClassOf(share.Kind), NameOf(share.Kind), share.Size, Amount.Of(share.FileCount, "file")));

    private static string LayerCaption(PlatformImage platform, Part[] layers)
    {
        string size = Amount.OfBytes(layers.Sum(layer => layer.Size));
        return $"{Amount.Of(layers.Length, "layer")}, {size} {(platform.ApplicationLayer is null ? "before the application is compressed" : "to pull")}";
    }

    private static Markup LayerTable(Part[] layers)
    {
        long total = layers.Sum(layer => layer.Size);
        return Markup.Of($"""
            <table class="stack layers">
            <caption>The layers</caption>
            <thead><tr><th scope="col">Layer</th><th scope="col">Made by</th><th scope="col" class="number">Size</th><th scope="col" class="number">Share</th></tr></thead>
            <tbody>
            {layers.Select((layer, index) => Markup.Of($"""
                <tr><th scope="row">{Swatch(layer, index)} {layer.Name}</th>
                <td>{Markup.If(layer.Detail is not null, $"<code>{Markup.Text(Instruction(layer.Detail!), 160)}</code> ")}{Markup.If(layer.Digest is not null, $"{ShortDigest.Render(layer.Digest!)}")}</td>
                <td class="number">{Amount.OfBytes(layer.Size)}</td><td class="number">{Amount.Share(layer.Size, total)}</td></tr>

                """))}
            </tbody>
            </table>

            """);
    }

    private static Markup FileTable(PayloadInventory payload)
    {
        long largest = payload.LargestFiles.IsEmpty ? 0 : payload.LargestFiles[0].Size;
        return Markup.Of($"""
            <table class="stack files">
            <caption>The largest files of the application</caption>
            <thead><tr><th scope="col">File</th><th scope="col">Kind</th><th scope="col" class="number">Size</th><td class="scale"></td></tr></thead>
            <tbody>
            {payload.LargestFiles.Select(file => Markup.Of($"""
                <tr><th scope="row">{Markup.Text(file.Path, 200)}</th><td>{NameOf(file.Kind)}</td><td class="number">{Amount.OfBytes(file.Size)}</td>
                <td class="scale" aria-hidden="true"><svg width="100%" height="10" focusable="false"><rect class="track" width="100%" height="10" rx="5" /><rect class="{ClassOf(file.Kind)}" width="{Percent(file.Size, largest)}%" height="10" rx="5" /></svg></td></tr>

                """))}
            </tbody>
            </table>

            """);
    }

    private static Markup Models(PublishReport report) => Markup.If(!report.Models.IsEmpty, $"""
        <h3>Models <span class="count">{report.Models.Length}</span></h3>
        <table class="stack files">
        <thead><tr><th scope="col">Model</th><th scope="col">Format</th><th scope="col">Delivered</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>
        {report.Models.Select(model => Markup.Of($"""
            <tr><th scope="row">{Markup.Text(model.Path, 200)}</th><td>{Markup.If(model.Format is not null, $"{model.Format}, {Amount.OfBytes(model.Size ?? 0)}")}</td><td>{(model.IsMounted ? "Mounted at run time" : "In the image")}</td>
            <td>{Markup.If(model.Sha256 is null, $"Not declared")}{Markup.If(model.Sha256 is not null, $"<code>{model.Sha256}</code>")}</td></tr>

            """))}
        </tbody>
        </table>

        """);

    /// <summary>One bar whose parts are as long as they are large; a number in a part is that of its row below.</summary>
    private static Markup Bar(Part[] parts, string title)
    {
        long total = parts.Sum(part => part.Size);
        double start = 0;
        var segments = new List<Markup>();
        for (int i = 0; i < parts.Length; i++)
        {
            Part part = parts[i];
            double width = Percent(part.Size, total);
            segments.Add(Markup.Of($"<rect class=\"{part.Class}\" x=\"{start}%\" width=\"{width}%\" height=\"44\"><title>{part.Name}, {Amount.OfBytes(part.Size)}</title></rect>"));

            // Narrower than this the number would not fit on a telephone.
            if (width >= 5)
                segments.Add(Markup.Of($"<text x=\"{start + (width / 2)}%\" y=\"28\">{i + 1L}</text>"));

            start += width;
        }

        string description = string.Join(", ", parts.Select(part => $"{part.Name} {Amount.OfBytes(part.Size)}"));
        return Markup.Of($"""<svg class="bar" width="100%" height="44" role="img" aria-label="{title}: {description}.">{segments}</svg>""");
    }

    private static Markup Swatch(Part part, int index) => Markup.Of($"<span class=\"swatch {part.Class}\">{index + 1L}</span>");

    private static double Percent(long part, long whole) => whole <= 0 ? 0 : 100.0 * Math.Clamp(part, 0, whole) / whole;

    /// <summary>A history entry as its author wrote it, without what the builders put around it.</summary>
    private static string Instruction(string createdBy)
    {
        string text = createdBy.Replace("/bin/sh -c #(nop) ", "", StringComparison.Ordinal).Replace("RUN /bin/sh -c ", "RUN ", StringComparison.Ordinal);
        return (text.EndsWith("# buildkit", StringComparison.Ordinal) ? text[..^"# buildkit".Length] : text).Trim();
    }

    private static string ClassOf(PayloadFileKind kind) => kind switch
    {
        PayloadFileKind.Model => "model",
        PayloadFileKind.Assembly => "assembly",
        PayloadFileKind.NativeLibrary => "native",
        _ => "other",
    };

    private static string NameOf(PayloadFileKind kind) => kind switch
    {
        PayloadFileKind.Model => "Model",
        PayloadFileKind.Assembly => "Assembly",
        PayloadFileKind.NativeLibrary => "Native library",
        _ => "Other",
    };

    private sealed record Part(string Class, string Name, long Size, string? Detail = null, string? Digest = null);
}
