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
        Finding? finding = subject.TargetsWindows ? CheckWindows(subject) : CheckLinux(subject);
        return finding is null ? [] : [finding];
    }

    private Finding? CheckLinux(ContainerSubject subject)
    {
        Setting? user = subject.Settings.User ?? UserFromVariable(subject);
        ImageUser account = ImageUser.Parse(user?.Value);
        return account.Kind switch
        {
            ImageUserKind.Root => new Finding(Rule, $"{MessageText.Origin(user!.Source)} sets {Assignment(user)}: the application, and whoever takes it over, is root in the container, and one flaw in kernel or runtime from being root on the host.", FixOf(user), user.Source),
            ImageUserKind.OutOfRange => new Finding(Rule, $"{MessageText.Origin(user!.Source)} sets {Assignment(user)}, which is no user id from 1 to 2147483647: some versions of containerd turn such a number into root (CVE-2024-40635, CVE-2026-46680), and other runtimes do not start the container.", FixOf(user), user.Source),
            ImageUserKind.None when subject.IsEffective => new Finding(Rule, $"Neither the base image {MessageText.Quote(subject.Intent.BaseImage.Value)} nor the project sets a user, so the application runs as root.", Fix, user?.Source ?? subject.Intent.BaseImage.Source),
            _ => null,
        };
    }

    // Without ContainerUser the SDK takes the user from APP_UID, the project's value before the base image's.
    private static Setting? UserFromVariable(ContainerSubject subject) => subject.Settings.Variable("APP_UID");

    private static string Assignment(Setting user) => $"{NameOf(user)} to {MessageText.Quote(user.Value)}";

    private static string NameOf(Setting user) => user.Name is "APP_UID" or "USER" ? user.Name : "ContainerUser";

    private static string FixOf(Setting user) => user is { Name: "APP_UID", Source: ValueSource.Item }
        ? "Delete that item, or give it the number of a user that is not root."
        : Fix;

    private Finding? CheckWindows(ContainerSubject subject)
    {
        Setting? user = subject.Settings.User;
        return user is null || !ImageUser.IsWindowsAdministrator(user.Value)
            ? null
            : new Finding(Rule, $"{MessageText.Origin(user.Source)} sets {Assignment(user)}: the application is administrator of its container.", $"Set {MessageText.Property("ContainerUser", "ContainerUser")}.", user.Source);
    }
}
