using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Credentials.Sinks;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Credentials;

/// <summary>
/// Constants that are credentials because of where they go. Two ways lead there: back from the APIs that take nothing but a
/// credential (<see cref="CredentialSinks"/>) to every constant the value may be, and on from a constant to the next place with a
/// name that says so. What comes by an API goes before what comes by a name, and a text that proves itself, a fallback (MLC1006)
/// or a variable of a process (MLC1007) belongs to the rule that says more about it.
/// </summary>
internal sealed class CredentialFinder(AnalyzerOptions options)
{
    internal static readonly OperationKind[] Kinds =
    [
        OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.SimpleAssignment,
        OperationKind.Literal, OperationKind.Utf8String, OperationKind.Binary, OperationKind.InterpolatedString,
    ];

    private readonly CredentialSinks sinks = new();
    private readonly CredentialSettings.Cache settings = new();
    private readonly NamedCredential named = new();

    /// <summary>Whether the node may be an operation of one of <see cref="Kinds"/>; most are none.</summary>
    internal static bool MayBe(SyntaxNode node) => node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax or AssignmentExpressionSyntax
        or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or LiteralExpressionSyntax { Token.Value: string }
        or BinaryExpressionSyntax or InterpolatedStringExpressionSyntax or InitializerExpressionSyntax;

    /// <param name="operation">One of <see cref="Kinds"/>.</param>
    /// <param name="containing">The member or type that contains it.</param>
    internal IEnumerable<FoundCredential> Find(IOperation operation, ISymbol containing) => operation switch
    {
        IObjectCreationOperation creation => InArguments(creation, creation.Arguments, containing),
        IInvocationOperation { TargetMethod: { Name: "ToBase64String", ContainingType.Name: "Convert" }, Arguments.Length: > 0 } call => InBasic(call.Arguments[0].Value, containing),
        IInvocationOperation call => InArguments(call, call.Arguments, containing),
        ISimpleAssignmentOperation assignment => InAssignment(assignment, containing),
        _ => InText(operation, containing),
    };

    private CredentialSettings SettingsFor(IOperation operation) => settings.For(operation.Syntax.SyntaxTree, options);

    /// <summary><c>Convert.ToBase64String(Encoding.UTF8.GetBytes("user:password"))</c>: what basic authentication sends.</summary>
    private IEnumerable<FoundCredential> InBasic(IOperation bytes, ISymbol containing)
    {
        foreach (ConstantOrigin origin in ConstantOrigin.Of(bytes))
        {
            if (CredentialValue.IsUserAndPassword(origin.Text) && !SecretProof.IsIn(origin.Text)
                && !SettingsFor(bytes).IsPlaceholder(origin.Text)
                && !LoopbackEndpoint.IsNear(bytes))
            {
                SettingName setting = SettingName.Named(containing.ContainingType?.Name ?? "", "Password");
                yield return new(Descriptors.HardCodedCredential, DiagnosticSeverity.Error, origin.Source, origin.Text, "the basic authentication", setting) { IsFixable = false };
            }
        }
    }

    private IEnumerable<FoundCredential> InAssignment(ISimpleAssignmentOperation assignment, ISymbol containing)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: { } property } target)
            return [];

        return property.IsIndexer ? InEntry(target.Instance?.Type, target.Arguments, assignment.Value, containing)
            : KindOf(assignment, property, property.ContainingType) is { } kind ? AtSink(assignment.Value, kind, property.ContainingType, property.Name, containing)
            : [];
    }

    private IEnumerable<FoundCredential> InArguments(IOperation user, ImmutableArray<IArgumentOperation> arguments, ISymbol containing)
    {
        if (arguments.Length == 0 || arguments[0].Parameter?.ContainingType is not { } type)
            return [];

        // Nearly every call ends here.
        bool takesCredential = sinks.HasAny(type) || SettingsFor(user).HasSinks;
        bool addsEntry = arguments.Length > 1 && user is IInvocationOperation call && HttpHeader.IsCollection(call.Instance?.Type ?? type);
        return takesCredential || addsEntry ? InArguments(user, arguments, type, takesCredential, containing) : [];
    }

    private IEnumerable<FoundCredential> InArguments(IOperation user, ImmutableArray<IArgumentOperation> arguments, INamedTypeSymbol type, bool takesCredential, ISymbol containing)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter })
                continue;

            IEnumerable<FoundCredential> found = takesCredential && KindOf(user, parameter, type) is { } kind ? AtSink(argument.Value, kind, type, parameter.Name, containing)
                : parameter is { Ordinal: > 0, Name: "value" or "values" } && user is IInvocationOperation call ? InEntry(call.Instance?.Type ?? type, arguments, argument.Value, containing)
                : [];
            foreach (FoundCredential credential in found)
                yield return credential;
        }
    }

    /// <summary><c>headers.Add(name, value)</c>, <c>headers[name] = value</c></summary>
    private IEnumerable<FoundCredential> InEntry(ITypeSymbol? collection, ImmutableArray<IArgumentOperation> arguments, IOperation value, ISymbol containing)
    {
        if (!HttpHeader.IsCollection(collection))
            return [];

        string? header = arguments.Where(argument => argument.Value != value).Select(argument => HttpHeader.NameIn(argument.Value)).FirstOrDefault(name => name is not null);
        return header is not null && HttpHeader.IsCredential(header) ? AtSink(value, SinkKind.Key, collection!, header, containing) : [];
    }

    private SinkKind? KindOf(IOperation user, ISymbol symbol, INamedTypeSymbol type) =>
        sinks.Find(type, symbol.Name) ?? (SettingsFor(user).IsSink(symbol) ? SinkKind.Password : null);

    private IEnumerable<FoundCredential> AtSink(IOperation value, SinkKind kind, ITypeSymbol type, string name, ISymbol containing)
    {
        foreach (ConstantOrigin origin in ConstantOrigin.Of(value))
        {
            if (!IsSecret(value, origin, kind) || (kind == SinkKind.Key && LoopbackEndpoint.IsNear(value)) || IsToldAtItsDeclaration(origin))
                continue;

            // Several APIs may take what a field holds: the finding names the field then, whichever was seen first.
            bool isField = origin.Holder is IFieldSymbol or IPropertySymbol;
            SettingName setting = CredentialSetting.At(origin.Holder, kind, type, name, containing);
            string place = isField ? $"'{origin.Holder!.Name}'" : $"'{name}' of '{type.Name}'";
            yield return new(RuleFor(kind), DiagnosticSeverity.Error, origin.Source, origin.Text, place, setting);
        }
    }

    private static DiagnosticDescriptor RuleFor(SinkKind kind) => kind == SinkKind.CryptographicKey ? Descriptors.HardCodedKey : Descriptors.HardCodedCredential;

    private bool IsSecret(IOperation value, ConstantOrigin origin, SinkKind kind)
    {
        if (origin.IsBytes)
            return kind == SinkKind.CryptographicKey;

        string text = kind == SinkKind.Key ? HttpHeader.CredentialOf(origin.Text) : origin.Text;
        return CredentialValue.IsSecretAt(kind, text)
            && !SettingsFor(value).IsPlaceholder(text)
            && !SecretProof.IsIn(origin.Text)
            && !(origin.Preferred is { } preferred && ConfigurationLookup.KeyOf(preferred) is { } key && FallbackSecret.SeverityOf(key, text) is not null);
    }

    private IEnumerable<FoundCredential> InText(IOperation expression, ISymbol containing)
    {
        string? text = expression is IUtf8StringOperation utf8 ? utf8.Value : expression.ConstantValue is { HasValue: true, Value: string value } ? value : null;
        bool mayHold = text is null ? expression is IInterpolatedStringOperation : SettingsInText.MayHold(text);
        bool mayBe = text is not null && CredentialValue.IsPossible(text);
        if (!(mayHold || mayBe) || !TextComposition.IsWholeText(expression))
            return [];

        return !mayHold ? OfName(expression, text!, containing)
            : !mayBe ? InSettings(expression)
            : InSettings(expression).Concat(OfName(expression, text!, containing));
    }

    private IEnumerable<FoundCredential> OfName(IOperation constant, string text, ISymbol containing)
    {
        if (Destination.Of(constant, containing) is not { } destination)
            yield break;

        CredentialKind kind = named.KindOf(destination.Name);
        if (kind == CredentialKind.None && destination.Collection is not null && HttpHeader.IsCredential(destination.Name))
            (kind, text) = (CredentialKind.Key, HttpHeader.CredentialOf(text));

        if (!NamedCredential.Is(destination, kind, text) || IsSink(destination) || SecretProof.IsIn(text)
            || FallbackSecret.Claims(constant, text) || ProcessSecret.Claims(destination)
            || SettingsFor(constant) is var own && (own.IsPlaceholder(text) || own.IsSink(destination.Symbol))
            || (kind != CredentialKind.Password && LoopbackEndpoint.IsNear(constant))
            || IsTakenInFile(constant, destination, text))
        {
            yield break;
        }

        SettingName setting = destination.Owner is { } owner ? SettingName.Named(owner.Name, destination.Name) : SettingName.Named(destination.Name);
        SinkKind? taken = destination.Symbol is IFieldSymbol field && constant.SemanticModel is { } model ? TakenInOtherFiles(field, model) : null;
        DiagnosticDescriptor rule = taken is { } sink ? RuleFor(sink) : kind == CredentialKind.WeakKey ? Descriptors.PossibleSecret : Descriptors.HardCodedCredential;
        yield return new(rule, taken is null ? rule.DefaultSeverity : DiagnosticSeverity.Error, constant, text, $"'{destination.Name}'", setting);
    }

    /// <summary>The query of an address, the members of a JSON text.</summary>
    private IEnumerable<FoundCredential> InSettings(IOperation expression)
    {
        KnownText text = KnownText.WrittenIn(expression);
        if (!SettingsInText.MayHold(text.Text) || SecretProof.IsIn(text.Text))
            yield break;

        foreach (SettingsInText setting in SettingsInText.Read(text))
        {
            CredentialKind kind = named.KindOf(setting.Name);
            if (kind is not (CredentialKind.Password or CredentialKind.Key) || !CredentialValue.IsSecretNamed(kind, setting.Value)
                || SettingsFor(expression).IsPlaceholder(setting.Value) || LoopbackEndpoint.IsLocal(text.Text))
            {
                continue;
            }

            DiagnosticDescriptor rule = Descriptors.HardCodedCredential;
            yield return new(rule, rule.DefaultSeverity, setting.Literal, setting.Value, $"'{setting.Name}'", SettingName.Named(setting.Name)) { IsFixable = false };
            yield break;
        }
    }

    private bool IsSink(Destination destination) => SinkOf(destination) is not null;

    private SinkKind? SinkOf(Destination destination) =>
        destination.Symbol is not null ? sinks.Find(destination.Owner, destination.Name)
        : HttpHeader.IsCollection(destination.Collection) && HttpHeader.IsCredential(destination.Name) ? SinkKind.Key
        : null;

    /// <summary>Whether a use of the variable or member that keeps the constant is reported in its place.</summary>
    private bool IsTakenInFile(IOperation constant, Destination destination, string text)
    {
        if (destination.Symbol is not (ILocalSymbol or IFieldSymbol or IPropertySymbol or IParameterSymbol) || constant.SemanticModel is not { } model)
            return false;

        TypeDeclarationSyntax? type = constant.Syntax.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault();
        SyntaxNode scope = type is null || type.Modifiers.Any(SyntaxKind.PartialKeyword) ? constant.Syntax.SyntaxTree.GetRoot() : type;
        foreach (IOperation reference in NamedUses.In(scope, destination.Name, model))
        {
            if (FallbackSecret.Claims(reference, text))
                return true;

            if (Destination.Of(reference, member: null) is { } next && (IsSink(next) || ProcessSecret.Claims(next))
                && ConstantOrigin.Of(next.Value).Any(origin => origin.Source.Syntax == constant.Syntax))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What takes a constant of one file in another: the constant weighs as much as there, and is told where it is declared.</summary>
    private SinkKind? TakenInOtherFiles(IFieldSymbol field, SemanticModel model)
    {
        foreach (IOperation reference in NamedUses.InOtherFiles(field, model))
        {
            if (TakingSink(reference) is { } kind)
                return kind;
        }

        return null;
    }

    /// <summary>The other end of <see cref="TakenInOtherFiles"/>.</summary>
    private bool IsToldAtItsDeclaration(ConstantOrigin origin) =>
        origin.Source is IFieldReferenceOperation { Field: { ConstantValue: string text, DeclaringSyntaxReferences: [var declaration, ..] } field }
        && declaration.SyntaxTree != origin.Source.Syntax.SyntaxTree
        && NamedCredential.Is(Destination.OfField(field, origin.Source), named.KindOf(field.Name), text)
        && TakingSink(origin.Source) is not null;

    private SinkKind? TakingSink(IOperation reference) => Destination.Of(reference, member: null) is { } next ? SinkOf(next) : null;
}
