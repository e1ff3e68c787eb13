using System.Text;
using static MlContainerBuild.Secrets.Tests.Made;

namespace MlContainerBuild.Secrets.Tests;

/// <summary>URIs, connection strings and the files of tools: secrets that their surroundings give away.</summary>
public class ContainerTests
{
    private static readonly string Pass = Password();

    public static TheoryData<string, string> Containers() => new()
    {
        { "uri-password", $"postgresql://app:{Pass}@db.internal:5432/models" },
        { "uri-password", $"postgresql+asyncpg://app:{Pass}@db/models" },
        { "uri-password", $"mongodb+srv://app:{Pass}@cluster0.example.net/?retryWrites=true" },
        { "uri-password", $"REDIS_URL=redis://:{Pass}@cache:6379/0" },
        { "uri-password", $"\"cache\\nredis://:{Pass}@cache\"" },
        { "uri-password", $"url=%22postgres://app:{Pass}@db/models%22" },
        { "uri-password-local", $"amqp://app:{Pass}@localhost:5672" },
        { "uri-password", $"postgresql://{{user:uri}}:{Pass}@{{host}}/models" },
        { "uri-password", $"postgresql://{{app:{Pass}@db/models" },
        { "connection-string", $"Server=tcp:models.database.windows.net,1433;Initial Catalog=models;User ID=app;Password={Pass};Encrypt=True;" },
        { "connection-string", $"Host=db;Username=app;Password={Pass}" },
        { "connection-string-local", $"\"Models\": \"Data Source=.\\\\SQLEXPRESS;Uid=app;Pwd={Pass}\"" },
        { "connection-string", $"ConnectionStrings__Models=Server=db;Database=m;User Id=sa;Password={Pass}" },
        { "connection-string", $"host=db user=app password={Pass} dbname=models" },
        { "connection-string", $"cache.example.net:6380,password={Pass},ssl=True,abortConnect=False" },
        { "connection-string-local", $"Server=localhost;User Id=sa;Password={Pass}" },
        { "connection-string-local", $"Server=(localdb)\\MSSQLLocalDB;User Id=sa;Password={Pass}" },
        { "connection-string", $"Server=db;Uid=app;Pwd='{Pass}'" },
        { "connection-string", $"Server=db;Uid=app;Pwd=\"{Pass}\";Encrypt=true" },
        { "connection-string", $"Server=db;Uid=app;Pwd = '{Pass}' ;" },
        { "connection-string", $"Server='db';Database='m';Uid='app';Pwd='{Pass}';" },
        { "connection-string", $"Pwd='{Pass}';Server='db';Uid='app'" },
        { "connection-string-local", $"Server='localhost';Uid='app';Pwd='{Pass}'" },
        { "connection-string", $"\"Models\": \"Server=db;Uid=app;Pwd='{Pass}'\"," },
        { "connection-string", $"<add connectionString='Server=db;Uid=app;Pwd=\"{Pass}\"' />" },
        { "connection-string", $"connect(\"host='db' user='app' password='{Pass}'\")" },
        { "netrc", $"machine api.wandb.ai\n  login user\n  password {Pass}\n" },
        { "npmrc", $"//registry.example/:_authToken={Pass}" },
        { "nuget-config", $"<add key=\"ClearTextPassword\" value=\"{Pass}\" />" },
    };

    [Theory]
    [MemberData(nameof(Containers))]
    public void PasswordInItsContainer_IsFound(string id, string text)
    {
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal((id, Pass), (match.Format.Id, text.Substring(match.Start, match.Length)));
    }

    [Theory]
    [InlineData("a;Wq7!xyz9")]
    [InlineData("Wq7!''xyz9")]
    public void PasswordInQuotes_IsFoundAsAWhole(string password)
    {
        string text = $"Server=db;Pwd='{password}';User Id=app;Encrypt=true";
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal(password, text.Substring(match.Start, match.Length));
    }

    public static TheoryData<string> Requests() =>
    [
        "curl -H 'Authorization: Bearer {0}' https://models.example",
        "headers = {\"Authorization\": \"Bearer {0}\"}",
        "http.set(\"authorization\", `Token {0}`)",
        "Authorization: Bearer {0}\r\nAccept: */*",
        "\"{\\\"Authorization\\\":\\\"Bearer {0}\\\"}\"",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void CredentialOfARequest_IsFound(string request)
    {
        string credential = Random(Alphanumeric, 40);
        string text = request.Replace("{0}", credential, StringComparison.Ordinal);
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal(("authorization-header", credential), (match.Format.Id, text.Substring(match.Start, match.Length)));
    }

    [Fact]
    public void BasicCredentialOfARequest_IsFound()
    {
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:" + Pass));
        var match = Assert.Single(SecretScanner.Scan($"Authorization: Basic {basic}"));
        Assert.Equal("authorization-header", match.Format.Id);
    }

    public static TheoryData<string> Signatures() =>
    [
        "https://models.blob.core.windows.net/m?sv=2023-01-03&se=2027-01-01&sr=b&sp=r&sig=" + Random(Alphanumeric, 43) + "%3D",
        "sv=2023-01-03&se=2027-01-01&sr=b&sp=r&sig=" + Random(Base64Characters, 43) + "=",
        "https://prod-12.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=" + Random(Base64UrlCharacters, 43),
    ];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void SignatureOfAnAddress_IsFound(string text) => Assert.Equal("azure-sas", Assert.Single(SecretScanner.Scan(text)).Format.Id);

    [Fact]
    public void AccessKeyOfCommunicationServices_IsFound() =>
        Assert.Equal("azure-shared-access-key", Assert.Single(SecretScanner.Scan($"endpoint=https://a.communication.azure.com/;accesskey={Random(Base64Characters, 86)}==")).Format.Id);

    [Fact]
    public void ClientSecretAtTheEndOfASentence_IsFound() =>
        Assert.Equal("azure-entra-client-secret", Assert.Single(SecretScanner.Scan("It is ab1" + "8Q~" + Random(Alphanumeric, 34) + ".")).Format.Id);

    [Fact]
    public void TokenThatEndsInAHyphen_IsFoundWhole() =>
        Assert.Equal(26, Assert.Single(SecretScanner.Scan("token=glpat-" + Random(Alphanumeric, 19) + "-")).Length);

    [Fact]
    public void DockerLogin_IsFound()
    {
        string auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:" + Pass));
        string text = $$"""{ "auths": { "registry.example": { "auth": "{{auth}}" } } }""";
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal(("docker-config", auth), (match.Format.Id, text.Substring(match.Start, match.Length)));
    }

    [Fact]
    public void EveryPasswordInOneText_IsFound()
    {
        string text = $"Server=a;User Id=x;Password={Password(1)}\nServer=b;User Id=x;Password={Password(2)}\n";
        Assert.Equal([Password(1), Password(2)], SecretScanner.Scan(text).Select(match => text.Substring(match.Start, match.Length)));
    }

    [Fact]
    public void TokenInAUri_IsCalledAToken()
    {
        var match = Assert.Single(SecretScanner.Scan($"https://x-access-token:{GitHubToken()}@github.example/a/b.git"));
        Assert.Equal("github", match.Format.Id);
    }

    [Theory]
    [InlineData("Server=db;Database=m;Integrated Security=true")]
    [InlineData("Server=db;User Id=sa;Password=${DB_PASSWORD}")]
    [InlineData("Server=db;User Id=sa;Password={password}")]
    [InlineData("Server=db;User Id=sa;Password=@password")]
    [InlineData("Server=db;User Id=sa;Password=your_password_here")]
    [InlineData("Server=db;User Id=sa;Password=")]
    [InlineData("Server=db;Authentication=Active Directory Default;User Id=0b7b1a5e-95dc-4c47-9fbb-0c4f3aa6ce3e")]
    [InlineData("Server=db;User Id=sa;Pwd=''")]
    [InlineData("Server=db;User Id=sa;Pwd='${DB_PASSWORD}'")]
    [InlineData("Server=db;User Id=sa;Pwd='{password}';")]
    [InlineData("\"Server=db;User Id=sa;Pwd='\" + password + \"'\"")]
    [InlineData("\"Server=db;User Id=sa;Pwd='\"+password+\"';\"")]
    [InlineData("\"Server=db;User Id=sa;Pwd=\"+password+\";\"")]
    [InlineData("\"Server=db;User Id=sa;Pwd=\" + password + \";\"")]
    [InlineData("'Server=db;User Id=sa;Pwd=' + password + ';'")]
    [InlineData("\"Server=\"+server+\";User Id=\"+user+\";Pwd=\"+password+\";\"")]
    [InlineData("postgres://app@db/models")]
    [InlineData("postgres://postgres:postgres@db/models")]
    [InlineData("postgres://user:password@db/models")]
    [InlineData("https://example.com:8080/@scope/package")]
    [InlineData("docker-image://ubuntu:22.04@sha256:0123456789abcdef")]
    [InlineData("http://user:$PASSWORD@host")]
    [InlineData("postgres://app:<password>@db/models")]
    [InlineData("postgresql://{user:uri}:{password:uri}@{host}/models")]
    [InlineData("postgresql://${user:-app}:${password}@db.example/models")]
    [InlineData("git@github.com:owner/repo.git")]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("password == other.Password && user == null")]
    [InlineData("SELECT * FROM users WHERE name = @name AND password = @password")]
    [InlineData("\"auth\": \"dXNlcjpwYXNz\"")]
    [InlineData("Authorization: Bearer YOUR_API_KEY")]
    [InlineData("Authorization: Bearer ${TOKEN}")]
    [InlineData("Authorization: Bearer <access-token-of-the-user>")]
    [InlineData("Authorization: Bearer $ACCESS_TOKEN_OF_SERVICE_2")]
    [InlineData("Authorization: Basic dXNlcjpwYXNz")]
    [InlineData("Authorization: Bearer eyJhbGciOi...")]
    [InlineData("\"authorization_endpoint\": \"https://login.example/oauth2/v2.0/authorize\"")]
    [InlineData("Authorization: Bearer {accessToken1234567890abcdef}")]
    public void TextWithoutASecret_IsLeftAlone(string text) => Assert.Empty(SecretScanner.Scan(text));

    [Theory]
    [InlineData("{password}$")]
    [InlineData("{{password}}!")]
    [InlineData("{user}{password}")]
    [InlineData("{settings.DB_PASSWORD}-{0}")]
    [InlineData("{urlencode(password)}")]
    [InlineData("[password]!")]
    [InlineData("$DB_PASSWORD!")]
    [InlineData("$env:DB_PASSWORD")]
    [InlineData("$password$")]
    [InlineData("${password}")]
    [InlineData("$(password)-$(suffix)")]
    [InlineData("%(password)s")]
    [InlineData("%s:%s+%s")]
    [InlineData("%1$s-%2$s")]
    [InlineData("%DB_PASSWORD%!")]
    [InlineData("%7Bpassword%7D!")]
    [InlineData("%3Cpassword%3E")]
    [InlineData("@PASSWORD@")]
    [InlineData("#{password}#")]
    [InlineData("%{password}")]
    public void UriWithAPlaceForAPassword_IsLeftAlone(string password)
    {
        Assert.Empty(SecretScanner.Scan($"mongodb+srv://app:{password}@cluster0.example.net/models"));
        Assert.Empty(SecretScanner.Scan($"Server=db;User Id=app;Password={Uri.UnescapeDataString(password)};Encrypt=true"));
    }

    [Theory]
    [InlineData("{Wq7!{b}9xYz$")]
    [InlineData("Wq7!{b}9xYz$")]
    [InlineData("{b}9xYzWq7!")]
    [InlineData("$ecret!Wq7")]
    [InlineData("$ilverBird!")]
    [InlineData("Pa$$w0rd!zq")]
    [InlineData("a%sWq7!xyz9")]
    [InlineData("%sWq7!xyz9")]
    [InlineData("Wq7@[a]!xyz9")]
    [InlineData("$$$!!!$$$Wq7")]
    public void UriWithAPasswordOfSuchCharacters_IsFound(string password) =>
        Assert.Equal("uri-password", Assert.Single(SecretScanner.Scan($"mongodb+srv://app:{password}@cluster0.example.net/models")).Format.Id);
}
