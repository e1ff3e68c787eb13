using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>
/// Whether bytes, a stream or a file hold what the same member has received from outside: by HTTP, or as an upload. One
/// member is as far as this looks; a parameter or field is nobody's fault.
/// </summary>
internal static class ReceivedContent
{
    /// <summary>Whether the value is received content, or computed from it.</summary>
    internal static bool Is(IOperation value) => Is(value, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    /// <summary>Whether the member writes received content to the file at this path.</summary>
    internal static bool IsWrittenTo(IOperation path)
    {
        string name = path.Unwrap().Syntax.ToString();
        foreach (IOperation operation in path.Root().Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: "DownloadFile" or "DownloadFileAsync" or "DownloadFileTaskAsync" } download
                    when IsSource(download.TargetMethod.ContainingType) && download.Arguments.Any(argument => IsNamed(argument.Value, name)):
                case IInvocationOperation { TargetMethod: { Name: "WriteAllBytes" or "WriteAllBytesAsync" or "WriteAllText" or "WriteAllTextAsync" } } write
                    when write.Arguments.Length >= 2 && IsNamed(write.Arguments[0].Value, name) && Is(write.Arguments[1].Value):
                case ILocalReferenceOperation stream
                    when LocalValue.Of(stream) is { } opened && Opens(opened.Unwrap(), name) && ReceivesCopy(stream):
                    return true;
            }
        }

        return false;
    }

    private static bool Is(IOperation value, HashSet<ISymbol> followed)
    {
        foreach (IOperation operation in value.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call when IsSource(call.TargetMethod.ContainingType):
                case IPropertyReferenceOperation property when IsSource(property.Property.ContainingType):
                    return true;
                case ILocalReferenceOperation local when followed.Add(local.Local)
                    && (ReceivesCopy(local) || (LocalValue.Of(local) is { } assigned && Is(assigned, followed))):
                    return true;
            }
        }

        return false;
    }

    /// <summary><c>response.Content.CopyToAsync(local)</c>, <c>file.CopyTo(local)</c>, <c>stream.CopyToAsync(local)</c>.</summary>
    private static bool ReceivesCopy(ILocalReferenceOperation local)
    {
        foreach (IOperation operation in local.Root().Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "CopyTo" or "CopyToAsync", Instance: { } source } copy
                && copy.Arguments.Any(argument => argument.Value.Unwrap() is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local.Local))
                && IsReceived(source))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReceived(IOperation source) =>
        source.DescendantsAndSelf().Any(operation => operation switch
        {
            IInvocationOperation call => IsSource(call.TargetMethod.ContainingType),
            IMemberReferenceOperation member => IsSource(member.Member.ContainingType),
            ILocalReferenceOperation local => IsSource(local.Type)
                || (LocalValue.Of(local) is { } value && value.DescendantsAndSelf().Any(inner => inner is IInvocationOperation call && IsSource(call.TargetMethod.ContainingType))),
            IParameterReferenceOperation parameter => IsSource(parameter.Type),
            _ => false,
        });

    private static bool Opens(IOperation opened, string path) => opened switch
    {
        IInvocationOperation { TargetMethod: { Name: "Create" or "OpenWrite" or "Open", ContainingType.Name: "File" } } call =>
            call.Arguments.Length > 0 && IsNamed(call.Arguments[0].Value, path),
        IObjectCreationOperation { Type.Name: "FileStream" } creation => creation.Arguments.Length > 0 && IsNamed(creation.Arguments[0].Value, path),
        _ => false,
    };

    private static bool IsNamed(IOperation value, string name) => value.Unwrap().Syntax.ToString() == name;

    private static bool IsSource(ITypeSymbol? type) => type switch
    {
        { Name: "HttpClient" or "HttpContent" or "HttpResponseMessage" or "HttpMessageInvoker" } => type.ContainingNamespace.Is("System", "Net", "Http"),
        { Name: "WebClient" } => type.ContainingNamespace.Is("System", "Net"),
        { Name: "IFormFile" or "HttpRequest" } => type.ContainingNamespace.Is("Microsoft", "AspNetCore", "Http"),
        _ => false,
    };
}
