namespace MlContainerBuild.Checks.Images.Registries;

/// <summary>Bytes as the registry sent them.</summary>
/// <param name="Digest">What the bytes hash to, computed here: <c>sha256:</c> and 64 hexadecimal digits.</param>
/// <param name="MediaType">What the registry called them; no digest protects it. Null when it said nothing.</param>
public sealed record RegistryContent(string Digest, string? MediaType, ReadOnlyMemory<byte> Bytes);
