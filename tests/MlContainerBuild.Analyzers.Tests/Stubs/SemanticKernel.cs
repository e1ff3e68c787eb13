// Packages Microsoft.SemanticKernel.Core and its connectors.
namespace Microsoft.SemanticKernel;

public interface IKernelBuilder;

public static class Kernel
{
    public static IKernelBuilder CreateBuilder() => null;
}

public static class OpenAIKernelBuilderExtensions
{
    public static IKernelBuilder AddOpenAIChatCompletion(this IKernelBuilder builder, string modelId, string apiKey, string orgId = null) => builder;
    public static IKernelBuilder AddOpenAIChatCompletion(this IKernelBuilder builder, string modelId, Uri endpoint, string apiKey = null) => builder;
}
