using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
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
            start.RegisterOperationAction(operation => Analyze(operation, isTest), TextComposition.Kinds);
        });
    }

    private static void Analyze(OperationAnalysisContext context, bool isTest)
    {
        IOperation expression = context.Operation;
        if (expression.ConstantValue is { HasValue: true, Value: not string { Length: >= ShortestSecret } } || !TextComposition.IsWholeText(expression))
            return;

        KnownText text = KnownText.WrittenIn(expression);
        if (text.Text.Length < ShortestSecret)
            return;

        bool isFound = false;
        foreach (SecretText secret in Find(text, expression))
        {
            isFound = true;
            Report(context, secret, isTest);
        }

        if (!isFound && EncodedSecret.Find(text, expression) is { } format)
            Report(context, new SecretText(format, SecretMask.Hidden, expression.Syntax.GetLocation()), isTest);
    }

    private static IEnumerable<SecretText> Find(KnownText text, IOperation expression)
    {
        SecretText[] alone = [.. SecretText.In(text, expression)];

        // "Password=…" means something beside a server only, and that may be what another statement appends.
        bool isHalf = alone.Length == 0 && AppendedText.IsAppended(expression)
            && (text.Text.IndexOf("password", StringComparison.OrdinalIgnoreCase) >= 0 || text.Text.IndexOf("pwd", StringComparison.OrdinalIgnoreCase) >= 0);
        return isHalf && AppendedText.Around(expression) is var (whole, start) ? SecretText.In(text, whole, start, expression) : alone;
    }

    private static void Report(OperationAnalysisContext context, SecretText secret, bool isTest)
    {
        SecretFormat format = secret.Format;
        switch (format.Id)
        {
            case "private-key" or "private-key-encrypted" or "gcp-service-account":
                if (!isTest)
                    context.ReportDiagnostic(Descriptors.PrivateKey.At(secret.Location, SeverityOf(format), fix: null, format.Name));

                break;
            case "connection-string" or "connection-string-local" or "uri-password" or "uri-password-local":
                if (!isTest)
                {
                    SettingName setting = SettingName.OfConnection(TargetName.Of(context.Operation));
                    context.ReportDiagnostic(Descriptors.ConnectionPassword.At(secret.Location, SeverityOf(format), setting.Property, format.Name, setting.Key));
                }

                break;
            default:
                // A test may hold a token that expired, or half of one.
                if (isTest && format.Confidence != SecretConfidence.Structural)
                    break;

                SettingName name = SettingName.For(format);
                string shown = secret.Mask == SecretMask.Hidden ? format.Name : $"{format.Name} ({secret.Mask})";
                context.ReportDiagnostic(Descriptors.ProviderToken.At(secret.Location, SeverityOf(format), name.Property, shown, name.Reading));
                break;
        }
    }

    /// <summary>What may be half a secret (a key id, a test key, a token that expires) is a warning; a password for this machine gives nobody else access.</summary>
    private static DiagnosticSeverity SeverityOf(SecretFormat format) =>
        format.Id is "uri-password-local" or "connection-string-local" ? DiagnosticSeverity.Info
        : format.Confidence == SecretConfidence.Structural ? DiagnosticSeverity.Error
        : DiagnosticSeverity.Warning;
}
