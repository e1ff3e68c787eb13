using MlContainerBuild.Checks.Images.Registries;

namespace MlContainerBuild.Checks.Tests.Images.Registries;

internal static class RegistryAssert
{
    public static T Value<T>(RegistryResult<T> result)
        where T : class
    {
        Assert.True(result.TryGet(out T? value, out RegistryFailure? failure), failure?.ToString());
        return value!;
    }

    public static RegistryFailure Failure<T>(RegistryFailureKind kind, RegistryResult<T> result)
        where T : class
    {
        Assert.False(result.TryGet(out _, out RegistryFailure? failure));
        Assert.Equal(kind, failure!.Kind);
        return failure;
    }
}
