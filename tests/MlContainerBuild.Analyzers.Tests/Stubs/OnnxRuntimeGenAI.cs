// Package Microsoft.ML.OnnxRuntimeGenAI.
namespace Microsoft.ML.OnnxRuntimeGenAI;

public class Config(string modelPath) : IDisposable
{
    public string ModelPath { get; } = modelPath;
    public void AppendProvider(string provider) { }
    public void ClearProviders() { }
    public void Overlay(string json) { }
    public void SetProviderOption(string provider, string option, string value) { }
    public void Dispose() { }
}

public class Model : IDisposable
{
    public Model(string modelPath) { }
    public Model(Config config) { }
    public void Dispose() { }
}
