using System.Text.Json.Serialization;
using GpuInference;
using IrisInference;
using Microsoft.ML.OnnxRuntime;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 4 * 1024);
builder.Services.ConfigureHttpJsonOptions(json =>
    json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow);
builder.Services.AddValidation();
builder.Services.AddProblemDetails();

InferenceSettings settings;
IrisClassifier classifier;
try
{
    settings = builder.Configuration.GetRequiredSection("Inference").Get<InferenceSettings>(binder => binder.ErrorOnUnknownConfiguration = true)!;
    using var options = DeviceSession.Create(settings);
    classifier = new IrisClassifier(DeclaredModels.ReadVerified("models/iris.onnx"), options);

    // Kernels are loaded and memory is taken by the first run: better by this one than by a caller's.
    classifier.Predict(new IrisFeatures { SepalLength = 5, SepalWidth = 3, PetalLength = 1, PetalWidth = 0.2f });
}
catch (Exception refused) when (refused is OnnxRuntimeException or ModelVerificationException or InvalidOperationException)
{
    Console.Error.WriteLine($"GpuInference does not start. {refused.Message}");
    return 1;
}

using (classifier)
{
    var app = builder.Build();
    app.UseExceptionHandler();
    app.UseStatusCodePages();

    // Callers show a key in IrisInference; here only the device is of interest.
    app.MapGet("/health", () => TypedResults.Ok(new { status = "healthy", device = settings.Name }));
    app.MapPost("/predict", (IrisFeatures features) => TypedResults.Ok(classifier.Predict(features)));

    app.Run();
    return 0;
}
