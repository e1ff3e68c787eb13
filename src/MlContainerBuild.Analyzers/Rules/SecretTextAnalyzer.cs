using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Credentials;
using MlContainerBuild.Analyzers.Operations;
using MlContainerBuild.Secrets;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC1001, MLC1003, MLC1005. A text in the source that is a secret by its own form, wherever it stands and whatever it is
/// used for: a provider's token, a connection string or URI with a password, a private key. It is reported once, at the
/// literal; at the whole expression where it is put together of several. In test projects only tokens count: their
/// passwords and keys open nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretTextAnalyzer : DiagnosticAnalyzer
{
    private const int ShortestSecret = 8;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.ProviderToken, Descriptors.ConnectionPassword, Descriptors.PrivateKey);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            bool isTest = ProjectKind.IsTest(start.Compilation);
            var settings = new ConcurrentDictionary<SyntaxTree, DistinctSettings>();
            start.RegisterOperationAction(operation => Analyze(operation, isTest, settings), TextComposition.Kinds);
        });
    }

    private static void Analyze(OperationAnalysisContext context, bool isTest, ConcurrentDictionary<SyntaxTree, DistinctSettings> settings)
    {
        foreach (SecretText secret in FindIn(context.Operation))
            Report(context, secret, isTest, settings);
    }

    private static SecretText[] FindIn(IOperation expression)
    {
        if (expression.ConstantValue is { HasValue: true, Value: not string { Length: >= ShortestSecret } } || !TextComposition.IsWholeText(expression))
            return [];

        // Nearly every text is a literal that is not worth being taken apart.
        if (expression is ILiteralOperation { ConstantValue.Value: string literal } && !AppendedText.IsAppended(expression)
            && SecretScanner.Scan(literal.AsSpan()).Count == 0 && EncodedSecret.Find(literal, expression) is null)
        {
            return [];
        }

        KnownText text = KnownText.WrittenIn(expression);
        if (text.Text.Length < ShortestSecret)
            return [];

        SecretText[] found = [.. Find(text, expression)];
        return found.Length == 0 && EncodedSecret.Find(text, expression) is { } format
            ? [new SecretText(format, text.Text, SecretMask.Hidden, expression.Syntax.GetLocation())]
            : found;
    }

    private static IEnumerable<SecretText> Find(KnownText text, IOperation expression)
    {
        SecretText[] alone = [.. SecretText.In(text, expression)];

        // "Password=…" means something beside a server only, and that may be what another statement appends.
        bool isHalf = alone.Length == 0 && AppendedText.IsAppended(expression)
            && (text.Text.IndexOf("password", StringComparison.OrdinalIgnoreCase) >= 0 || text.Text.IndexOf("pwd", StringComparison.OrdinalIgnoreCase) >= 0);
        return isHalf && AppendedText.Around(expression) is var (whole, start) ? SecretText.In(text, whole, start, expression) : alone;
    }

    private static void Report(OperationAnalysisContext context, SecretText secret, bool isTest, ConcurrentDictionary<SyntaxTree, DistinctSettings> settings)
    {
        SecretFormat format = secret.Format;
        switch (format.Id)
        {
            case "private-key" or "private-key-encrypted" or "gcp-service-account":
                if (!isTest)
                    context.ReportDiagnostic(Descriptors.PrivateKey.At(secret.Location, SeverityOf(format), fix: null, format.Name));

                break;
            case not null when IsConnection(format):
                if (!isTest)
                {
                    SettingName setting = SettingOf(context.Operation, secret, settings);
                    context.ReportDiagnostic(Descriptors.ConnectionPassword.At(secret.Location, SeverityOf(format), setting.Property, format.Name, setting.Key));
                }

                break;
            default:
                // A test may hold a token that expired, or half of one.
                if (isTest && format.Confidence != SecretConfidence.Structural)
                    break;

                SettingName name = SettingOf(context.Operation, secret, settings);
                string shown = secret.Mask == SecretMask.Hidden ? format.Name : $"{format.Name} ({secret.Mask})";
                context.ReportDiagnostic(Descriptors.ProviderToken.At(secret.Location, SeverityOf(format), name.Property, shown, name.Key, name.File));
                break;
        }
    }

    private static SettingName SettingOf(IOperation expression, SecretText secret, ConcurrentDictionary<SyntaxTree, DistinctSettings> settings)
    {
        if (ConfigurationLookup.KeyBefore(expression) is { } key)
            return SettingName.Known(key);

        SettingName alone = Alone(expression, secret);
        return expression.SemanticModel is { } model
            ? settings.GetOrAdd(model.SyntaxTree, _ => DistinctIn(model)).At(expression.Syntax.Span, alone)
            : alone;
    }

    private static SettingName Alone(IOperation expression, SecretText secret) =>
        IsConnection(secret.Format) ? SettingName.OfConnection(TargetName.Of(expression), ConnectionDatabase.In(KnownText.Of(expression).Text)) : SettingName.For(secret.Format);

    private static bool IsConnection(SecretFormat format) => format.Id is "connection-string" or "connection-string-local" or "uri-password" or "uri-password-local";

    /// <summary>Looks at a file once, and only where there is a secret in it.</summary>
    private static DistinctSettings DistinctIn(SemanticModel model)
    {
        var secrets = new List<(SyntaxNode Place, string Value, SettingName Setting)>();
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is not (LiteralExpressionSyntax { Token.Value: string } or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax or InvocationExpressionSyntax)
                || model.GetOperation(node) is not { } expression || Array.IndexOf(TextComposition.Kinds, expression.Kind) < 0)
            {
                continue;
            }

            foreach (SecretText secret in FindIn(expression))
            {
                if (ConfigurationLookup.KeyBefore(expression) is null)
                    secrets.Add((expression.Syntax, IsConnection(secret.Format) ? KnownText.Of(expression).Text : secret.Value, Alone(expression, secret)));
            }
        }

        return new DistinctSettings(secrets);
    }

    /// <summary>What may be half a secret (a key id, a test key, a token that expires) is a warning; a password for this machine gives nobody else access.</summary>
    private static DiagnosticSeverity SeverityOf(SecretFormat format) =>
        format.Id is "uri-password-local" or "connection-string-local" ? DiagnosticSeverity.Info
        : format.Confidence == SecretConfidence.Structural ? DiagnosticSeverity.Error
        : DiagnosticSeverity.Warning;
}
