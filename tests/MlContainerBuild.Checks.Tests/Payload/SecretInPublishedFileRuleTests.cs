using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Tests.Images;

namespace MlContainerBuild.Checks.Tests.Payload;

public sealed class SecretInPublishedFileRuleTests : IDisposable
{
    private const string Leak = ": everyone who can pull the image can read it.";

    private readonly PublishFolder folder = new();

    [Fact]
    public void ConnectionStringInAppSettings_IsNamedByItsKeyInTheProjectsFile()
    {
        string json = $$"""
            {
              // .NET reads comments
              "ConnectionStrings": {
                "Models": "Server=db.example;Database=models;User Id=iris;Password={{Made.Password}}",
              },
            }
            """;

        Finding finding = Assert.Single(folder.FromProject("appsettings.json", json).Check());

        Assert.Equal("MLC3022", finding.Rule.Id);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal(new SourceSpan(Path.Combine(folder.ProjectPath, "appsettings.json"), 4, 15), finding.Span);
        Assert.Equal("The published file 'appsettings.json' sets ConnectionStrings:Models to a secret (connection string with a password)" + Leak, finding.Message);
        Assert.Equal(
            """Delete it from the file, revoke the secret, mount the new one at run time as the file /run/secrets/ConnectionStrings__Models and read it with builder.Configuration.AddKeyPerFile("/run/secrets", optional: true).""",
            finding.Fix);
    }

    [Fact]
    public void SourceThatWasTransformed_IsNotNamed()
    {
        folder.FromProject("appsettings.json", "{}").With("appsettings.json", $$"""{"HuggingFace":{"Token":"{{Made.HuggingFaceToken}}" } }""");

        Assert.Equal(
            ["appsettings.json(1,25): Error MLC3022: The published file 'appsettings.json' sets HuggingFace:Token to a secret (Hugging Face user token, hf_…)" + Leak],
            folder.Tell());
        Assert.StartsWith(folder.Path, folder.Check()[0].Span!.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("appsettings.json", """{ "OpenAI": { "ApiKey": "SECRET" } }""", 1, 25, "OpenAI:ApiKey")]
    [InlineData("appsettings.json", """{ "ApiKeys": { "OpenAI": "SECRET" } }""", 1, 26, "ApiKeys:OpenAI")]
    [InlineData("appsettings.json", """{ "Clients": [ { "Id": "a" }, { "Secret": "SECRET" } ] }""", 1, 43, "Clients:1:Secret")]
    [InlineData("appsettings.json", """{ "ApiKeys": [ "SECRET" ] }""", 1, 16, "ApiKeys:0")]
    [InlineData("pod.json", """{ "env": [ { "name": "CO_API_KEY", "value": "SECRET" } ] }""", 1, 45, "env:0:CO_API_KEY")]
    [InlineData("config.yaml", "tracking:\n  # weak\n  password: 'SECRET'\n", 3, 13, "tracking:password")]
    [InlineData("two.yml", "a: 1\n---\nenv:\n- name: API_KEY\n  value: SECRET\n", 5, 10, "env:0:API_KEY")]
    [InlineData("template.yaml", "{{- if .Values.x }}\npassword: SECRET\n{{- end }}\n", 2, 11, "password")]
    [InlineData("variables.yaml", "env:\n- A=1\n- API_KEY=SECRET\n", 3, 3, "env:API_KEY")]
    [InlineData("arguments.json", """{ "args": [ "--api-key=SECRET" ] }""", 1, 13, "args:api-key")]
    [InlineData("web.config", "<configuration>\n <appSettings>\n  <add key=\"ApiKey\" value=\"SECRET\" />\n </appSettings>\n</configuration>", 3, 28, "appSettings:ApiKey")]
    [InlineData("nlog.config", "<nlog>\n <targets>\n  <target password=\"SECRET\" />\n </targets>\n</nlog>", 3, 21, "targets:target:password")]
    [InlineData("settings.xml", "<s>\n <password>SECRET</password>\n</s>", 2, 12, "password")]
    [InlineData(".env", "# keys\nexport MLFLOW_TRACKING_PASSWORD=\"SECRET\"\n", 2, 33, "MLFLOW_TRACKING_PASSWORD")]
    [InlineData("prod.env", "A=1\nDB_PASSWORD=SECRET # note\n", 2, 13, "DB_PASSWORD")]
    [InlineData("app.ini", "[clearml]\nsecret_key = SECRET\n", 2, 14, "clearml:secret_key")]
    [InlineData("app.toml", "[database]\npassword = \"SECRET\"\n", 2, 12, "database:password")]
    [InlineData("run.sh", "#!/bin/sh\nserve --api-key SECRET --port 80\n", 2, 17, "api-key")]
    [InlineData("login.sh", "docker login -u robot -p SECRET registry.example\n", 1, 26, "password")]
    [InlineData("run.ps1", "$env:API_KEY = \"SECRET\"\n", 1, 17, "API_KEY")]
    [InlineData("train.py", "import os\nos.environ[\"API_KEY\"] = x\napi_key = 'SECRET'\n", 3, 12, "api_key")]
    [InlineData("client.py", "client = Client(api_key=\"SECRET\")\n", 1, 26, "api_key")]
    [InlineData("environment.py", "os.environ[\"API_KEY\"] = \"SECRET\"\n", 1, 26, "API_KEY")]
    [InlineData("login.sql", "CREATE LOGIN app WITH PASSWORD = 'SECRET';\n", 1, 35, "PASSWORD")]
    [InlineData("main.tf", "provider \"models\" {\n  api_key = \"SECRET\"\n}\n", 2, 14, "api_key")]
    public void SettingOfACredential_Triggers(string name, string text, int line, int column, string key)
    {
        folder.With(name, text.Replace("SECRET", Made.ApiKey, StringComparison.Ordinal));

        string told = Assert.Single(folder.Tell());
        Assert.StartsWith($"{name}({line},{column}): Error MLC3022: The published file '{name}' sets {key} to a secret (", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("readme.md")]
    [InlineData("wwwroot/site.js")]
    [InlineData("noextension")]
    [InlineData("broken.json")]
    public void TokenInAnyText_Triggers(string name)
        => Assert.Equal(
            [$"{name}(2,5): Error MLC3022: The published file '{name}' holds a secret (Hugging Face user token, hf_…)" + Leak],
            folder.With(name, $"one\n=== {Made.HuggingFaceToken}\n").Tell());

    [Fact]
    public void TokenInAComment_TriggersBesideTheSetting()
        => Assert.Equal(
            [
                "appsettings.json(1,6): Error MLC3022: The published file 'appsettings.json' sets A to a secret (Hugging Face user token, hf_…)" + Leak,
                "appsettings.json(2,4): Error MLC3022: The published file 'appsettings.json' holds a secret (Hugging Face user token, hf_…)" + Leak,
            ],
            folder.With("appsettings.json", $"{{\"A\":\"{Made.HuggingFaceToken}\"\n// {Made.HuggingFaceToken}\n}}").Tell());

    [Fact]
    public void NotebookCellAndItsOutput_Trigger()
    {
        string notebook = $$"""
            { "cells": [ { "cell_type": "code",
              "source": [
                "import openai\n",
                "api_key = \"{{Made.ApiKey}}\"\n" ],
              "outputs": [ { "text": [ "token {{Made.HuggingFaceToken}}" ] } ] } ] }
            """;

        Assert.Equal(
            [
                "train.ipynb(4,5): Error MLC3022: The published file 'train.ipynb' holds a secret (key or token) in cell 1 (source)" + Leak,
                "train.ipynb(5,28): Error MLC3022: The published file 'train.ipynb' holds a secret (Hugging Face user token, hf_…) in the output of cell 1" + Leak,
            ],
            folder.With("train.ipynb", notebook).Tell("MLC3022"));
        const string Rest = """, revoke the secret, read the new one from the environment or a file in the notebook, and leave the notebook out of the image, <None Update="train.ipynb" CopyToPublishDirectory="Never" />.""";
        Assert.Equal(["Delete it from the cell" + Rest, "Clear the output" + Rest], folder.Check().Where(finding => finding.Rule.Id == "MLC3022").Select(finding => finding.Fix));
    }

    [Fact]
    public void TokenInTheMetadataOfANotebook_IsNamedByItsKey()
        => Assert.Equal(
            ["train.ipynb(1,29): Error MLC3022: The published file 'train.ipynb' sets metadata:hub:token to a secret (Hugging Face user token, hf_…)" + Leak],
            folder.With("train.ipynb", $$$"""{"metadata":{"hub":{"token":"{{{Made.HuggingFaceToken}}}"}},"cells":[]}""").Tell("MLC3022"));

    [Theory]
    [InlineData(".env")]
    [InlineData(".env.production")]
    [InlineData("deploy/prod.env")]
    public void EnvironmentFile_IsToBeLeftOutOfTheImage(string name)
        => Assert.Equal(
            $"""Leave the file out of the image, <None Update="{name}" CopyToPublishDirectory="Never" />, revoke the secret, and give the new one to the container at run time.""",
            Assert.Single(folder.With(name, $"DB_PASSWORD={Made.Password}\n").Check()).Fix);

    [Fact]
    public void Utf16File_IsRead()
    {
        byte[] bytes = [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes($"{{\n \"ApiKey\": \"{Made.ApiKey}\" }}")];

        Assert.Equal(
            ["appsettings.json(2,12): Error MLC3022: The published file 'appsettings.json' sets ApiKey to a secret (key or token)" + Leak],
            folder.With("appsettings.json", bytes).Tell());
    }

    [Fact]
    public void PasswordOfThisMachine_IsInfo()
        => Assert.Equal(
            ["appsettings.Development.json(1,31): Info MLC3022: The published file 'appsettings.Development.json' sets ConnectionStrings:Db to a secret (connection string with a password for this machine)" + Leak],
            folder.With("appsettings.Development.json", $$$"""{ "ConnectionStrings": {"Db": "Server=localhost;User Id=sa;Password={{{Made.Password}}}"} }""").Tell("MLC3022"));

    [Theory]
    [InlineData("wwwroot/js/map.js", Severity.Info)]
    [InlineData("appsettings.json", Severity.Error)]
    public void KeyOfMapsForBrowsers_IsInfo(string name, Severity severity)
        => Assert.Equal(severity, Assert.Single(folder.With(name, $"{{ \"key\": \"AIza{Made.Random(Made.Alphanumeric, 35)}\" }}").Check()).Severity);

    [Fact]
    public void FileOfAPackage_NamesThePackage()
    {
        folder.FromPackage("vendor.json", System.Text.Encoding.UTF8.GetBytes($"[\"{Made.HuggingFaceToken}\"]"), "Vendor.Models");

        Finding finding = Assert.Single(folder.Check());

        Assert.EndsWith("It comes with the package Vendor.Models.", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Tell whoever publishes the package, and use a version without it.", finding.Fix);
    }

    [Theory]
    [InlineData("appsettings.json", """{ "Logging": { "LogLevel": { "Default": "Information" } }, "AllowedHosts": "*" }""")]
    [InlineData("appsettings.json", """{ "ConnectionStrings": { "Db": "Server=.;Database=x;Trusted_Connection=True" }, "ApiKey": "", "Token": "${TOKEN}", "Password": "<your password>" }""")]
    [InlineData("appsettings.json", """{ "AzureAd": { "TenantId": "8f7c1d0e-1111-4222-8333-944455566677", "ClientId": "8f7c1d0e-1111-4222-8333-944455566678", "ClientSecret": "@Microsoft.KeyVault(SecretUri=https://v.example/)" } }""")]
    [InlineData("locales/de.json", """{ "login": { "password": "Passwort", "secret": "Geheimnis-Nummer-4711x" } }""")]
    [InlineData("strings.fr.json", """{ "password": "Motdepasse1" }""")]
    [InlineData("special_tokens_map.json", """{ "bos_token": "<s>", "eos_token": "</s>", "mask_token": { "content": "<mask>" } }""")]
    [InlineData("tokenizer_config.json", """{ "model_max_length": 512, "tokenizer_class": "BertTokenizer", "cls_token": "[CLS]", "unk_token": "[UNK]" }""")]
    [InlineData("app.deps.json", """{ "libraries": { "Azure.Core/1.2": { "type": "package", "sha512": "sha512-Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5d2FsZG9mcmVkcGx1Z2h4eXp6eXRodWQ==", "hashPath": "azure.core.1.2.nupkg.sha512" } } }""")]
    [InlineData("openapi.json", """{ "components": { "schemas": { "Login": { "properties": { "password": { "type": "string", "format": "password", "example": "correct-horse-battery-1" } } } } } }""")]
    [InlineData("pod.yaml", "env:\n- name: API_KEY\n  valueFrom:\n    secretKeyRef: { name: keys, key: api-key-of-service }\n")]
    [InlineData(".env", "API_KEY=\nDB_PASSWORD_FILE=/run/secrets/db\nHF_TOKEN=your-token-here\n")]
    [InlineData("run.sh", "export TOKEN=\"$(cat /run/secrets/token)\"\ncurl -H \"Authorization: Bearer $TOKEN\" https://models.example\n")]
    [InlineData("run.sh", "docker run -v \"$PWD:/SwarmUI\" -e \"Pass: $PASSED, ok\" image --password pass:$PASSWORD\n")]
    [InlineData("nuget.config", "<configuration><packageSourceMapping><packageSource key=\"darc-pub-dotnet-maintenance-packages-ab95a1f1\" /></packageSourceMapping></configuration>")]
    [InlineData("package-lock.json", """{ "packages": { "node_modules/js-tokens": { "version": "4.0.0", "integrity": "sha512-RdJUflcE3cUzKiMqQgsCu06FPu9UdIJO0beYbPhHN4k6apgJtifcoCtT9bcxOpYBtpD2kCM6Sbzg4CausW/PKQ==" } } }""")]
    [InlineData("train.py", "password = getpass()\napi_key = os.environ['API_KEY']\ndef f(token=None): pass\n")]
    [InlineData("keys.xml", "<key><descriptor><encryptedSecret><value>Q2lwaGVydGV4dENpcGhlcnRleHRDaXBoZXJ0ZXh0Q2lwaGVydGV4dA==</value></encryptedSecret></descriptor></key>")]
    public void WhatIsNoSecret_DoesNotTrigger(string name, string text) => Assert.Empty(folder.With(name, text).Tell());

    [Fact]
    public void CorpusOfSecrets_IsToldInPart()
        => Assert.Equal(20, folder.With("dump.txt", string.Join('\n', Enumerable.Range(0, 400).Select(_ => Made.HuggingFaceToken))).Check().Length);

    public void Dispose() => folder.Dispose();
}
