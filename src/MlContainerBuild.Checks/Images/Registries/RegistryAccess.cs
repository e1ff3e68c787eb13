namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>What a registry is to the publish. It decides which of the SDK's credential variables count.</summary>
public enum RegistryAccess
{
    /// <summary>The base image comes from it.</summary>
    Base,

    /// <summary>The base image comes from it, and the image goes to it.</summary>
    BaseAndDestination,

    /// <summary>The image goes to it, and is read back.</summary>
    Destination,
}
