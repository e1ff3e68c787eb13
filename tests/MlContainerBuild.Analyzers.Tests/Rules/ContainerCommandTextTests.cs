using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpCodeFixVerifier<
    MlContainerBuild.Analyzers.Rules.ContainerCommandTextAnalyzer,
    MlContainerBuild.CodeFixes.Rules.ContainerCommandTextFixer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class ContainerCommandTextTests
{
    private static string Method(string body) =>
        $$"""
        using System.Diagnostics;

        class Runner
        {
            const string Image = "model-server:1.4";

            void Run(string image, int port, Guid id, string extraArgs)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;

    [Theory]
    [InlineData("Process.Start(\"docker\", [|$\"run --rm {image}\"|]);")]
    [InlineData("Process.Start(\"docker.exe\", [|\"run \" + image|]);")]
    [InlineData("Process.Start(\"/usr/bin/podman\", [|string.Format(\"run {0}\", image)|]);")]
    [InlineData("Process.Start(\"nerdctl\", [|string.Concat(\"run \", image)|]);")]
    [InlineData("var s = new ProcessStartInfo(\"docker\", [|$\"run {image}\"|]);")]
    [InlineData("var s = new ProcessStartInfo { FileName = \"kubectl\", Arguments = [|$\"delete pod {image}\"|] };")]
    [InlineData("var s = new ProcessStartInfo(\"docker\"); s.Arguments = [|$\"run {image}\"|];")]
    [InlineData("var s = new ProcessStartInfo(); s.FileName = \"docker\"; s.Arguments = [|$\"run {image}\"|];")]
    [InlineData("using var p = new Process(); p.StartInfo.FileName = \"docker\"; p.StartInfo.Arguments = [|$\"rm {image}\"|];")]
    [InlineData("using var p = new Process { StartInfo = new ProcessStartInfo { FileName = \"docker\", Arguments = [|$\"rm {image}\"|] } };")]
    [InlineData("var text = $\"run {image}\"; Process.Start(\"docker\", [|text|]);")]
    [InlineData("Process.Start(\"bash\", [|$\"-c \\\"docker run {image}\\\"\"|]);")]
    public Task TextBuiltFromAString_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task Message_NamesTheToolAndThePart() =>
        Verify.VerifyAnalyzerAsync(
            Method("Process.Start(\"docker\", {|#0:$\"run -p {port} {image}\"|});"),
            Verify.Diagnostic().WithLocation(0).WithArguments("docker", "image"));

    [Theory]
    [InlineData("Process.Start(\"docker\", \"run --rm model-server\");")]
    [InlineData("Process.Start(\"docker\", $\"run --rm {Image}\");")]
    [InlineData("Process.Start(\"docker\", $\"run -p {port}:80 --name svc-{id:N} \" + Image);")]
    [InlineData("Process.Start(\"docker\", extraArgs);")]
    [InlineData("Process.Start(\"docker\", [\"run\", image]);")]
    [InlineData("var s = new ProcessStartInfo(\"docker\") { ArgumentList = { \"run\", image } };")]
    [InlineData("Process.Start(\"git\", $\"clone {image}\");")]
    [InlineData("Process.Start(\"bash\", $\"-c \\\"echo {image}\\\"\");")]
    [InlineData("Process.Start(image, $\"run {image}\");")]
    public Task ConstantNumbersListsOrOtherTools_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Fact]
    public Task Constructor_GetsAnArgumentList() =>
        Verify.VerifyCodeFixAsync(
            Method("var s = new ProcessStartInfo(\"docker\", [|$\"run --rm -v \\\"{image}\\\":/data -p {port}:80 {image}\"|]);"),
            Method("var s = new ProcessStartInfo(\"docker\") { ArgumentList = { \"run\", \"--rm\", \"-v\", $\"{image}:/data\", \"-p\", $\"{port}:80\", image } };"));

    [Theory]
    [InlineData("ProcessStartInfo s = new(\"docker\", [|$\"rm {image} -t {port}\"|]);", "ProcessStartInfo s = new(\"docker\")\n{\n    ArgumentList = { \"rm\", image, \"-t\", $\"{port}\" }\n};")]
    [InlineData("Process.Start(\"docker\", [|$\"rm {image}:{port}\"|]);", "Process.Start(\"docker\", new[] { \"rm\", $\"{image}:{port}\" });")]
    public Task EveryPlaceOfTheText_GetsAList(string body, string repaired) => Verify.VerifyCodeFixAsync(Method(body), Method(repaired));

    [Fact]
    public Task Initializer_GetsAnArgumentList() =>
        Verify.VerifyCodeFixAsync(
            Method(
                """
                var s = new ProcessStartInfo
                {
                    FileName = "docker",
                    Arguments = [|"rm -f " + image|],
                    UseShellExecute = false,
                };
                """),
            Method(
                """
                var s = new ProcessStartInfo
                {
                    FileName = "docker",
                    ArgumentList = { "rm", "-f", image },
                    UseShellExecute = false,
                };
                """));

    [Fact]
    public Task Assignment_BecomesCallsOfAdd() =>
        Verify.VerifyCodeFixAsync(
            Method(
                """
                var s = new ProcessStartInfo("docker");
                // stop it
                s.Arguments = [|$"stop {image}"|]; // now
                """),
            Method(
                """
                var s = new ProcessStartInfo("docker");
                // stop it
                s.ArgumentList.Add("stop");
                s.ArgumentList.Add(image); // now
                """));

    [Theory]
    [InlineData("var s = new ProcessStartInfo(\"docker\", [|$\"run {extraArgs} {Image}\"|]);")]
    [InlineData("var s = new ProcessStartInfo(\"docker\", [|$\"run '{image}'\"|]);")]
    [InlineData("var s = new ProcessStartInfo(\"bash\", [|$\"-c \\\"docker run {image}\\\"\"|]);")]
    [InlineData("var text = $\"run {image}\"; Process.Start(\"docker\", [|text|]);")]
    [InlineData("var s = new ProcessStartInfo(\"docker\", [|string.Format(\"run {0} {1}\", image, image)|]);")]
    [InlineData("var s = new ProcessStartInfo(\"docker\", [|$\"rm {string.Join(\" \", new[] { image })}\"|]);")]
    [InlineData("var gpu = port > 0 ? \"--gpus 1\" : \"\"; var s = new ProcessStartInfo(\"docker\", [|$\"run {gpu} {image}\"|]);")]
    [InlineData("string mount; if (port > 0) mount = \"-v /m:/m\"; else mount = image; var s = new ProcessStartInfo(\"docker\", [|$\"run {mount} x\"|]);")]
    [InlineData("var s = new ProcessStartInfo(\"docker\"); s.Arguments = [|$\"run {image}\"|]; s.Arguments += \" -d\";")]
    [InlineData("var s = new ProcessStartInfo(\"docker\", [|$\"run {image}\"|]); System.Console.WriteLine(s.Arguments);")]
    public Task ArgumentsNotInSight_OffersNoFix(string body) =>
        Verify.VerifyCodeFixAsync(
            Method(body),
            Method(body.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)));

    [Fact]
    public Task FixAll_TakesEveryTextApart() =>
        Verify.VerifyFixAllAsync(
            Method(
                """
                var a = new ProcessStartInfo("docker", [|$"pull {image}"|]);
                var b = new ProcessStartInfo("docker", [|$"run {image}"|]) { UseShellExecute = false };
                """),
            Method(
                """
                var a = new ProcessStartInfo("docker") { ArgumentList = { "pull", image } };
                var b = new ProcessStartInfo("docker") { ArgumentList = { "run", image }, UseShellExecute = false };
                """));
}
