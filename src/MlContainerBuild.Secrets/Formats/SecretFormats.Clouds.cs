namespace MlContainerBuild.Secrets;

internal static partial class SecretFormats
{
    private const string SecurityUtilities = "https://github.com/microsoft/security-utilities";
    private const string AwsDocs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html";

    /// <summary>Azure, AWS, Google Cloud and what runs on them.</summary>
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
