using MlContainerBuild.Checks.Findings;

namespace MlContainerBuild.Checks.Images.Rules;

/// <summary>
/// MLC3012. The SDK gives the application's files to <c>ContainerUser</c> when all of it is one number, and to root in every
/// other case (tried with SDK 10.0.401); an inherited user therefore never owns them.
/// </summary>
internal sealed class UserWithoutGroupRule : IContainerRule
{
    public Rule Rule { get; } = RuleCatalog.Get("MLC3012");

    public IEnumerable<Finding> Check(ContainerSubject subject)
    {
        if (subject.TargetsWindows || subject.Settings.User is not { Source: ValueSource.Property } user)
        {
            yield break;
        }

        ImageUser account = ImageUser.Parse(user.Value);
        if (account is { Kind: ImageUserKind.Id, Group: null })
        {
            yield return new Finding(
                Rule,
                $"ContainerUser is {MessageText.Quote(account.User)} without a group: the SDK then makes this user the owner of the application's files, so that the running process can overwrite its own code.",
                $"Set {MessageText.Property("ContainerUser", $"{account.User}:{account.User}")}, which leaves them to root.",
                user.Source);
        }
    }
}
