// Package KubernetesClient: models with constructor arguments, as they were before, and initialisers, as they are now.
namespace k8s.Models;

public partial class V1SecurityContext
{
    public V1SecurityContext() { }
    public V1SecurityContext(bool? allowPrivilegeEscalation = null, bool? privileged = null, bool? readOnlyRootFilesystem = null, bool? runAsNonRoot = null) { }
    public bool? AllowPrivilegeEscalation { get; set; }
    public bool? Privileged { get; set; }
    public bool? ReadOnlyRootFilesystem { get; set; }
    public bool? RunAsNonRoot { get; set; }
}

public partial class V1PodSpec
{
    public V1PodSpec() { }
    public V1PodSpec(IList<V1Container> containers, bool? hostIPC = null, bool? hostNetwork = null, bool? hostPID = null) { }
    public IList<V1Container> Containers { get; set; }
    public bool? HostIPC { get; set; }
    public bool? HostNetwork { get; set; }
    public bool? HostPID { get; set; }
    public IList<V1Volume> Volumes { get; set; }
}

public partial class V1Container
{
    public string Name { get; set; }
    public string Image { get; set; }
    public IList<V1EnvVar> Env { get; set; }
    public V1SecurityContext SecurityContext { get; set; }
}

public partial class V1EnvVar
{
    public V1EnvVar() { }
    public V1EnvVar(string name, string value = null) { }
    public string Name { get; set; }
    public string Value { get; set; }
}

public partial class V1HostPathVolumeSource
{
    public V1HostPathVolumeSource() { }
    public V1HostPathVolumeSource(string path, string type = null) { }
    public string Path { get; set; }
    public string Type { get; set; }
}

public partial class V1Volume
{
    public string Name { get; set; }
    public V1HostPathVolumeSource HostPath { get; set; }
}
