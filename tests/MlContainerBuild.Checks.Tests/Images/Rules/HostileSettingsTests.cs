using System.Collections.Immutable;
using System.Globalization;
using System.Text;

using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;
using MlContainerBuild.Checks.Policies;

namespace MlContainerBuild.Checks.Tests.Images.Rules;

/// <summary>
/// Settings drawn from a seeded generator: values that mean something to some rule, joined and broken up with what no rule
/// expects. A failing seed is in the test's name.
/// </summary>
public sealed class HostileSettingsTests
{
    private const int LongestText = 8_000;

    private static readonly string[] Names =
    [
        "APP_UID", "NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES", "NVIDIA_DISABLE_REQUIRE", "NVIDIA_MIG_CONFIG_DEVICES",
        "NVIDIA_IMEX_CHANNELS", "NVIDIA_REQUIRE_CUDA", "CUDA_VERSION", "CUDA_INJECTION64_PATH", "LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH",
        "HF_TOKEN", "ConnectionStrings__Models", "org.opencontainers.image.source", "", "\0", "a:b;c",
    ];

    private static readonly string[] Pieces =
    [
        "root", "0", "1654", "-1", "4294967296", ":", ";", ",", " ", "/", "//", "..", "all", "void", "true", "8080", "80/tcp", "latest",
        "/proc/self/cwd", "/tmp/a.so", "./a.so", "$LD_LIBRARY_PATH", "$ORIGIN", "%3B", "=", "--", "--password", "sh", "nvidia-cuda-mps-control",
        "registry.example/base", "localhost:5000/base:1", "@sha256:", "https://me:pw@host/", "\0", "\n", "\r\n", "\t", "\u001b[31m",
        "\u202e", "\u2028", "\ud800", "\udc00", "é", "日本", "\U0001f600", "${X:-y}", "'", "\"", "<b>", "&amp;", "{0}", "{{", "…",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AnySettings_AreJudgedOnOneLineWithoutShowingASecret(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 50; i++)
        {
            ImageUnderTest image = Draw(random);
            AssertReadable(image.AtIntent());
            AssertReadable(image.AtRehearsal());
            Assert.True(ContainerRules.Check(image.AtRehearsal()).SequenceEqual(ContainerRules.Check(image.AtRehearsal())));
        }
    }

    [Theory]
    [InlineData('0')]
    [InlineData(':')]
    [InlineData(' ')]
    [InlineData('\ud800')]
    public void ValuesOfAMegabyte_AreJudgedToo(char character)
    {
        string huge = new(character, 1_000_000);
        ImageUnderTest image = ImageUnderTest.Good
            .WithBase(huge).WithUser(huge).WithArchive(huge).WithTags(huge).WithPort(huge, huge).WithLabel(huge, huge)
            .WithCommand("--password", huge).WithRuntimeIdentifiers(huge, "linux-x64")
            .WithVariable("NVIDIA_VISIBLE_DEVICES", huge).WithVariable("LD_PRELOAD", huge).WithVariable("LD_LIBRARY_PATH", huge)
            .WithVariable("HF_TOKEN", huge);

        AssertReadable(image.AtRehearsal());
    }

    private static void AssertReadable(ContainerSubject subject)
    {
        ImmutableArray<Finding> findings = ContainerRules.Check(subject);

        Assert.Equal(findings.Length, findings.Distinct().Count());
        foreach (Finding finding in findings)
        {
            Assert.InRange(finding.Text.Length, 20, LongestText);
            Assert.DoesNotContain(Made.HuggingFaceToken, finding.Text, StringComparison.Ordinal);
            Assert.All(finding.Text.EnumerateRunes(), rune => Assert.NotEqual(UnicodeCategory.Control, Rune.GetUnicodeCategory(rune)));
            Assert.Equal(finding.Text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(finding.Text)));
            Assert.InRange(finding.Severity, Severity.Info, Severity.Error);
        }
    }

    private static ImageUnderTest Draw(Random random)
    {
        ImageUnderTest image = ImageUnderTest.Good with
        {
            Policy = new Policy { AllowedRegistries = random.Next(2) == 0 ? [] : [Text(random)] },
        };
        for (int changes = random.Next(1, 8); changes > 0; changes--)
        {
            string name = random.Next(3) == 0 ? Text(random) : Names[random.Next(Names.Length)];
            string value = Text(random);
            image = random.Next(16) switch
            {
                0 => image.WithBase(value),
                1 => image.WithInferredBase(value),
                2 => image.WithUser(value),
                3 => image.WithWorkingDirectory(value),
                4 => image.WithRepository(value),
                5 => image.WithArchive(value),
                6 => image.WithTags(value, Text(random)),
                7 => image.WithRuntimeIdentifiers(value, Text(random)),
                8 => image.WithPort(value, Text(random)),
                9 => image.WithLabel(name, value),
                10 => image.WithCommand(value, Text(random)),
                11 => image.WithInheritedUser(value),
                12 => image.WithInheritedPort(value, Text(random)),
                13 => image.WithInheritedVariable(name, value),
                _ => image.WithVariable(name, value),
            };
        }

        return image;
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (int pieces = random.Next(0, 6); pieces > 0; pieces--)
        {
            text.Append(random.Next(20) == 0 ? $" {Made.HuggingFaceToken} " : Pieces[random.Next(Pieces.Length)]);
            if (random.Next(10) == 0)
            {
                text.Append((char)random.Next(char.MaxValue + 1));
            }
        }

        return text.ToString();
    }
}
