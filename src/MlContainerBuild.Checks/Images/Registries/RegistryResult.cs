using System.Diagnostics.CodeAnalysis;

namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>What was read, or why nothing was.</summary>
public sealed record RegistryResult<T>
    where T : class
{
    private readonly T? value;
    private readonly RegistryFailure? failure;

    private RegistryResult(T? value, RegistryFailure? failure)
    {
        this.value = value;
        this.failure = failure;
    }

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out RegistryFailure? failure)
    {
        value = this.value;
        failure = this.failure!;
        return value is not null;
    }

    public static implicit operator RegistryResult<T>(T value) => new(value, null);

    public static implicit operator RegistryResult<T>(RegistryFailure failure) => new(null, failure);
}
