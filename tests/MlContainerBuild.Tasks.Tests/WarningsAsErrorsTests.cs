namespace MlContainerBuild.Tasks.Tests;

public sealed class WarningsAsErrorsTests
{
    [Theory]
    [InlineData("-warnaserror")]
    [InlineData("--warnaserror")]
    [InlineData("/WarnAsError")]
    [InlineData("-err")]
    public void SwitchWithoutCodes_Counts(string argument) => Assert.True(WarningsAsErrors.IsOnCommandLine(["dotnet", "publish", argument]));

    [Theory]
    [InlineData("-warnaserror:CS1591")]
    [InlineData("-warnNotAsError:MLC3011")]
    [InlineData("warnaserror")]
    [InlineData("-p:TreatWarningsAsErrors=true")]
    public void AnythingElse_DoesNot(string argument) => Assert.False(WarningsAsErrors.IsOnCommandLine(["dotnet", "publish", argument]));
}
