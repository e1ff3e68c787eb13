// Packages OpenAI, System.ClientModel and Azure.AI.OpenAI.
namespace System.ClientModel
{
    public class ApiKeyCredential(string key)
    {
        public void Update(string key) { }
    }
}

namespace OpenAI
{
    public class OpenAIClientOptions
    {
        public Uri Endpoint { get; set; }
    }

    public class OpenAIClient
    {
        public OpenAIClient(string apiKey) { }
        public OpenAIClient(System.ClientModel.ApiKeyCredential credential, OpenAIClientOptions options = null) { }
    }
}

namespace OpenAI.Chat
{
    public class ChatClient
    {
        public ChatClient(string model, string apiKey) { }
        public ChatClient(string model, System.ClientModel.ApiKeyCredential credential, OpenAIClientOptions options = null) { }
    }
}

namespace Azure.AI.OpenAI
{
    public class AzureOpenAIClient
    {
        public AzureOpenAIClient(Uri endpoint, System.ClientModel.ApiKeyCredential credential) { }
        public AzureOpenAIClient(Uri endpoint, Azure.AzureKeyCredential credential) { }
    }
}

namespace Azure
{
    public class AzureKeyCredential(string key)
    {
        public string Key { get; } = key;
        public void Update(string key) { }
    }
}
