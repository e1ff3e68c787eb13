using System.Globalization;

namespace IrisTrainer;

/// <summary>One flower: sepal length, sepal width, petal length and petal width in centimetres, and the index of its species.</summary>
internal sealed record Flower(double[] Features, int Species);

/// <summary>
/// The 150 flowers that Edgar Anderson measured and R. A. Fisher published in "The use of multiple measurements in taxonomic
/// problems" (Annals of Eugenics 7, 1936). Rows 35 and 38 are as Fisher printed them; many copies in circulation have them wrong.
/// </summary>
internal static class IrisData
{
    public static readonly string[] Species = ["setosa", "versicolor", "virginica"];

    public static Flower[] Load()
    {
        using var stream = typeof(IrisData).Assembly.GetManifestResourceStream("iris.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1) // the header
            .Select(Parse)
            .ToArray();
    }

    private static Flower Parse(string line)
    {
        var fields = line.Trim().Split(',');
        var features = fields[..4].Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new Flower(features, Array.IndexOf(Species, fields[4]));
    }
}
