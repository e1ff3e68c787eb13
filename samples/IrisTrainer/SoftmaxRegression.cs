namespace IrisTrainer;

/// <summary>Multinomial logistic regression: softmax(features × weights + bias).</summary>
/// <param name="Weights">One row a feature, one column a class.</param>
/// <param name="Bias">One value a class.</param>
internal sealed record SoftmaxRegression(double[,] Weights, double[] Bias)
{
    private const int Epochs = 2000;
    private const double LearningRate = 0.5;
    private const double Decay = 1e-3;

    public int Features => Weights.GetLength(0);

    public int Classes => Bias.Length;

    /// <summary>Full-batch gradient descent from zero on standardised features; no random numbers anywhere.</summary>
    public static SoftmaxRegression Train(IReadOnlyList<Flower> flowers, int classes)
    {
        var features = flowers[0].Features.Length;
        var (mean, deviation) = Moments(flowers, features);
        var inputs = flowers.Select(flower => Standardise(flower.Features, mean, deviation)).ToArray();
        var weights = new double[features, classes];
        var bias = new double[classes];

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var weightGradient = new double[features, classes];
            var biasGradient = new double[classes];
            for (var i = 0; i < inputs.Length; i++)
            {
                var error = Softmax(Scores(inputs[i], weights, bias));
                error[flowers[i].Species] -= 1;
                for (var c = 0; c < classes; c++)
                {
                    biasGradient[c] += error[c];
                    for (var f = 0; f < features; f++)
                        weightGradient[f, c] += error[c] * inputs[i][f];
                }
            }

            for (var c = 0; c < classes; c++)
            {
                bias[c] -= LearningRate * biasGradient[c] / inputs.Length;
                for (var f = 0; f < features; f++)
                    weights[f, c] -= LearningRate * (weightGradient[f, c] / inputs.Length + Decay * weights[f, c]);
            }
        }

        return Unstandardise(weights, bias, mean, deviation);
    }

    public int Predict(double[] features)
    {
        var scores = Scores(features, Weights, Bias);
        return Array.IndexOf(scores, scores.Max());
    }

    private static (double[] Mean, double[] Deviation) Moments(IReadOnlyList<Flower> flowers, int features)
    {
        var mean = new double[features];
        var deviation = new double[features];
        for (var f = 0; f < features; f++)
        {
            mean[f] = flowers.Average(flower => flower.Features[f]);
            deviation[f] = Math.Sqrt(flowers.Average(flower => Math.Pow(flower.Features[f] - mean[f], 2)));
        }

        return (mean, deviation);
    }

    private static double[] Standardise(double[] features, double[] mean, double[] deviation) =>
        features.Select((value, f) => (value - mean[f]) / deviation[f]).ToArray();

    /// <summary>Moves the standardisation into the weights, so that the model takes centimetres.</summary>
    private static SoftmaxRegression Unstandardise(double[,] weights, double[] bias, double[] mean, double[] deviation)
    {
        var (features, classes) = (weights.GetLength(0), weights.GetLength(1));
        var ownWeights = new double[features, classes];
        var ownBias = new double[classes];
        for (var c = 0; c < classes; c++)
        {
            var shift = 0.0;
            for (var f = 0; f < features; f++)
            {
                ownWeights[f, c] = Round(weights[f, c] / deviation[f]);
                shift += weights[f, c] * mean[f] / deviation[f];
            }

            ownBias[c] = Round(bias[c] - shift);
        }

        return new SoftmaxRegression(ownWeights, ownBias);
    }

    /// <summary>
    /// To 1/4096: the last bits of Math.Exp differ between platforms, and the file must not. What is left fits a float exactly.
    /// </summary>
    private static double Round(double value) => Math.Round(value * 4096) / 4096;

    private static double[] Scores(double[] features, double[,] weights, double[] bias) =>
        bias.Select((b, c) => b + features.Select((value, f) => value * weights[f, c]).Sum()).ToArray();

    private static double[] Softmax(double[] scores)
    {
        var highest = scores.Max(); // subtracted, so that Exp does not overflow
        var powers = scores.Select(score => Math.Exp(score - highest)).ToArray();
        var sum = powers.Sum();
        return powers.Select(power => power / sum).ToArray();
    }
}
