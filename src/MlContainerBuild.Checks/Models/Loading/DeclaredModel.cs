namespace MlContainerBuild.Checks.Models.Loading;

/// <summary>A model that the generated loader knows.</summary>
/// <param name="Path">Relative to the application's directory, with <c>/</c>.</param>
/// <param name="Sha256">64 lower-case hex digits; null when the project does not say.</param>
public sealed record DeclaredModel(string Path, string? Sha256 = null);
