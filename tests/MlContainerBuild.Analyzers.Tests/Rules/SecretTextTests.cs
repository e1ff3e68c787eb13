using MlContainerBuild.Secrets.Tests;

using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.SecretTextAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

/// <summary>Wherever a constant can stand and however it can be written, one finding, at the literal.</summary>
public sealed class SecretTextTests
{
    private static readonly string Token = Made.HuggingFaceToken();
    private static readonly string Start = Token[..12];
    private static readonly string End = Token[12..];

    // In the sources TOKEN is a whole token, START and END are its two parts.
    private static string WithToken(string source) => source.Replace("TOKEN", Token).Replace("START", Start).Replace("END", End);

    [Theory]
    [InlineData("""const string Key = {|MLC1001:"TOKEN"|};""")]
    [InlineData("""static readonly string Key = {|MLC1001:"TOKEN"|};""")]
    [InlineData("""string Key { get; set; } = {|MLC1001:"TOKEN"|};""")]
    [InlineData("""string Key => {|MLC1001:"TOKEN"|};""")]
    [InlineData("""void Load(string token = {|MLC1001:"TOKEN"|}) { }""")]
    [InlineData("""[System.ComponentModel.DefaultValue({|MLC1001:"TOKEN"|})] string Key { get; set; } = "";""")]
    [InlineData("""[System.ComponentModel.DataAnnotations.Display(Name = {|MLC1001:"TOKEN"|})] string Key { get; set; } = "";""")]
    [InlineData("""abstract class Client { protected abstract void Load(string token = {|MLC1001:"TOKEN"|}); }""")]
    [InlineData("""record Options(string Token = {|MLC1001:"TOKEN"|});""")]
    [InlineData("""interface IClient { void Load(string token = {|MLC1001:"TOKEN"|}); }""")]
    [InlineData("""class Client(string token = {|MLC1001:"TOKEN"|}) { string Token => token; }""")]
    [InlineData("""enum Key { [System.ComponentModel.Description({|MLC1001:"TOKEN"|})] Hub }""")]
    public Task ConstantInDeclaration_Triggers(string member) => Verify.VerifyAnalyzerAsync(WithToken($$"""class Hub { {{member}} }"""));

    [Theory]
    [InlineData("""Use({|MLC1001:"TOKEN"|});""")]
    [InlineData("""Use({|MLC1001:"Authorization: Bearer TOKEN"|});""")]
    [InlineData("""Use(@{|MLC1001:"TOKEN"|});""", "@{|MLC1001:", "{|MLC1001:@")]
    [InlineData("Use({|MLC1001:\"\"\"TOKEN\"\"\"|});")]
    [InlineData("Use({|MLC1001:\"TOKEN\"u8|}.ToArray());")]
    [InlineData("""var key = name ?? {|MLC1001:"TOKEN"|}; Use(key);""")]
    [InlineData("""var key = name == "a" ? {|MLC1001:"TOKEN"|} : name; Use(key);""")]
    [InlineData("""var key = name switch { "hub" => {|MLC1001:"TOKEN"|}, _ => "" }; Use(key);""")]
    [InlineData("""switch (name) { case {|MLC1001:"TOKEN"|}: break; }""")]
    [InlineData("""if (name is {|MLC1001:"TOKEN"|}) { }""")]
    [InlineData("""if (name == {|MLC1001:"TOKEN"|}) { }""")]
    [InlineData("""string[] keys = [{|MLC1001:"TOKEN"|}, "b"];""")]
    [InlineData("""var keys = new[] { "a", {|MLC1001:"TOKEN"|} };""")]
    [InlineData("""var keys = new List<string> { {|MLC1001:"TOKEN"|} };""")]
    [InlineData("""var keys = new Dictionary<string, string> { ["hub"] = {|MLC1001:"TOKEN"|} };""")]
    [InlineData("""var keys = new Dictionary<string, string> { { "hub", {|MLC1001:"TOKEN"|} } };""")]
    [InlineData("""var pair = (Key: {|MLC1001:"TOKEN"|}, Value: 1);""")]
    [InlineData("""var options = new { Key = {|MLC1001:"TOKEN"|} };""")]
    [InlineData("""Use(System.Text.Encoding.UTF8.GetBytes({|MLC1001:"TOKEN"|}));""")]
    [InlineData("""Use({|MLC1001:"TOKEN"|}.ToCharArray());""")]
    [InlineData("""Action a = () => Use({|MLC1001:"TOKEN"|}); a();""")]
    [InlineData("""string Local() => {|MLC1001:"TOKEN"|}; Use(Local());""")]
    [InlineData("""throw new InvalidOperationException({|MLC1001:"TOKEN"|});""")]
    public Task ConstantInBody_Triggers(string body, string replaced = "", string by = "") =>
        Verify.VerifyAnalyzerAsync(WithToken(Method(replaced.Length == 0 ? body : body.Replace(replaced, by))));

    [Theory]
    [InlineData("""Use({|MLC1001:"START" + "END"|});""")]
    [InlineData("""Use({|MLC1001:Prefix + "END"|});""")]
    [InlineData("""Use("Bearer " + {|MLC1001:"TOKEN"|});""")]
    [InlineData("""Use(name + " " + {|MLC1001:"TOKEN"|} + " " + name);""")]
    [InlineData("""Use($"{|MLC1001:Bearer TOKEN|}");""")]
    [InlineData("""Use($"{name}{|MLC1001: TOKEN|}");""")]
    [InlineData("""Use({|MLC1001:$"{Prefix}END"|});""")]
    [InlineData("""Use(string.Concat("Bearer ", {|MLC1001:"TOKEN"|}));""")]
    [InlineData("""Use({|MLC1001:string.Concat("START", "END")|});""")]
    [InlineData("""Use({|MLC1001:string.Concat("a", "b", "c", " ", "START", "END")|});""")]
    [InlineData("""Use(string.Format("{0} {1}", name, {|MLC1001:"TOKEN"|}));""")]
    [InlineData("""Use(string.Format({|MLC1001:"{0} TOKEN"|}, name));""")]
    [InlineData("""Use({|MLC1001:string.Format("{0}{1}", "START", "END")|});""")]
    [InlineData("""Use(string.Join(" ", "Bearer", {|MLC1001:"TOKEN"|}));""")]
    [InlineData("""Use({|MLC1001:string.Join("", new[] { "START", "END" })|});""")]
    [InlineData("""Use({|MLC1001:new System.Text.StringBuilder("START").Append("END")|}.ToString());""")]
    [InlineData("""Use(new System.Text.StringBuilder().Append({|MLC1001:"TOKEN"|}).Append(name).ToString());""")]
    public Task TextPutTogether_Triggers(string body) => Verify.VerifyAnalyzerAsync(WithToken(Method(body)));

    [Fact]
    public Task TextBehindBase64_Triggers()
    {
        string encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Token));
        return Verify.VerifyAnalyzerAsync(Method($$"""Use(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String({|MLC1001:"{{encoded}}"|})));"""));
    }

    [Fact]
    public Task TopLevelStatement_Triggers() =>
        Verify.VerifyAnalyzerAsync(WithToken("""var key = {|MLC1001:"TOKEN"|}; Console.WriteLine(key);"""));

    /// <summary>Where the constant is declared it is one finding; where it is used it is none.</summary>
    [Fact]
    public Task UsesOfConstant_DoNotTriggerAgain() =>
        Verify.VerifyAnalyzerAsync(WithToken(
            """
            class Hub
            {
                const string Key = {|MLC1001:"TOKEN"|};
                string Header => "Bearer " + Key;
                string Other => $"Bearer {Key}";
                string Query(string name) => string.Format("?q={0}&token={1}", name, Key);
            }
            """));

    [Theory]
    [InlineData("""Use("hf_" + name);""")]
    [InlineData("""Use($"hf_{name}");""")]
    [InlineData("""Use("START"); Use("END");""")]
    [InlineData("""Use(name + "START");""")]
    [InlineData("""Use(nameof(Prefix)); Use("a"); Use("");""")]
    [InlineData("""Use(1 + 2); Use('h'); Use(null!);""")]
    public Task PartOfToken_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(WithToken(Method(body)));

    private static string Method(string body) =>
        $$"""
        class Hub
        {
            const string Prefix = "START";
            static void Use(object value) { }

            void Run(string name)
            {
                {{body}}
            }
        }
        """;
}
