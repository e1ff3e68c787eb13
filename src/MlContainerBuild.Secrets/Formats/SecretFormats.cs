using System.Collections.Immutable;

namespace MlContainerBuild.Secrets;

/// <summary>
/// Every kind of secret the engine knows. Where two rows claim the same text, the earlier one names it: tokens come before
/// the containers they travel in, such as a URI.
/// </summary>
internal static partial class SecretFormats
{
    private const string HuggingFaceDocs = "https://huggingface.co/docs/hub/security-tokens";
    private const string SecurityUtilities = "https://github.com/microsoft/security-utilities";
    private const string GitHubBlog = "https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/";
    private const string AwsDocs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html";
    private const string Observed = "no vendor specification; several public scanners agree";

    public static ImmutableArray<SecretFormat> All { get; } = ImmutableArray.CreateRange<SecretFormat>(
    [
        .. ModelProviders,
        .. Clouds,
        .. Registries,
        .. Services,
        .. Operations,
        .. WithoutForm,
        .. Containers,
    ]);

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

    private static IEnumerable<SecretFormat> Clouds =>
    [
        new()
        {
            Id = "azure-cask",
            Name = "Azure API key",
            Source = SecurityUtilities,
            Literals = ["JQQJ9"],
            LiteralOffset = 52,
            Shapes =
            [
                new("[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{16}[A-Za-z][A-Za-z0-9]{9}==") { Before = ByteClass.Base64 },
                new("[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{16}[A-Za-z][A-Za-z0-9]{7}") { Before = ByteClass.Base64 },
            ],
            Checksum = AzureKeyChecksum.HoldsInAnnotated,
        },
        Embedded("azure-account-key", "Azure account key", 76, "[A-Za-z0-9+/]{76}[A+][A-Za-z]{3}[A-Za-z0-9+/]{5}[AQgw]==", "APIM", "ACDb", "+ABa", "+AMC", "+ASt"),
        Embedded("azure-access-key", "Azure shared access key", 33, "[A-Za-z0-9+/]{33}[A+][A-Za-z]{3}[A-Za-z0-9+/]{6}=", "AIoT", "+ASb", "+AEh", "+ARm", "AZEG"),
        Embedded("azure-container-registry", "Azure Container Registry key", 42, "[A-Za-z0-9+/]{42}+ACR[A-Za-z0-9+/]{6}", "+ACR"),
        Embedded("azure-search", "Azure AI Search key", 42, "[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}", "AzSe"),
        Embedded("azure-redis", "Azure Cache for Redis key", 33, "[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=", "AzCa"),
        Embedded("azure-devops", "Azure DevOps personal access token", 76, "[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}", "AZDO"),
        Embedded("azure-functions", "Azure Functions key", 44, "[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==", "AzFu"),
        new()
        {
            Id = "azure-storage-legacy",
            Name = "Azure account key",
            Source = "https://learn.microsoft.com/purview/sit-defn-azure-storage-account-key",
            Literals = ["AccountKey"],
            IgnoreCase = true,
            Locate = static (text, literal) => KeyedValue.Base64(text, literal + "AccountKey".Length, 88),
        },
        new()
        {
            Id = "azure-shared-access-key",
            Name = "Azure shared access key",
            Source = "https://learn.microsoft.com/purview/sit-defn-azure-service-bus-connection-string",
            Literals = ["AccessKey"],
            IgnoreCase = true,
            Locate = static (text, literal) => KeyedValue.Base64(text, literal + "AccessKey".Length, 44, 88),
        },
        new()
        {
            Id = "azure-sas",
            Name = "Azure shared access signature",
            Source = "https://learn.microsoft.com/azure/storage/common/storage-sas-overview",
            Literals = ["sig="],
            Locate = SharedAccessSignature.Locate,
        },
        new()
        {
            Id = "azure-entra-client-secret",
            Name = "Microsoft Entra client secret",
            Source = "https://learn.microsoft.com/purview/sit-defn-azure-ad-client-secret",
            Literals = ["7Q~", "8Q~"],
            LiteralOffset = 3,
            Shapes =
            [
                new("[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{34}") { Before = ByteClass.Parse("A-Za-z0-9_~.-"), After = ByteClass.Parse("A-Za-z0-9_~-") },
                new("[A-Za-z0-9_~.-]{3}7Q~[A-Za-z0-9_~.-]{31}") { Before = ByteClass.Parse("A-Za-z0-9_~.-"), After = ByteClass.Parse("A-Za-z0-9_~-") },
            ],
            Checksum = AzureKeyChecksum.HoldsInClientSecret,
        },
        new()
        {
            Id = "aws-bedrock",
            Name = "Amazon Bedrock API key",
            Source = "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
            Literals = ["ABSK"],
            Shapes = [new("ABSK[A-Za-z0-9+/]{109,269}") { Before = ByteClass.Base64 | ByteClass.Word }],
        },
        Token("aws-bedrock-short", "Amazon Bedrock API key", "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=_-]{20,80}", "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html", "bedrock-api-key-"),
        new()
        {
            Id = "aws-secret-access-key",
            Name = "AWS secret access key",
            Source = AwsDocs,
            Literals = ["secret_access_key", "SecretAccessKey", "aws_secret_key"],
            IgnoreCase = true,
            Locate = AwsSecretKey.LocateByName,
        },
        new()
        {
            Id = "aws-key-pair",
            Name = "AWS secret access key",
            Source = AwsDocs,
            Literals = ["AKIA", "ASIA", "ABIA", "ACCA"],
            Locate = AwsSecretKey.LocateByKeyId,
        },
        new()
        {
            Id = "aws-access-key-id",
            Name = "AWS access key id",
            Source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
            Confidence = SecretConfidence.Contextual,
            Literals = ["AKIA", "ASIA", "ABIA", "ACCA"],
            Shapes = [new("A[KSBC][IC]A[A-Z2-7]{16}") { Before = ByteClass.Base64 }],
        },
        Token("gcp-api-key", "Google API key", "AIza[A-Za-z0-9_-]{35}", "https://cloud.google.com/docs/authentication/api-keys", "AIza"),
        Token("gcp-oauth-client-secret", "Google OAuth client secret", "GOCSPX-[A-Za-z0-9_-]{28}", Observed, "GOCSPX-"),
        Token("gcp-api-key-bound", "Google API key", "AQ.Ab8RN6[A-Za-z0-9_-]{44}", Observed, "AQ.Ab8RN6"),
        Long("gcp-access-token", "Google access token", "ya29.[A-Za-z0-9_-]{60,500}", "https://developers.google.com/identity/protocols/oauth2", "ya29.", SecretConfidence.Contextual),
        Token("databricks", "Databricks personal access token", "dapi[0-9a-f]{32}", "https://docs.databricks.com/dev-tools/auth/pat", "dapi"),
    ];

    private static IEnumerable<SecretFormat> Registries =>
    [
        new()
        {
            Id = "github",
            Name = "GitHub token",
            Source = GitHubBlog,
            Literals = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
            Shapes = [new("gh[pousr]_[A-Za-z0-9]{36}")],
            Checksum = Crc32Checksum.Holds,
        },
        Token("github-fine-grained", "GitHub fine-grained token", "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", GitHubBlog, "github_pat_"),
        new()
        {
            Id = "gitlab",
            Name = "GitLab token",
            Source = "https://docs.gitlab.com/security/tokens/#token-prefixes",
            Literals = ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "gloas-", "glffct-", "glimt-"],
            Locate = GitLabToken.Locate,
        },
        Token("gitlab-runner", "GitLab runner registration token", "GR1348941[A-Za-z0-9_-]{20}", "https://docs.gitlab.com/security/tokens/#token-prefixes", "GR1348941"),
        new()
        {
            Id = "npm",
            Name = "npm access token",
            Source = "https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/",
            Literals = ["npm_"],
            Shapes = [new("npm_[A-Za-z0-9]{36}")],
            Checksum = Crc32Checksum.Holds,
        },
        Token("nuget", "NuGet API key", "oy2[a-z2-7]{43}", "https://github.com/NuGet/NuGetGallery (ApiKeyV4)", "oy2"),
        Token("docker-hub-personal", "Docker Hub personal access token", "dckr_pat_[A-Za-z0-9_-]{27}", "https://docs.docker.com/security/access-tokens/", "dckr_pat_"),
        Token("docker-hub-organization", "Docker Hub organization access token", "dckr_oat_[A-Za-z0-9_-]{32}", "https://docs.docker.com/security/access-tokens/", "dckr_oat_"),
    ];

    private static IEnumerable<SecretFormat> Services =>
    [
        new()
        {
            Id = "slack",
            Name = "Slack token",
            Source = "https://docs.slack.dev/authentication/tokens",
            Literals = ["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"],
            Shapes = [new("xox[abeoprs]-[A-Za-z0-9-]{10,250}") { Before = ByteClass.Base64Url }],
            Requires = static token => ByteClass.Digit.IsAnyIn(token),
        },
        Token("slack-app", "Slack app-level token", "xapp-[0-9]-[A-Z0-9]{5,20}-[0-9]{5,20}-[a-z0-9]{32,80}", "https://docs.slack.dev/authentication/tokens", "xapp-"),
        new()
        {
            Id = "slack-webhook",
            Name = "Slack webhook",
            Source = "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
            Literals = ["hooks.slack.com"],
            Shapes = [new("hooks.slack.com/[a-z]{8,9}/[A-Za-z0-9+/]{40,80}")],
        },
        Token("teams-webhook", "Microsoft Teams webhook", "webhook.office.com/webhookb2/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}", "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook", "webhook.office.com/"),
        Token("notion", "Notion integration token", "ntn_[0-9]{11}[A-Za-z0-9]{35}", "https://developers.notion.com/reference/authentication", "ntn_"),
        Token("shopify", "Shopify access token", "shp[a-z]{2}_[A-Fa-f0-9]{32}", "https://shopify.dev/docs/apps/build/authentication-authorization", "shpat_", "shpca_", "shppa_", "shpss_"),
        Token("postman", "Postman API key", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}", "https://learning.postman.com/docs/reference/postman-api/authentication/", "PMAK-"),
        Token("brevo", "Brevo API key", "xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}", "https://developers.brevo.com/docs/getting-started", "xkeysib-"),
        Token("sendgrid", "SendGrid API key", "SG.[A-Za-z0-9_-]{22}.[A-Za-z0-9_-]{43}", "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys", "SG."),
        new()
        {
            Id = "stripe",
            Name = "Stripe secret key",
            Source = "https://docs.stripe.com/keys",
            Literals = ["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"],
            Shapes = [new("[rs]k_[a-z]{4}_[A-Za-z0-9]{10,247}")],
        },
        new()
        {
            Id = "stripe-test",
            Name = "Stripe test key",
            Source = "https://docs.stripe.com/keys",
            Confidence = SecretConfidence.Contextual,
            Literals = ["sk_test_", "rk_test_"],
            Shapes = [new("[rs]k_test_[A-Za-z0-9]{10,247}")],
        },
    ];

    /// <summary>What stands beside a container: clusters, vaults, pipelines, package feeds.</summary>
    private static IEnumerable<SecretFormat> Operations =>
    [
        Token("vault-service", "HashiCorp Vault service token", "hvs.[A-Za-z0-9_-]{90,120}", "https://developer.hashicorp.com/vault/docs/concepts/tokens", "hvs."),
        Long("vault-batch", "HashiCorp Vault batch token", "hvb.[A-Za-z0-9_-]{138,300}", "https://developer.hashicorp.com/vault/docs/concepts/tokens", "hvb."),
        new()
        {
            Id = "terraform-cloud",
            Name = "Terraform Cloud token",
            Source = Observed,
            Literals = [".atlasv1."],
            LiteralOffset = 14,
            Shapes = [new("[A-Za-z0-9]{14}.atlasv1.[A-Za-z0-9_=-]{60,70}")],
        },
        Token("digitalocean", "DigitalOcean token", "do[opr]_v1_[a-f0-9]{64}", "https://docs.digitalocean.com/reference/api/create-personal-access-token/", "dop_v1_", "doo_v1_", "dor_v1_"),
        Token("grafana-service-account", "Grafana service account token", "glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}", "https://grafana.com/docs/grafana/latest/administration/service-accounts/", "glsa_"),
        Long("grafana-cloud", "Grafana Cloud token", "glc_[A-Za-z0-9+/]{32,400}", Observed, "glc_"),
        Long("pypi", "PyPI token", "pypi-AgE[A-Za-z0-9_-]{80,420}", "PyPI's help page, API tokens", "pypi-AgE"),
        Token("pulumi", "Pulumi access token", "pul-[a-f0-9]{40}", "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/", "pul-"),
        Token("prefect", "Prefect API key", "pn[ub]_[A-Za-z0-9]{36}", Observed, "pnu_", "pnb_"),
        new()
        {
            Id = "doppler",
            Name = "Doppler token",
            Source = "https://docs.doppler.com/reference/auth-token-formats",
            Literals = ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."],
            Shapes = [new("dp.[a-z]{2,5}.[A-Za-z0-9]{40,44}"), new("dp.st.[A-Za-z0-9_-]{2,35}.[A-Za-z0-9]{40,44}")],
        },
        Token("tailscale", "Tailscale key", "tskey-[a-z]{3,10}-[A-Za-z0-9]{8,20}-[A-Za-z0-9]{20,40}", "https://tailscale.com/kb/1277/key-prefixes", "tskey-"),
        Token("supabase", "Supabase management token", "sbp_[a-f0-9]{40}", "https://supabase.com/docs/reference/api/introduction", "sbp_"),
        Token("supabase-secret", "Supabase secret key", "sb_secret_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8}", "https://supabase.com/docs/guides/api/api-keys", "sb_secret_"),
        Token("planetscale", "PlanetScale token", "pscale_[a-z]{2,5}_[A-Za-z0-9_.-]{32,64}", "https://planetscale.com/docs/concepts/service-tokens", "pscale_tkn_", "pscale_pw_", "pscale_oauth_"),
        Token("openshift", "OpenShift access token", "sha256~[A-Za-z0-9_-]{43}", "https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html", "sha256~"),
        Token("dynatrace", "Dynatrace token", "dt0c01.[A-Z0-9]{24}.[A-Z0-9]{64}", "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens", "dt0c01."),
        Long("onepassword", "1Password service account token", "ops_eyJ[A-Za-z0-9+/]{250,1400}", "https://developer.1password.com/docs/service-accounts/", "ops_eyJ"),
        Token("sonarqube", "SonarQube token", "sq[upa]_[a-f0-9]{40}", "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/", "squ_", "sqp_", "sqa_"),
        Token("age", "age secret key", "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "https://age-encryption.org/v1", "AGE-SECRET-KEY-1"),
        Token("artifactory", "Artifactory API key", "AKCp[A-Za-z0-9]{69}", "https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key", "AKCp"),
        Token("artifactory-reference", "Artifactory reference token", "cmVmdGtu[A-Za-z0-9]{56}", "https://jfrog.com/help/r/jfrog-platform-administration-documentation/reference-token", "cmVmdGtu"),
        Token("docker-swarm", "Docker Swarm join token", "SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}", "https://docs.docker.com/engine/swarm/swarm-tutorial/add-nodes/", "SWMTKN-1-"),
        Long("sentry-organization", "Sentry organization token", "sntrys_eyJ[A-Za-z0-9_+/-]{80,300}", "https://docs.sentry.io/account/auth-tokens/", "sntrys_eyJ"),
        Token("sentry-user", "Sentry user token", "sntryu_[a-f0-9]{64}", "https://docs.sentry.io/account/auth-tokens/", "sntryu_"),
        Token("new-relic", "New Relic user key", "NRAK-[A-Z0-9]{27}", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/", "NRAK-"),
        Token("runpod", "RunPod API key", "rpa_[A-Z0-9]{40}[A-Za-z0-9]{6}", Observed, "rpa_"),
        Token("discord-webhook", "Discord webhook", "discord.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}", "https://discord.com/developers/docs/resources/webhook", "discord.com/api/webhooks/"),
        Token("linear", "Linear API key", "lin_api_[A-Za-z0-9]{40}", "https://linear.app/developers/graphql", "lin_api_"),
        Long("atlassian", "Atlassian API token", "ATATT3xFf[A-Za-z0-9_-]{150,190}", Observed, "ATATT3xFf"),
    ];

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

    /// <summary>Where secrets of any form travel: key files, URIs, connection strings, the files of tools.</summary>
    private static IEnumerable<SecretFormat> Containers =>
    [
        new()
        {
            Id = "gcp-service-account",
            Name = "Google service account key",
            Source = "https://cloud.google.com/iam/docs/keys-create-delete",
            Literals = ["\"private_key\""],
            Locate = PrivateKey.LocateInServiceAccount,
        },
        new()
        {
            Id = "private-key",
            Name = "private key",
            Source = "RFC 7468",
            Literals = ["-----BEGIN "],
            Locate = PrivateKey.Locate,
            Weaker = new()
            {
                Id = "private-key-encrypted",
                Name = "password-protected private key",
                Source = "RFC 7468",
                Confidence = SecretConfidence.Contextual,
            },
        },
        new()
        {
            Id = "jwt",
            Name = "JSON Web Token",
            Source = "RFC 7519",
            Confidence = SecretConfidence.Contextual,
            Literals = ["eyJ"],
            Locate = JsonWebToken.Locate,
        },
        new()
        {
            Id = "uri-password",
            Name = "URI with a password",
            Source = "RFC 3986 section 3.2.1",
            Literals = ["://"],
            Locate = UriPassword.Locate,
            Weaker = new()
            {
                Id = "uri-password-local",
                Name = "URI with a password for this machine",
                Source = "RFC 3986 section 3.2.1",
                Confidence = SecretConfidence.Contextual,
            },
        },
        new()
        {
            Id = "connection-string",
            Name = "connection string with a password",
            Source = "https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring",
            Literals = ["password", "pwd=", "pwd =", ";key=", ";secret="],
            IgnoreCase = true,
            Locate = ConnectionString.Locate,
            Weaker = new()
            {
                Id = "connection-string-local",
                Name = "connection string with a password for this machine",
                Source = "https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring",
                Confidence = SecretConfidence.Contextual,
            },
        },
        new()
        {
            Id = "netrc",
            Name = "password in .netrc",
            Source = "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
            Literals = ["password"],
            IgnoreCase = true,
            Locate = CredentialFile.LocateInNetrc,
        },
        new()
        {
            Id = "docker-config",
            Name = "registry login in Docker's config.json",
            Source = "https://docs.docker.com/reference/cli/docker/login/",
            Literals = ["\"auth\""],
            Locate = CredentialFile.LocateInDockerConfig,
        },
        new()
        {
            Id = "npmrc",
            Name = "registry token in .npmrc",
            Source = "npm's documentation, npmrc",
            Literals = [":_authToken", ":_password", ":_auth="],
            Locate = CredentialFile.LocateInNpmrc,
        },
        new()
        {
            Id = "authorization-header",
            Name = "credential of an Authorization header",
            Source = "RFC 9110 section 11.6.2",
            Confidence = SecretConfidence.Contextual,
            Literals = ["authorization"],
            IgnoreCase = true,
            Locate = AuthorizationHeader.Locate,
        },
        new()
        {
            Id = "nuget-config",
            Name = "feed password in nuget.config",
            Source = "https://learn.microsoft.com/nuget/reference/nuget-config-file#packagesourcecredentials",
            Literals = ["ClearTextPassword"],
            IgnoreCase = true,
            Locate = CredentialFile.LocateInNuGetConfig,
        },
    ];

    /// <summary>A token that starts with one of <paramref name="prefixes"/> and has one shape.</summary>
    private static SecretFormat Token(string id, string name, string shape, string source, params string[] prefixes) => new()
    {
        Id = id,
        Name = name,
        Source = source,
        Literals = prefixes,
        Shapes = [new(shape)],
    };

    /// <summary>A token with a run so long that the text before it must rule out a token within a token.</summary>
    private static SecretFormat Long(
        string id, string name, string shape, string source, string prefix, SecretConfidence confidence = SecretConfidence.Structural) => new()
    {
        Id = id,
        Name = name,
        Source = source,
        Confidence = confidence,
        Literals = [prefix],
        Shapes = [new(shape) { Before = ByteClass.Base64 | ByteClass.Base64Url }],
    };

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

    /// <summary>An Azure key that carries the signature of its service at a fixed place.</summary>
    private static SecretFormat Embedded(string id, string name, int offset, string shape, params string[] signatures) => new()
    {
        Id = id,
        Name = name,
        Source = SecurityUtilities,
        Literals = signatures,
        LiteralOffset = offset,
        Shapes = [new(shape) { Before = ByteClass.Base64 }],
        Checksum = AzureKeyChecksum.Holds,
    };
}
