using System.Reflection;

namespace MlContainerBuild.Tasks;

/// <summary>The version of this package, as reports and attestations name it.</summary>
internal static class PackageVersion
{
    // Without the source revision after '+': the same package must attest alike wherever it was built.
    public static string Current { get; } =
        typeof(PackageVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
