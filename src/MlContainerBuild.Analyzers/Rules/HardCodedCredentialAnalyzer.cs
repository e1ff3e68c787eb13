using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Credentials;
using MlContainerBuild.Analyzers.Credentials.Sinks;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC1002, MLC1004, MLC1008. A constant that is a credential because of where it goes. Two ways lead there: back from the
/// APIs that take nothing but a credential (<see cref="CredentialSinks"/>) to every constant the value may be, and on from a
/// constant to the next place with a name that says so. Both are reported at the constant, once; what comes by an API goes
/// before what comes by a name, and a text that proves itself, a fallback (MLC1006) or a variable of a process (MLC1007)
/// belongs to the rule that says more about it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HardCodedCredentialAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.HardCodedCredential, Descriptors.HardCodedKey, Descriptors.PossibleSecret);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            // Passwords in tests are made up, nearly all of them.
            if (ProjectKind.IsTest(start.Compilation))
                return;

            var compilation = new CompilationContext();
            start.RegisterOperationAction(compilation.AnalyzeCreation, OperationKind.ObjectCreation);
            start.RegisterOperationAction(compilation.AnalyzeCall, OperationKind.Invocation);
            start.RegisterOperationAction(compilation.AnalyzeAssignment, OperationKind.SimpleAssignment);
            start.RegisterOperationAction(compilation.AnalyzeConstant, OperationKind.Literal, OperationKind.Utf8String, OperationKind.Binary, OperationKind.InterpolatedString);
        });
    }

    private sealed class CompilationContext
    {
        private const int MaximumUses = 64;

        // Classes of names: what they hold is called like a credential.
        private static readonly string[] NamesOfNames =
            ["EnvironmentVariables", "EnvVars", "Names", "Keys", "Headers", "Claims", "ClaimTypes", "Scopes", "Permissions", "Policies", "Routes", "Messages", "Resources", "Errors", "Strings", "Parameters"];

        private readonly CredentialSinks sinks = new();
        private readonly CredentialSettings.Cache settings = new();
        private readonly ConcurrentDictionary<string, CredentialKind> kinds = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<(SyntaxTree File, TextSpan Span), bool> reported = new();

        internal void AnalyzeCreation(OperationAnalysisContext context)
        {
            var creation = (IObjectCreationOperation)context.Operation;
            AnalyzeArguments(context, creation.Arguments);
        }

        internal void AnalyzeCall(OperationAnalysisContext context)
        {
            var call = (IInvocationOperation)context.Operation;
            AnalyzeArguments(context, call.Arguments);
            if (call is { TargetMethod: { Name: "ToBase64String", ContainingType.Name: "Convert" }, Arguments.Length: > 0 })
                AnalyzeBasic(context, call.Arguments[0].Value);
        }

        /// <summary><c>Convert.ToBase64String(Encoding.UTF8.GetBytes("user:password"))</c>: what basic authentication sends.</summary>
        private void AnalyzeBasic(OperationAnalysisContext context, IOperation bytes)
        {
            foreach (ConstantOrigin origin in ConstantOrigin.Of(bytes))
            {
                if (CredentialValue.IsUserAndPassword(origin.Text) && !SecretProof.IsIn(origin.Text)
                    && !settings.For(context.Operation.Syntax.SyntaxTree, context.Options).IsPlaceholder(origin.Text)
                    && !LoopbackEndpoint.IsNear(bytes)
                    && reported.TryAdd((origin.Source.Syntax.SyntaxTree, origin.Source.Syntax.Span), true))
                {
                    SettingName setting = SettingName.Named(context.ContainingSymbol.ContainingType?.Name ?? "", "Password");
                    context.ReportDiagnostic(Descriptors.HardCodedCredential.At(
                        origin.Source.Syntax.GetLocation(), DiagnosticSeverity.Error, fix: null, "the basic authentication", setting.Key, setting.Variable));
                }
            }
        }

        internal void AnalyzeAssignment(OperationAnalysisContext context)
        {
            var assignment = (ISimpleAssignmentOperation)context.Operation;
            if (assignment.Target is not IPropertyReferenceOperation { Property: { } property } target)
                return;

            if (property.IsIndexer)
                AnalyzeEntry(context, target.Instance?.Type, target.Arguments, assignment.Value);
            else if (KindOf(context, property, property.ContainingType) is { } kind)
                AnalyzeSink(context, assignment.Value, kind, property.ContainingType, property.Name);
        }

        private void AnalyzeArguments(OperationAnalysisContext context, ImmutableArray<IArgumentOperation> arguments)
        {
            if (arguments.Length == 0 || arguments[0].Parameter?.ContainingType is not { } type)
                return;

            // Nearly every call ends here.
            bool takesCredential = sinks.HasAny(type) || settings.For(context.Operation.Syntax.SyntaxTree, context.Options).HasSinks;
            if (!takesCredential && arguments.Length < 2)
                return;

            foreach (IArgumentOperation argument in arguments)
            {
                if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter })
                    continue;

                if (takesCredential && KindOf(context, parameter, type) is { } kind)
                    AnalyzeSink(context, argument.Value, kind, type, parameter.Name);
                else if (parameter is { Ordinal: > 0, Name: "value" or "values" } && context.Operation is IInvocationOperation call)
                    AnalyzeEntry(context, call.Instance?.Type ?? type, arguments, argument.Value);
            }
        }

        /// <summary><c>headers.Add(name, value)</c>, <c>headers[name] = value</c></summary>
        private void AnalyzeEntry(OperationAnalysisContext context, ITypeSymbol? collection, ImmutableArray<IArgumentOperation> arguments, IOperation value)
        {
            if (!HttpHeader.IsCollection(collection))
                return;

            IArgumentOperation? name = arguments.FirstOrDefault(argument => argument.Value != value && argument.Value.Type?.SpecialType == SpecialType.System_String);
            if (name is not null && KnownText.ConstantOf(name.Value) is { } header && HttpHeader.IsCredential(header))
                AnalyzeSink(context, value, SinkKind.Key, collection!, header);
        }

        private SinkKind? KindOf(OperationAnalysisContext context, ISymbol symbol, INamedTypeSymbol type) =>
            sinks.Find(type, symbol.Name)
            ?? (settings.For(context.Operation.Syntax.SyntaxTree, context.Options).IsSink(symbol) ? SinkKind.Password : null);

        private void AnalyzeSink(OperationAnalysisContext context, IOperation value, SinkKind kind, ITypeSymbol type, string name)
        {
            foreach (ConstantOrigin origin in ConstantOrigin.Of(value))
            {
                if (!IsSecret(context, origin, kind) || (kind == SinkKind.Key && LoopbackEndpoint.IsNear(value)))
                    continue;

                if (!reported.TryAdd((origin.Source.Syntax.SyntaxTree, origin.Source.Syntax.Span), true))
                    continue;

                // Several APIs may take what a field holds: the finding names the field then, whichever was seen first.
                bool isField = origin.Holder is IFieldSymbol or IPropertySymbol;
                SettingName setting = SettingOf(context, origin.Holder, kind, type, name);
                if (kind == SinkKind.Password && origin.Holder is null && MemberOf(context.ContainingSymbol) is { } member)
                    setting = setting.Within(setting.Subject(member));

                string place = isField ? $"'{origin.Holder!.Name}'" : $"'{name}' of '{type.Name}'";
                DiagnosticDescriptor rule = kind == SinkKind.CryptographicKey ? Descriptors.HardCodedKey : Descriptors.HardCodedCredential;
                context.ReportDiagnostic(rule.At(origin.Source.Syntax.GetLocation(), DiagnosticSeverity.Error, setting.Property, place, setting.Key, setting.Variable));
            }
        }

        /// <summary>The field or property that keeps what takes the password: one type may have several logins.</summary>
        private static string? MemberOf(ISymbol containing) => containing switch
        {
            IFieldSymbol or IPropertySymbol => containing.Name,
            IMethodSymbol { AssociatedSymbol: IPropertySymbol property } => property.Name,
            _ => null,
        };

        /// <summary>Named by the variable or member that holds it, else by the product; types of .NET say less than the type that uses them.</summary>
        private static SettingName SettingOf(OperationAnalysisContext context, ISymbol? holder, SinkKind kind, ITypeSymbol type, string name)
        {
            if (holder is IFieldSymbol or IPropertySymbol)
                return SettingName.Named(holder.ContainingType.Name, holder.Name);

            string role = kind == SinkKind.CryptographicKey ? "SigningKey" : name;
            bool isOfPlatform = type.ContainingNamespace?.ToDisplayString() is { } space
                && (space.StartsWith("System", StringComparison.Ordinal) || space.StartsWith("Microsoft.IdentityModel", StringComparison.Ordinal))
                && type.Name != "ApiKeyCredential";
            return SettingName.Named(isOfPlatform ? context.ContainingSymbol.ContainingType?.Name ?? "" : Product(type), role);
        }

        /// <summary>Whose credential it is: of <c>OpenAI.Chat.ChatClient</c> that is OpenAI.</summary>
        private static string Product(ITypeSymbol type)
        {
            INamespaceSymbol space = type.ContainingNamespace;
            while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
                space = space.ContainingNamespace;

            return space.Name is "OpenAI" or "Anthropic" or "Pinecone" or "Qdrant" ? space.Name
                : type.Name == "ApiKeyCredential" ? "OpenAI"
                : type.Name;
        }

        private bool IsSecret(OperationAnalysisContext context, ConstantOrigin origin, SinkKind kind)
        {
            if (origin.IsBytes)
                return kind == SinkKind.CryptographicKey;

            string text = kind == SinkKind.Key ? HttpHeader.CredentialOf(origin.Text) : origin.Text;
            return CredentialValue.IsSecretAt(kind, text)
                && !settings.For(context.Operation.Syntax.SyntaxTree, context.Options).IsPlaceholder(text)
                && !SecretProof.IsIn(origin.Text)
                && !(origin.Preferred is { } preferred && ConfigurationLookup.KeyOf(preferred) is { } key && FallbackSecret.SeverityOf(key, text) is not null);
        }

        internal void AnalyzeConstant(OperationAnalysisContext context)
        {
            IOperation constant = context.Operation;
            string? text = constant is IUtf8StringOperation utf8 ? utf8.Value : constant.ConstantValue is { HasValue: true, Value: string value } ? value : null;
            if (text is null ? constant is IInterpolatedStringOperation && TextComposition.IsWholeText(constant) : SettingsInText.MayHold(text) && TextComposition.IsWholeText(constant))
                AnalyzeSettings(context, constant);

            if (text is null || !CredentialValue.IsPossible(text) || !TextComposition.IsWholeText(constant))
                return;

            if (Destination.Of(constant, context.ContainingSymbol) is not { } destination)
                return;

            CredentialKind kind = kinds.GetOrAdd(destination.Name, Judge);
            if (!CredentialValue.IsSecretNamed(kind, text) || IsNoCredential(destination) || IsSink(destination) || SecretProof.IsIn(text)
                || FallbackSecret.Claims(constant, text) || ProcessSecret.Claims(destination)
                || settings.For(constant.Syntax.SyntaxTree, context.Options) is var own && (own.IsPlaceholder(text) || own.IsSink(destination.Symbol))
                || (kind != CredentialKind.Password && LoopbackEndpoint.IsNear(constant))
                || IsTakenElsewhere(constant, destination, text))
            {
                return;
            }

            SettingName setting = destination.Owner is { } owner ? SettingName.Named(owner.Name, destination.Name) : SettingName.Named(destination.Name);
            DiagnosticDescriptor rule = kind == CredentialKind.WeakKey ? Descriptors.PossibleSecret : Descriptors.HardCodedCredential;
            context.ReportDiagnostic(rule.At(constant.Syntax.GetLocation(), rule.DefaultSeverity, setting.Property, $"'{destination.Name}'", setting.Key, setting.Variable));
        }

        /// <summary>The query of an address, the members of a JSON text.</summary>
        private void AnalyzeSettings(OperationAnalysisContext context, IOperation expression)
        {
            KnownText text = KnownText.WrittenIn(expression);
            if (!SettingsInText.MayHold(text.Text) || SecretProof.IsIn(text.Text))
                return;

            foreach (SettingsInText setting in SettingsInText.Read(text))
            {
                CredentialKind kind = kinds.GetOrAdd(setting.Name, Judge);
                if (kind is not (CredentialKind.Password or CredentialKind.Key) || !CredentialValue.IsSecretNamed(kind, setting.Value)
                    || settings.For(expression.Syntax.SyntaxTree, context.Options).IsPlaceholder(setting.Value) || LoopbackEndpoint.IsLocal(text.Text))
                {
                    continue;
                }

                SettingName name = SettingName.Named(setting.Name);
                DiagnosticDescriptor rule = Descriptors.HardCodedCredential;
                context.ReportDiagnostic(rule.At(setting.Literal.Syntax.GetLocation(), rule.DefaultSeverity, fix: null, $"'{setting.Name}'", name.Key, name.Variable));
                return;
            }
        }

        /// <summary>A lone "token" is often none, but what looks random there may be one; in code the first and second "pass" are rounds.</summary>
        private static CredentialKind Judge(string name) =>
            CredentialName.Judge(name) is not CredentialKind.None and var kind ? (IsRound(name) ? CredentialKind.None : kind)
            : name.Trim('_').ToLowerInvariant() is "token" or "auth" or "credential" ? CredentialKind.WeakKey
            : CredentialKind.None;

        private static bool IsRound(string name) =>
            name.EndsWith("Pass", StringComparison.Ordinal)
            && NameWords.Split(name) is { Count: > 1 } words
            && words[words.Count - 2] is not ("user" or "db" or "database" or "sql" or "admin" or "root" or "login" or "auth" or "smtp" or "mail" or "ftp" or "ssh" or "proxy" or "default");

        /// <summary>Classes of names, and containers for tests, whose passwords live as long as they do.</summary>
        private static bool IsNoCredential(Destination destination)
        {
            INamedTypeSymbol? type = destination.Owner ?? destination.Collection as INamedTypeSymbol;
            string space = type?.ContainingNamespace?.ToDisplayString() ?? "";
            return (destination.Symbol is IFieldSymbol && Array.Exists(NamesOfNames, suffix => type!.Name.EndsWith(suffix, StringComparison.Ordinal)))
                || space.StartsWith("Testcontainers", StringComparison.Ordinal)
                || space.StartsWith("DotNet.Testcontainers", StringComparison.Ordinal)
                || space.StartsWith("Aspire.Hosting", StringComparison.Ordinal);
        }

        private bool IsSink(Destination destination) =>
            destination.Symbol is not null ? sinks.Find(destination.Owner, destination.Name) is not null
            : HttpHeader.IsCollection(destination.Collection) && HttpHeader.IsCredential(destination.Name);

        /// <summary>Whether a use of the variable or member that keeps the constant is reported in its place.</summary>
        private bool IsTakenElsewhere(IOperation constant, Destination destination, string text)
        {
            if (destination.Symbol is not (ILocalSymbol or IFieldSymbol or IPropertySymbol or IParameterSymbol) || constant.SemanticModel is not { } model)
                return false;

            SyntaxNode scope = constant.Syntax.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? constant.Syntax.SyntaxTree.GetRoot();
            var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == destination.Name).Take(MaximumUses);
            foreach (IdentifierNameSyntax use in uses)
            {
                IOperation? reference = model.GetOperation(use) ?? (use.Parent is { } access ? model.GetOperation(access) : null);
                if (reference is null)
                    continue;

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
    }
}
