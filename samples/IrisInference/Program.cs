using System.Text.Json.Serialization;
using IrisInference;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions; // ASP.NET Core has one too

var builder = WebApplication.CreateSlimBuilder(args);

// One file a secret, as Docker, Podman and Kubernetes mount them. Last, so that nothing overrides a mounted secret.
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
if (builder.Configuration["ApiKey"] is not { } apiKey || string.IsNullOrWhiteSpace(apiKey))
{
    Console.Error.WriteLine("""
        IrisInference does not start: it has no ApiKey, and would answer everyone.
        In a container, mount the key as the file /run/secrets/ApiKey (podman run --secret ApiKey …).
        In development, run: dotnet user-secrets set ApiKey <key>
        """);
    return 1;
}

builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 4 * 1024); // four numbers need no more
builder.Services.ConfigureHttpJsonOptions(json =>
    json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow);
builder.Services.AddValidation();
builder.Services.AddProblemDetails();

// Loaded before the first request: a model that is missing, broken or not the one that was reviewed stops the start, not a caller.
byte[] model;
try
{
    model = DeclaredModels.ReadVerified("models/iris.onnx");
}
catch (ModelVerificationException refused)
{
    Console.Error.WriteLine($"IrisInference does not start. {refused.Message}");
    return 1;
}

// A matrix of four by three is done before a second thread has woken up.
using var sessionOptions = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
using var classifier = new IrisClassifier(model, sessionOptions);

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseMiddleware<ApiKeyMiddleware>(apiKey);

app.MapGet("/health", () => TypedResults.Ok(new { status = "healthy" })).AllowAnonymous();
app.MapPost("/predict", (IrisFeatures features) => TypedResults.Ok(classifier.Predict(features)));

app.Run();
return 0;
