namespace MlContainerBuild.Secrets;

internal static partial class SecretFormats
{
    /// <summary>Keys that only the words around them tell.</summary>
    private static IEnumerable<SecretFormat> WithoutForm =>
    [
        Vendor("cohere", "Cohere API key", "[A-Za-z0-9]{40}", "cohere", "co_api_key"),
        Vendor("mistral", "Mistral API key", "[A-Za-z0-9]{32}", "mistral"),
        Vendor("qdrant", "Qdrant API key", "[A-Za-z0-9_-]{54}", "qdrant"),
        Vendor("weaviate", "Weaviate API key", "[A-Za-z0-9]{36,48}", "weaviate"),
        Vendor("comet", "Comet API key", "[A-Za-z0-9]{25}", "comet"),
        Vendor("clearml", "ClearML secret key", "[A-Za-z0-9]{40,64}", "clearml"),
        Vendor("deepseek", "DeepSeek API key", "sk-[a-f0-9]{32}", "deepseek"),
        Vendor("wandb-legacy", "Weights & Biases API key", "[a-f0-9]{40}", "wandb"),
        Vendor("pinecone-legacy", "Pinecone API key", "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}", "pinecone"),
        Vendor("together-legacy", "Together AI API key", "[a-f0-9]{64}", "together_a", "togetherai"),
        Vendor("elevenlabs", "ElevenLabs API key", "sk_[a-f0-9]{48}", "elevenlabs", "eleven_labs", "api-key"),
        Vendor("azure-openai-legacy", "Azure AI services key", "[a-f0-9]{32}", "openai", "cognitiveservices", "subscription-key", "api-key"),
        Vendor("openai-compatible", "API key of an OpenAI-compatible service", "sk-[A-Za-z0-9]{32,64}", "openai", "dashscope", "moonshot", "stability"),
        Vendor("deepgram", "Deepgram API key", "[a-f0-9]{40}", "deepgram"),
        Vendor("assemblyai", "AssemblyAI API key", "[a-f0-9]{32}", "assemblyai"),
        Vendor("kaggle-legacy", "Kaggle API key", "[a-f0-9]{32}", "kaggle"),
        new()
        {
            Id = "kaggle-file",
            Name = "Kaggle API key",
            Source = "https://www.kaggle.com/docs/api",
            Literals = ["\"username\""],
            Locate = CredentialFile.LocateInKaggleJson,
        },
    ];

    /// <summary>A key of a provider whose name must stand before it.</summary>
    private static SecretFormat Vendor(string id, string name, string shape, params string[] words)
    {
        IReadOnlyList<TokenShape> shapes = [new(shape) { Before = ByteClass.Base64Url, After = ByteClass.Base64Url }];
        return new()
        {
            Id = id,
            Name = name,
            Source = Observed,
            Confidence = SecretConfidence.Contextual,
            Literals = words,
            IgnoreCase = true,
            Locate = (text, literal) => VendorKey.Locate(text, literal, shapes),
        };
    }
}
