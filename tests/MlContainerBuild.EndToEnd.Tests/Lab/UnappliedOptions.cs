namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>C# with one finding of an analyzer of ours (MLC2001), against types of the real names.</summary>
internal static class UnappliedOptions
{
    public const string Types = """
        namespace Microsoft.ML.OnnxRuntime
        {
            public sealed class OrtCUDAProviderOptions : System.IDisposable
            {
                public void UpdateOptions(System.Collections.Generic.Dictionary<string, string> options) { }
                public void Dispose() { }
            }

            public sealed class SessionOptions
            {
                public void AppendExecutionProvider_CUDA(int deviceId = 0) { }
                public void AppendExecutionProvider_CUDA(OrtCUDAProviderOptions options) { }
            }
        }
        """;

    /// <summary>A class with the mistake.</summary>
    public static string Class(string name) => $$"""
        using Microsoft.ML.OnnxRuntime;
        using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions; // ASP.NET Core has one of its own

        public static class {{name}}
        {
            public static void Configure(SessionOptions session)
            {
                using var options = new OrtCUDAProviderOptions();
                options.UpdateOptions(new() { ["gpu_mem_limit"] = "1073741824" });
                session.AppendExecutionProvider_CUDA();
            }
        }
        """;
}
