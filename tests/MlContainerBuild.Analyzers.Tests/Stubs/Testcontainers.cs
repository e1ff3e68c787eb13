// Package Testcontainers.
namespace DotNet.Testcontainers.Builders;

public abstract class ContainerBuilder<TBuilderEntity, TContainerEntity, TConfigurationEntity>
    where TBuilderEntity : ContainerBuilder<TBuilderEntity, TContainerEntity, TConfigurationEntity>
{
    public TBuilderEntity WithImage(string image) => (TBuilderEntity)this;
    public TBuilderEntity WithBindMount(string source, string destination) => (TBuilderEntity)this;
    public TBuilderEntity WithDockerEndpoint(string endpoint) => (TBuilderEntity)this;
    public TBuilderEntity WithDockerEndpoint(Uri endpoint) => (TBuilderEntity)this;
    public TBuilderEntity WithEnvironment(string name, string value) => (TBuilderEntity)this;
    public TBuilderEntity WithPrivileged(bool privileged) => (TBuilderEntity)this;
}

public class ContainerBuilder : ContainerBuilder<ContainerBuilder, object, object>;
