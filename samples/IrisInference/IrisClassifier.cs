using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions; // ASP.NET Core has one too

namespace IrisInference;

/// <summary>The most probable species, and the probability of each.</summary>
public sealed record IrisPrediction(string Species, IReadOnlyDictionary<string, float> Probabilities);

/// <summary>The model, loaded once. Running a session is thread-safe, so every request shares it.</summary>
public sealed class IrisClassifier : IDisposable
{
    private static readonly string[] Inputs = ["features"];
    private static readonly string[] Outputs = ["probabilities"];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _classes;

    /// <param name="model">An ONNX model.</param>
    /// <param name="options">The device to run it on.</param>
    /// <exception cref="OnnxRuntimeException">It is none.</exception>
    /// <exception cref="InvalidDataException">The model is not one of iris species.</exception>
    public IrisClassifier(byte[] model, SessionOptions options)
    {
        _session = new InferenceSession(model, options);

        // The names come with the model, so that a newly trained one cannot be read with the old order.
        if (!_session.ModelMetadata.CustomMetadataMap.TryGetValue("classes", out var classes))
            throw new InvalidDataException("The model does not name its classes.");
        _classes = classes.Split(',');
    }

    public IrisPrediction Predict(IrisFeatures features)
    {
        float[] row = [features.SepalLength, features.SepalWidth, features.PetalLength, features.PetalWidth];
        using var input = OrtValue.CreateTensorValueFromMemory(row, [1, row.Length]);
        using var outputs = _session.Run(_runOptions, Inputs, [input], Outputs);

        var probabilities = outputs[0].GetTensorDataAsSpan<float>();
        var named = new Dictionary<string, float>(_classes.Length);
        for (var i = 0; i < _classes.Length; i++)
            named[_classes[i]] = probabilities[i];
        return new IrisPrediction(named.MaxBy(entry => entry.Value).Key, named);
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }
}
