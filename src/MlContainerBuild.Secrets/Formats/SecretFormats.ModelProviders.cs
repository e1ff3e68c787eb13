namespace MlContainerBuild.Secrets;

internal static partial class SecretFormats
{
    private const string HuggingFaceDocs = "https://huggingface.co/docs/hub/security-tokens";

    /// <summary>Model hubs, model services, and the tools around training.</summary>
    private static IEnumerable<SecretFormat> ModelProviders =>
    [
        Token("huggingface-user", "Hugging Face user token", "hf_[A-Za-z0-9]{34}", HuggingFaceDocs, "hf_"),
        Token("huggingface-organization", "Hugging Face organization token", "api_org_[A-Za-z0-9]{34}", HuggingFaceDocs, "api_org_"),
        new()
        {
            Id = "openai",
            Name = "OpenAI API key",
            Source = Observed,
            Literals = ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-service-", "sk-None-"],
            Shapes = [new("sk-[A-Za-z0-9_-]{50,220}") { Before = ByteClass.Base64Url }],
            Requires = static token => token.IndexOf("T3BlbkFJ"u8) > 20,
        },
        new()
        {
            Id = "openai-legacy",
            Name = "OpenAI API key",
            Source = Observed,
            Literals = ["T3BlbkFJ"],
            LiteralOffset = 23,
            Shapes = [new("sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}")],
        },
        new()
        {
            Id = "anthropic",
            Name = "Anthropic API key",
            Source = "https://docs.anthropic.com/en/api/overview",
            Literals = ["sk-ant-"],
            Shapes = [new("sk-ant-[a-z]{2,8}[0-9]{2}-[A-Za-z0-9_-]{80,128}") { Before = ByteClass.Base64Url }],
        },
        Token("nvidia", "NVIDIA API key", "nvapi-[A-Za-z0-9_-]{60,70}", "https://docs.nvidia.com/nemo/retriever/latest/extraction/api-keys/", "nvapi-"),
        Token("wandb", "Weights & Biases API key", "wandb_v1_[A-Za-z0-9_]{77}", "https://docs.wandb.ai/support/models/articles/why-does-my-api-key-fail-with-must-be-40-characters", "wandb_v1_"),
        Token("replicate", "Replicate API token", "r8_[A-Za-z0-9_-]{37}", "https://replicate.com/docs/topics/security/api-tokens", "r8_"),
        Token("pinecone", "Pinecone API key", "pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}", Observed, "pcsk_"),
        Token("langsmith", "LangSmith API key", "lsv2_[ps][tk]_[0-9a-f]{32}_[0-9a-f]{10}", "https://docs.langchain.com/langsmith/llm-gateway-authentication", "lsv2_pt_", "lsv2_sk_"),
        Token("groq", "Groq API key", "gsk_[A-Za-z0-9]{52}", "https://console.groq.com/docs/quickstart", "gsk_"),
        Token("together", "Together AI API key", "tgp_v1_[A-Za-z0-9_-]{43}", Observed, "tgp_v1_"),
        Token("perplexity", "Perplexity API key", "pplx-[A-Za-z0-9]{48}", Observed, "pplx-"),
        Token("cerebras", "Cerebras API key", "csk-[a-z0-9]{48}", Observed, "csk-"),
        new()
        {
            Id = "xai",
            Name = "xAI API key",
            Source = Observed,
            Literals = ["xai-"],
            Shapes = [new("xai-[A-Za-z0-9_]{70,120}")],
        },
        Token("openrouter", "OpenRouter API key", "sk-or-v1-[0-9a-f]{64}", Observed, "sk-or-v1-"),
        Token("langfuse", "Langfuse secret key", "sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Observed, "sk-lf-"),
        Token("llamacloud", "LlamaCloud API key", "llx-[A-Za-z0-9_-]{48}", Observed, "llx-"),
        Token("tavily", "Tavily API key", "tvly-[A-Za-z0-9-]{32,60}", Observed, "tvly-"),
        Token("jina", "Jina AI API key", "jina_[A-Za-z0-9_-]{60}", Observed, "jina_"),
        Token("kaggle", "Kaggle API token", "KGAT_[0-9a-f]{32}", "https://github.com/Kaggle/kaggle-api/pull/863", "KGAT_"),
        new()
        {
            Id = "neptune",
            Name = "Neptune API token",
            Source = "observed: base64 of a JSON object that starts with api_address",
            Literals = ["eyJhcGlfYWRkcmVzcyI6"],
            Shapes = [new("eyJhcGlfYWRkcmVzcyI6[A-Za-z0-9+/]{60,400}") { Before = ByteClass.Base64 }],
        },
    ];
}
