using Microsoft.CodeAnalysis;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>A constant that is a credential because of where it goes.</summary>
/// <param name="Constant">The literal, or what puts constants together.</param>
/// <param name="Value">What makes it another one than the next; never shown.</param>
/// <param name="Place">What messages call the place, such as <c>'apiKey' of 'ChatClient'</c>.</param>
/// <param name="Setting">What takes its place, were it the only one of the file.</param>
internal readonly record struct FoundCredential(
    DiagnosticDescriptor Rule, DiagnosticSeverity Severity, IOperation Constant, string Value, string Place, SettingName Setting)
{
    internal bool IsFixable { get; init; } = true;
}
