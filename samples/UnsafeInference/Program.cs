using IrisInference;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

var app = WebApplication.CreateSlimBuilder(args).Build();

app.MapPost("/predict", (IrisFeatures features) =>
{
    var model = Path.Combine(AppContext.BaseDirectory, "models", "iris.onnx");
    using var options = GpuOptions();
    using var session = new InferenceSession(model, options);
    float[] row = [features.SepalLength, features.SepalWidth, features.PetalLength, features.PetalWidth];
    using var input = OrtValue.CreateTensorValueFromMemory(row, [1, row.Length]);
    using var outputs = session.Run(new RunOptions(), ["features"], [input], ["probabilities"]);
    return outputs[0].GetTensorDataAsSpan<float>().ToArray();
});
app.MapGet("/features", () => FeatureStore().GetStringAsync("https://features.example/iris"));
app.Run();

static SessionOptions GpuOptions()
{
    using var cuda = new OrtCUDAProviderOptions();
    cuda.UpdateOptions(new Dictionary<string, string> { ["gpu_mem_limit"] = "2147483648" });

    var options = new SessionOptions();
    // MLC2001: this overload takes a device id; the memory limit above is never applied.
    options.AppendExecutionProvider_CUDA(0);
    return options;
}

static HttpClient FeatureStore()
{
    // MLC1002: a password in the source is in every image, and in every clone of the repository.
    var login = new System.Net.NetworkCredential("iris-reader", "Wq7-Lantern-Kestrel-58");
    return new HttpClient(new HttpClientHandler { Credentials = login });
}
