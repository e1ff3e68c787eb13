namespace MlContainerBuild.Secrets.Tests;

public class FormatTests
{
    public static TheoryData<string, string> Tokens()
    {
        var data = new TheoryData<string, string>();
        foreach (var (id, token, _) in FormatVectors.All)
            data.Add(id, token);
        return data;
    }

    public static TheoryData<string, string> NearMisses()
    {
        var data = new TheoryData<string, string>();
        foreach (var (id, _, misses) in FormatVectors.All)
        {
            foreach (string miss in misses)
                data.Add(id, miss);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Token_IsFoundWhole(string id, string token)
    {
        var match = Assert.Single(SecretScanner.Scan(token));
        Assert.Equal((id, 0, token.Length), (match.Format.Id, match.Start, match.Length));
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void TokenInCode_IsFoundInPlace(string id, string token)
    {
        string[] places = [$"client = new(\"{token}\");", $"  key: {token}\r\n", $"KEY={token}\n", $"{{\"k\":\"{token}\"}}", $"a\\n{token}\\n", $"größe = '{token}'"];
        foreach (string place in places)
        {
            var match = Assert.Single(SecretScanner.Scan(place));
            Assert.Equal((id, place.IndexOf(token, StringComparison.Ordinal), token.Length), (match.Format.Id, match.Start, match.Length));
        }
    }

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void NearMiss_IsNotFound(string id, string text) =>
        Assert.DoesNotContain(SecretScanner.Scan($"key = \"{text}\""), match => match.Format.Id == id);

    [Fact]
    public void EveryFormatWithAShape_HasAVector() =>
        Assert.Empty(SecretFormats.All.Where(format => format.Shapes.Count > 0).Select(format => format.Id).Except(FormatVectors.All.Select(vector => vector.Id)));

    [Fact]
    public void EveryFormat_HasItsOwnId() =>
        Assert.Equal(SecretFormats.All.Length, SecretFormats.All.Select(format => format.Id).Distinct().Count());
}
