using MlContainerBuild.Checks.Findings;
using MlContainerBuild.Checks.Images.Rules;

namespace MlContainerBuild.Checks.Images.Rehearsal;

/// <summary>Values with which the SDK ends its publish: said here first, with the place, and before anything is pulled.</summary>
internal static class Refusals
{
    public static Finding Unknown(Setting setting, string known) => new(
        RuleCatalog.Get("MLC9008"),
        $"{setting.Name} is {MessageText.Quote(setting.Value)}, which the .NET SDK does not know.",
        $"Write {known}.",
        setting.Source);

    public static Finding Conflict(Setting setting, string message, string fix) => new(RuleCatalog.Get("MLC9008"), message, fix, setting.Source);
}
