using System.Text;
using System.Text.Json.Nodes;

using MlContainerBuild.Checks.Images;
using MlContainerBuild.Checks.Images.Bases;
using MlContainerBuild.Checks.Images.Registries;
using MlContainerBuild.Checks.Tests.Images.Registries.Servers;

namespace MlContainerBuild.Checks.Tests.Images.Bases;

/// <summary>Whatever the bytes: a value or an error, never an exception. The seed is fixed, so that a failure repeats.</summary>
public sealed class HostileDocumentTests
{
    [Fact]
    public void DamagedDocuments_NeverThrow()
    {
        var config = new JsonObject
        {
            ["User"] = "1654", ["Env"] = new JsonArray("PATH=/bin", "A=b"), ["Labels"] = new JsonObject { ["a"] = "b" },
            ["ExposedPorts"] = new JsonObject { ["8080/tcp"] = new JsonObject() }, ["Entrypoint"] = new JsonArray("/x"),
        };
        TestImage image = TestImage.Create(config, history: [new JsonObject { ["created_by"] = "RUN \u00e9" }]);
        Blob index = TestImage.Index(docker: false, (image, "amd64", null), (image, "arm", "v7"));
        var random = new Random(7001);
        int read = 0;
        foreach (byte[] original in new[] { image.Manifest.Bytes, image.Config.Bytes, index.Bytes })
        {
            for (int i = 0; i < 5_000; i++)
            {
                byte[] damaged = Damage(original, random);
                read += ImageDocument.TryRead(damaged, out _, out _) ? 1 : 0;
                read += ImageConfig.TryRead(damaged, out _, out _) ? 1 : 0;
            }
        }

        // Some damage is harmless; if all were refused, nothing but the JSON parser would have been tested.
        Assert.InRange(read, 500, 14_500);
    }

    [Fact]
    public void DamagedChallenges_NeverThrow()
    {
        var random = new Random(7002);
        byte[] original = Encoding.UTF8.GetBytes("""Bearer realm="https://auth.example/t",service="a\"b",scope="repository:a:pull", Basic realm=r""");
        for (int i = 0; i < 20_000; i++)
        {
            AuthChallenge.ParseAll([Encoding.Latin1.GetString(Damage(original, random))]);
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count), 1));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes(new[] { "null", "[]", "{}", "\"\\ud800\"", "1e999", "\"\":" }[random.Next(6)]));
                    break;
                default:
                    (bytes[at], bytes[^1]) = (bytes[^1], bytes[at]);
                    break;
            }
        }

        return [.. bytes];
    }
}
