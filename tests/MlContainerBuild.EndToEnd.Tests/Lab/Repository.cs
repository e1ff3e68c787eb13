using System.Reflection;

namespace MlContainerBuild.EndToEnd.Tests.Lab;

/// <summary>Where this repository is checked out.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Configuration { get; } = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string PathOf(string relative) => Path.Combine(Root, relative);
}
