using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>Values that are read at run time from configuration, options or the environment.</summary>
internal static class ConfigurationLookup
{
    /// <summary>The key that a value is read by, such as <c>OpenAI:ApiKey</c>; null when it is read from somewhere else.</summary>
    internal static string? KeyOf(IOperation value)
    {
        value = value.Unwrap();
        if (value is ILocalReferenceOperation local && LocalValue.Of(local) is { } assigned)
            value = assigned.Unwrap();

        switch (value)
        {
            case IInvocationOperation { TargetMethod: { Name: "GetEnvironmentVariable", ContainingType.Name: "Environment" }, Arguments.Length: > 0 } environment:
                return KeyIn(environment.Arguments[0].Value);
            case IInvocationOperation { TargetMethod: { Name: "GetValue", ContainingType.Name: "ConfigurationBinder" } } binder:
                return KeyIn(binder.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "key")?.Value);
            case IInvocationOperation { TargetMethod: { Name: "GetConnectionString", ContainingType.Name: "ConfigurationExtensions" } } connection:
                return "ConnectionStrings:" + KeyIn(connection.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "name")?.Value);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1, Instance.Type: { } type } indexer when IsConfiguration(type):
                return KeyIn(indexer.Arguments[0].Value);
            case IPropertyReferenceOperation { Property.Name: "Value", Instance: IInvocationOperation { TargetMethod.Name: "GetSection" or "GetRequiredSection" } section }:
                return KeyIn(section.Arguments[section.Arguments.Length - 1].Value);
            case IPropertyReferenceOperation { Property: { IsIndexer: false, Name: { } name, ContainingType.Name: { } owner } } when IsOptions(owner):
                return name;
            default:
                return null;
        }
    }

    /// <summary>The key that what an assignment overwrites was read by: of the option itself, or of what the local was declared with.</summary>
    internal static string? KeyOfTarget(IOperation target) =>
        target is not ILocalReferenceOperation local ? KeyOf(target)
        : LocalValue.Initial(local) is { } initial ? KeyOf(initial)
        : null;

    /// <summary>The key that the other branch was read by: <c>read is { Length: > 0 } key ? key : "…"</c> has it in the condition.</summary>
    internal static string? KeyOfOther(IOperation branch) =>
        branch.Parent is not IConditionalOperation { WhenFalse: { } whenFalse } conditional || conditional.Condition == branch ? null
        : KeyOf(conditional.WhenTrue == branch ? whenFalse : conditional.WhenTrue)
        ?? (conditional.Condition.Unwrap() is IIsPatternOperation pattern ? KeyOf(pattern.Value) : null);

    /// <summary>The key of the setting that a constant stands in for, as in <c>configuration["Hub:Token"] ?? "…"</c>; null where it stands in for none.</summary>
    internal static string? KeyBefore(IOperation constant)
    {
        while (constant.Parent is IConversionOperation or IParenthesizedOperation)
            constant = constant.Parent;

        return constant.Parent is ICoalesceOperation coalesce && coalesce.WhenNull == constant ? KeyOf(coalesce.Value) : null;
    }

    internal static bool IsConfiguration(ITypeSymbol type) =>
        IsInterface(type) || type.AllInterfaces.Any(IsInterface)
        || (type.Name == "NameValueCollection" && type.ContainingNamespace.Is("System", "Collections", "Specialized"));

    private static bool IsInterface(ITypeSymbol type) =>
        type.Name == "IConfiguration" && type.ContainingNamespace.Is("Microsoft", "Extensions", "Configuration");

    private static bool IsOptions(string type) =>
        type.EndsWith("Options", StringComparison.Ordinal) || type.EndsWith("Settings", StringComparison.Ordinal)
        || type.EndsWith("Config", StringComparison.Ordinal) || type.EndsWith("Configuration", StringComparison.Ordinal);

    private static string? KeyIn(IOperation? key) => key is null ? null : KnownText.Of(key).Text.Replace(KnownText.Hole, ':');
}
