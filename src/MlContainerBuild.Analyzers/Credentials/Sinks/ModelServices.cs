namespace MlContainerBuild.Analyzers.Credentials.Sinks;

/// <summary>Language models, embeddings, vector stores.</summary>
internal static class ModelServices
{
    internal static readonly CredentialSink[] Sinks =
    [
        new("OpenAI.*", SinkKind.Key, "apiKey key"),
        new("OpenAI_API.*", SinkKind.Key, "apiKey apiKeys"),
        new("Azure.AI.*", SinkKind.Key, "apiKey key"),
        new("Anthropic.*", SinkKind.Key, "apiKey"),
        new("Claudia.*", SinkKind.Key, "apiKey"),
        new("Cohere.*", SinkKind.Key, "apiKey"),
        new("DeepSeek.*", SinkKind.Key, "apiKey"),
        new("ElevenLabs.*", SinkKind.Key, "apiKey"),
        new("GenerativeAI.*", SinkKind.Key, "apiKey accessToken"),
        new("GroqSharp.*", SinkKind.Key, "apiKey"),
        new("HuggingFace.*", SinkKind.Key, "apiKey token"),
        new("LangChain.*", SinkKind.Key, "apiKey"),
        new("Microsoft.CognitiveServices.*", SinkKind.Key, "subscriptionKey authorizationToken"),
        new("Microsoft.KernelMemory.*", SinkKind.Key, "apiKey"),
        new("Microsoft.SemanticKernel.*", SinkKind.Key, "apiKey bearerKey"),

        // Semantic Kernel and others put their extension methods here: AddOpenAIChatClient(…, apiKey).
        new("Microsoft.Extensions.DependencyInjection.*", SinkKind.Key, "apiKey bearerKey"),
        new("Milvus.*", SinkKind.Key, "apiKey"),
        new("Milvus.*", SinkKind.Password, "password"),
        new("Mistral.*", SinkKind.Key, "apiKey"),
        new("Mscc.GenerativeAI.*", SinkKind.Key, "apiKey accessToken"),
        new("Pinecone.*", SinkKind.Key, "apiKey"),
        new("Qdrant.*", SinkKind.Key, "apiKey"),
        new("Replicate.*", SinkKind.Key, "apiKey token"),
        new("Weaviate.*", SinkKind.Key, "apiKey"),
    ];
}
