using System.ComponentModel.DataAnnotations;

namespace IrisInference;

/// <summary>A flower's measurements in centimetres. The model saw 0.1 to 7.9; far beyond that its answer means nothing.</summary>
public sealed record IrisFeatures
{
    private const double Least = 0.01;
    private const double Most = 20;

    [Range(Least, Most)]
    public required float SepalLength { get; init; }

    [Range(Least, Most)]
    public required float SepalWidth { get; init; }

    [Range(Least, Most)]
    public required float PetalLength { get; init; }

    [Range(Least, Most)]
    public required float PetalWidth { get; init; }
}
