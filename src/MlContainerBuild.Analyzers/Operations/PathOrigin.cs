using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Where a path in the source leads, as far as the source says it.</summary>
internal enum PathOrigin
{
    /// <summary>Configuration, a parameter, a method of somebody else.</summary>
    Unknown,

    /// <summary>A file name without a directory.</summary>
    BareName,

    /// <summary>Relative to the current directory, by its text.</summary>
    Relative,

    /// <summary>The current directory or below it, by a call.</summary>
    CurrentDirectory,

    /// <summary>The directory for temporary files, where every user may write.</summary>
    Temporary,

    /// <summary>A fixed place.</summary>
    Rooted,
}

/// <summary>Classifies a path expression by its first part, through locals, read-only fields and the functions of <c>Path</c>.</summary>
internal static class PathOrigins
{
    private const int MaximumDepth = 24;

    /// <summary>That are looked at where a variable holds one of several paths: with a quarter of the depth for each, choices of choices end soon.</summary>
    private const int MostChoices = 8;

    private static readonly string[] TemporaryDirectories =
        ["/tmp", "/var/tmp", "/dev/shm", @"C:\Temp", @"C:\Windows\Temp", "C:/Temp", "C:/Windows/Temp", "%TEMP%", "%TMP%"];

    internal static PathOrigin Of(IOperation path) => Of(path, MaximumDepth);

    /// <summary>Where others may be able to write, or to put something first.</summary>
    internal static bool IsUnsafe(this PathOrigin origin) => origin is not (PathOrigin.Unknown or PathOrigin.Rooted);

    /// <summary>The values that an expression chooses from: both sides of <c>??</c>, the branches of <c>?:</c>; else itself.</summary>
    internal static IEnumerable<IOperation> Choices(IOperation path)
    {
        var open = new Stack<IOperation>();
        open.Push(path);
        while (open.Count > 0)
        {
            IOperation choice = open.Pop();
            switch (choice.Unwrap())
            {
                case ICoalesceOperation coalesce:
                    open.Push(coalesce.WhenNull);
                    open.Push(coalesce.Value);
                    break;
                case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                    open.Push(whenFalse);
                    open.Push(conditional.WhenTrue);
                    break;
                default:
                    yield return choice;
                    break;
            }
        }
    }

    /// <summary>For a message: where the path leads.</summary>
    internal static string Describe(this PathOrigin origin) => origin switch
    {
        PathOrigin.Temporary => "the directory for temporary files",
        PathOrigin.BareName => "the library search path",
        _ => "the current directory",
    };

    /// <summary>The origin of constant text; <see cref="KnownText.Hole"/>s may follow the first character.</summary>
    internal static PathOrigin OfText(string text)
    {
        if (text.Length == 0 || text[0] is KnownText.Hole or '$' or '{' or '<' or '~' || text.Contains("://"))
            return PathOrigin.Unknown;

        if (TemporaryDirectories.Any(directory =>
                text.StartsWith(directory, StringComparison.OrdinalIgnoreCase)
                && (text.Length == directory.Length || text[directory.Length] is '/' or '\\')))
        {
            return PathOrigin.Temporary;
        }

        if (text[0] is '/' or '\\' or '%' || (text.Length > 1 && text[1] == ':'))
            return text[0] == '%' ? PathOrigin.Unknown : PathOrigin.Rooted;

        if (text.IndexOfAny(['/', '\\']) >= 0 || text is "." or "..")
            return PathOrigin.Relative;

        // Words are a description, not a name.
        return text.IndexOf(' ') >= 0 ? PathOrigin.Unknown : PathOrigin.BareName;
    }

    private static PathOrigin Of(IOperation path, int depth)
    {
        path = path.Unwrap();
        if (path.ConstantValue is { HasValue: true, Value: string constant })
            return OfText(constant);

        if (depth == 0)
            return PathOrigin.Unknown;

        switch (path)
        {
            case ILocalReferenceOperation local:
                return LocalValue.Of(local) is { } value ? Of(value, depth - 1) : PathOrigin.Unknown;
            case IFieldReferenceOperation field:
                return FieldValue.Of(field) is { } initial ? Of(initial, depth - 1) : PathOrigin.Unknown;
            case IPropertyReferenceOperation { Property: { IsStatic: true, Name: "CurrentDirectory" } property } when IsBcl(property.ContainingType, "Environment"):
                return PathOrigin.CurrentDirectory;
            case IPropertyReferenceOperation { Property.Name: "FullName" or "FullPath", Instance: { } instance }:
                return OfDirectory(instance.Unwrap(), depth - 1);
            case IInvocationOperation call:
                return OfCall(call, depth - 1);
            case ICoalesceOperation or IConditionalOperation:
                return LeastSafe(Choices(path).Take(MostChoices).Select(choice => Of(choice, depth / 4)));
            case IInterpolatedStringOperation { Parts.Length: > 0 } interpolated when interpolated.Parts[0] is IInterpolationOperation first:
                return Below(Of(first.Expression, depth - 1));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } addition when !KnownText.Of(addition.LeftOperand).IsConstant:
                return Below(Of(addition.LeftOperand, depth - 1));
        }

        return OfText(KnownText.Of(path).Text);
    }

    private static PathOrigin LeastSafe(IEnumerable<PathOrigin> origins)
    {
        var least = PathOrigin.Rooted;
        foreach (PathOrigin origin in origins)
        {
            if (origin.IsUnsafe())
                return origin;

            if (origin == PathOrigin.Unknown)
                least = origin;
        }

        return least;
    }

    private static PathOrigin OfCall(IInvocationOperation call, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        if (IsBcl(method.ContainingType, "Path"))
        {
            switch (method.Name)
            {
                case "GetTempPath" or "GetTempFileName":
                    return PathOrigin.Temporary;
                case "Combine" or "Join" when FirstArgument(call) is { } first:
                    return Below(Of(first, depth));
                case "GetFullPath" when call.Arguments.Length == 2:
                    return Of(call.Arguments[1].Value, depth);
                case "GetFullPath":
                    return MadeAbsolute(Of(call.Arguments[0].Value, depth));
                case "GetDirectoryName" or "ChangeExtension" or "TrimEndingDirectorySeparator":
                    return Of(call.Arguments[0].Value, depth);
            }
        }

        if (IsBcl(method.ContainingType, "Directory"))
        {
            return method.Name switch
            {
                "GetCurrentDirectory" => PathOrigin.CurrentDirectory,
                _ => PathOrigin.Unknown,
            };
        }

        if (IsBcl(method.ContainingType, "Environment") && method.Name == "GetEnvironmentVariable"
            && KnownText.ConstantOf(call.Arguments[0].Value) is "TEMP" or "TMP" or "TMPDIR")
        {
            return PathOrigin.Temporary;
        }

        return PathOrigin.Unknown;
    }

    private static PathOrigin OfDirectory(IOperation instance, int depth)
    {
        if (instance is ILocalReferenceOperation local && LocalValue.Of(local) is { } value)
            instance = value.Unwrap();

        return instance is IObjectCreationOperation { Arguments.Length: > 0 } creation
            && (IsBcl(creation.Type, "DirectoryInfo") || IsBcl(creation.Type, "FileInfo"))
                ? MadeAbsolute(Of(creation.Arguments[0].Value, depth))
                : PathOrigin.Unknown;
    }

    private static PathOrigin MadeAbsolute(PathOrigin origin) =>
        origin is PathOrigin.BareName or PathOrigin.Relative ? PathOrigin.CurrentDirectory : origin;

    /// <summary>A bare name with something below it is a relative directory.</summary>
    private static PathOrigin Below(PathOrigin origin) => origin == PathOrigin.BareName ? PathOrigin.Relative : origin;

    private static IOperation? FirstArgument(IInvocationOperation call) =>
        call.Arguments.Length == 0 ? null
        : call.Arguments[0].ArgumentKind != ArgumentKind.ParamArray ? call.Arguments[0].Value
        : CollectionElements.Of(call.Arguments[0].Value) is { Count: > 0 } elements ? elements[0]
        : null;

    private static bool IsBcl(ITypeSymbol? type, string name) =>
        type is not null && type.Name == name && (type.ContainingNamespace.Is("System", "IO") || type.ContainingNamespace.Is("System"));
}
