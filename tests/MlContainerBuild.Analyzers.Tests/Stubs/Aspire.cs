// Package Aspire.Hosting.
namespace Aspire.Hosting.ApplicationModel
{
    public interface IResourceBuilder<out T>;

    public class ContainerResource;
}

namespace Aspire.Hosting
{
    using Aspire.Hosting.ApplicationModel;

    public static class ContainerResourceBuilderExtensions
    {
        public static IResourceBuilder<ContainerResource> AddContainer(this object builder, string name, string image) => null;
        public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false) where T : ContainerResource => builder;
        public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, params string[] args) where T : ContainerResource => builder;
    }

    public static class ResourceBuilderExtensions
    {
        public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string value) => builder;
    }
}
