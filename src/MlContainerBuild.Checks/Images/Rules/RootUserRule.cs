using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3010. Before the base image is known only an explicit root counts; at the rehearsal also an inherited one, and no user
/// at all, which container runtimes read as root.
/// </summary>
internal sealed class RootUserRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3010");

    private static readonly string Fix = $"Set {MessageText.Property("ContainerUser", "1654:1654")}; the base image need not know the number.";

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        Finding? finding = subject.TargetsWindows ? CheckWindows(subject.Settings.User) : CheckLinux(subject);
        return finding is null ? [] : [finding];
    }

    private Finding? CheckLinux(ContainerSubject subject)
    {
        // Without ContainerUser the SDK takes the user from APP_UID, the project's value before the base image's.
        Setting? user = subject.Settings.User ?? subject.Settings.Variable("APP_UID");
        return ImageUser.Parse(user?.Value).Kind switch
        {
            ImageUserKind.Root => Found(
                user!,
                ": the application, and whoever takes it over, is root in the container, and one flaw in kernel or runtime from being "
                + "root on the host."),
            ImageUserKind.OutOfRange => Found(
                user!,
                ", which is no user id from 1 to 2147483647: some versions of containerd turn such a number into root (CVE-2024-40635, "
                + "CVE-2026-46680), and other runtimes do not start the container."),
            ImageUserKind.None when subject.IsEffective => new Finding(
                Rule,
                $"Neither the base image {MessageText.Quote(subject.Intent.BaseImage.Value)} nor the project sets a user, so the application runs as root.",
                Fix,
                user?.Source ?? subject.Intent.BaseImage.Source),
            _ => null,
        };
    }

    private Finding? CheckWindows(Setting? user) => user is null || !ImageUser.IsWindowsAdministrator(user.Value)
        ? null
        : Found(user, ": the application is administrator of its container.") with { Fix = $"Set {MessageText.Property("ContainerUser", "ContainerUser")}." };

    private Finding Found(Setting user, string consequence)
    {
        string name = user.Name is "APP_UID" or "USER" ? user.Name : "ContainerUser";
        string fix = user is { Name: "APP_UID", Source: ValueSource.Item }
            ? "Delete that item, or give it the number of a user that is not root."
            : Fix;
        return new Finding(
            Rule,
            $"{MessageText.Origin(user.Source)} sets {name} to {MessageText.Quote(user.Value)}{consequence}",
            fix,
            user.Source);
    }
}
