using Verify = MlContainerBuild.Analyzers.Tests.Verification.CSharpVerifier<MlContainerBuild.Analyzers.Rules.ConflictingDeviceRequestAnalyzer>;

namespace MlContainerBuild.Analyzers.Tests.Rules;

public sealed class ConflictingDeviceRequestTests
{
    private static string Method(string body) =>
        $$"""
        using Docker.DotNet.Models;

        class Gpu
        {
            void Request(DeviceRequest given, long count, IList<string> ids)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var r = new DeviceRequest { Driver = \"nvidia\", [|Count = 1|], DeviceIDs = [\"0\"] };")]
    [InlineData("var r = new DeviceRequest { DeviceIDs = new List<string> { \"0\" }, [|Count = -1|] };")]
    [InlineData("var r = new DeviceRequest { DeviceIDs = new[] { \"0\" }, [|Count = 2|] };")]
    [InlineData("var r = new DeviceRequest(); [|r.Count = 1|]; r.DeviceIDs = [\"0\"];")]
    public Task CountAndIds_Triggers(string body) => Verify.VerifyAnalyzerAsync(Method(body));

    [Theory]
    [InlineData("var r = new DeviceRequest { Count = 1 };")]
    [InlineData("var r = new DeviceRequest { DeviceIDs = [\"0\"] };")]
    [InlineData("var r = new DeviceRequest { Count = 0, DeviceIDs = [\"0\"] };")]
    [InlineData("var r = new DeviceRequest { Count = 1, DeviceIDs = [] };")]
    [InlineData("var r = new DeviceRequest { Count = count, DeviceIDs = [\"0\"] };")]
    [InlineData("var r = new DeviceRequest { Count = 1, DeviceIDs = ids };")]
    [InlineData("var a = new DeviceRequest { Count = 1 }; var b = new DeviceRequest { DeviceIDs = [\"0\"] };")]
    [InlineData("given.Count = 1; given.DeviceIDs = ids;")]
    public Task OneOfThemOrUnknown_DoesNotTrigger(string body) => Verify.VerifyAnalyzerAsync(Method(body));
}
