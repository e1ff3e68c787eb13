using System.Text.Json.Serialization;
using IrisInference;

var builder = WebApplication.CreateSlimBuilder(args);

builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 4 * 1024); // four numbers need no more
builder.Services.ConfigureHttpJsonOptions(json =>
    json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow);
builder.Services.AddValidation();
builder.Services.AddProblemDetails();

// Loaded before the first request: a model that is missing or broken stops the start, not a caller.
using var classifier = new IrisClassifier(Path.Combine(AppContext.BaseDirectory, "models", "iris.onnx"));

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();

app.MapGet("/health", () => TypedResults.Ok(new { status = "healthy" }));
app.MapPost("/predict", (IrisFeatures features) => TypedResults.Ok(classifier.Predict(features)));

app.Run();
