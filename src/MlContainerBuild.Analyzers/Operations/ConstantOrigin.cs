using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>A constant that a value may be, and where it is written.</summary>
internal readonly struct ConstantOrigin
{
    /// <summary>As far as a value is followed, and into how many branches.</summary>
    private const int MaximumDepth = 12, MaximumOrigins = 16;

    private ConstantOrigin(string text, IOperation source, ISymbol? holder, IOperation? preferred)
    {
        Text = text;
        Source = source;
        Holder = holder;
        Preferred = preferred;
    }

    /// <summary>The text; empty for an array of constant bytes.</summary>
    internal string Text { get; }

    /// <summary>The literal, or the expression that puts constants together; what names the constant where that is declared in another file.</summary>
    internal IOperation Source { get; }

    /// <summary>The variable or member that brings the constant to where it is used, if one does.</summary>
    internal ISymbol? Holder { get; }

    /// <summary>The value that comes before the constant, which is used only without it: the left side of <c>??</c>.</summary>
    internal IOperation? Preferred { get; }

    internal bool IsBytes => Text.Length == 0;

    /// <summary>
    /// Follows a value back: both sides of <c>??</c>, branches and switch arms; locals written once; fields, properties and
    /// default parameters of the same file; conversions to bytes and back.
    /// </summary>
    internal static IReadOnlyList<ConstantOrigin> Of(IOperation value)
    {
        var origins = new List<ConstantOrigin>();
        Collect(value, new Way(null, null), origins, MaximumDepth);
        return origins;
    }

    private static void Collect(IOperation value, Way way, List<ConstantOrigin> origins, int depth)
    {
        value = value.Unwrap();
        if (depth == 0 || origins.Count >= MaximumOrigins)
            return;

        depth--;
        switch (value)
        {
            case ICoalesceOperation coalesce:
                Collect(coalesce.Value, way, origins, depth);
                Collect(coalesce.WhenNull, way with { Preferred = coalesce.Value }, origins, depth);
                break;
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                Collect(conditional.WhenTrue, way with { Preferred = whenFalse }, origins, depth);
                Collect(whenFalse, way with { Preferred = conditional.WhenTrue }, origins, depth);
                break;
            case ISwitchExpressionOperation choice:
                foreach (ISwitchExpressionArmOperation arm in choice.Arms)
                    Collect(arm.Value, way, origins, depth);

                break;
            case ILocalReferenceOperation local when LocalValue.Of(local) is { } assigned:
                Collect(assigned, way with { Holder = local.Local }, origins, depth);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation when Initializer(value, out ISymbol declared) is { } initial:
                Collect(initial, way with { Holder = declared }, origins, depth);
                break;
            case IInvocationOperation call when Converted(call) is { } converted:
                Collect(converted, way, origins, depth);
                break;
            case IObjectCreationOperation { Arguments.Length: 1, Type: { Name: "Uri" or "StringValues" or "String" } } wrapper:
                Collect(wrapper.Arguments[0].Value, way, origins, depth);
                break;
            case IPropertyReferenceOperation { Property.Name: "Value" or "Span", Instance: { } instance }:
                Collect(instance, way, origins, depth);
                break;
            case IArrayCreationOperation { Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String }, Initializer: { } texts }:
                foreach (IOperation element in texts.ElementValues)
                    Collect(element, way, origins, depth);

                break;
            case IConditionalAccessOperation access:
                Collect(access.Operation, way, origins, depth);
                break;
            default:
                Add(value, way, origins);
                break;
        }
    }

    private static void Add(IOperation value, Way way, List<ConstantOrigin> origins)
    {
        KnownText known = KnownText.Of(value);
        if (known is { IsConstant: true, Text.Length: > 0 })
        {
            // "Bearer " + Key: what counts is the longest part, and that may be declared elsewhere.
            TextPiece longest = known.Pieces.OrderByDescending(piece => piece.End - piece.Start).FirstOrDefault();
            bool isReference = longest.Source is IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation;
            IOperation source = known.Pieces.Count == 1 || isReference ? longest.Source : value;
            if (isReference && source != value && Initializer(source, out ISymbol declared) is { } initial)
            {
                source = initial.Unwrap();
                way = way with { Holder = declared };
            }

            origins.Add(new ConstantOrigin(known.Text, source, way.Holder, way.Preferred));
        }
        else if (value.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte or SpecialType.System_Char } or { Name: "ReadOnlySpan" or "Span" }
            && CollectionElements.Of(value) is { Count: >= 8 } elements
            && elements.All(element => element.Unwrap().ConstantValue.HasValue))
        {
            origins.Add(new ConstantOrigin("", value, way.Holder, way.Preferred));
        }
    }

    /// <summary>What a field, property or parameter of the same file is declared with.</summary>
    private static IOperation? Initializer(IOperation reference, out ISymbol declared)
    {
        declared = reference switch
        {
            IMemberReferenceOperation member => member.Member,
            IParameterReferenceOperation parameter => parameter.Parameter,
            ILocalReferenceOperation local => local.Local,
            _ => null!,
        };

        SyntaxNode? value = declared?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
            ParameterSyntax parameter => parameter.Default?.Value,
            _ => null,
        };

        // Another file's semantic model is not an analyzer's to ask for.
        return value is not null && reference.SemanticModel is { } model && model.SyntaxTree == value.SyntaxTree ? model.GetOperation(value) : null;
    }

    /// <summary>The text or bytes that a call only gives another form.</summary>
    private static IOperation? Converted(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "GetBytes", ContainingType: { Name: "Encoding" or "UTF8Encoding" or "ASCIIEncoding" or "UnicodeEncoding" } } when call.Arguments.Length > 0 => call.Arguments[0].Value,
        { Name: "FromBase64String" or "FromHexString" or "ToBase64String", ContainingType.Name: "Convert" } when call.Arguments.Length > 0 => call.Arguments[0].Value,
        { Name: "HashData", ContainingType.Name: "SHA256" or "SHA384" or "SHA512" or "SHA1" or "MD5" } when call.Arguments.Length > 0 => call.Arguments[0].Value,
        { Name: "DecodeBytes" or "Decode", ContainingType.Name: "Base64UrlEncoder" } when call.Arguments.Length > 0 => call.Arguments[0].Value,
        { Name: "ToCharArray" or "Trim" or "TrimEnd" or "TrimStart" or "ToString" or "ToArray" } when call.Instance is { } instance && call.Arguments.Length <= 1 => instance,
        { Name: "ToArray" or "AsSpan" or "AsMemory" or "ToArray" } when call.Instance is null && call.Arguments.Length == 1 => call.Arguments[0].Value,
        _ => null,
    };

    /// <summary>What a value was reached by.</summary>
    private readonly record struct Way(ISymbol? Holder, IOperation? Preferred);
}
