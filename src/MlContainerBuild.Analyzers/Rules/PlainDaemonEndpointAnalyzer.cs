using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlContainerBuild.Analyzers.Containers;
using MlContainerBuild.Analyzers.Operations;

namespace MlContainerBuild.Analyzers.Rules;

/// <summary>
/// MLC2104. A Docker daemon that answers on tcp without client certificates gives root on its host to everybody who reaches
/// the port. Loopback is Info: every local user reaches that too; and so are
/// tests.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlainDaemonEndpointAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.PlainDaemonEndpoint);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WrittenFiles.With(["DockerClientConfiguration"], start.Compilation) is { } clients
                && start.Compilation.GetTypeByMetadataName("Docker.DotNet.DockerClientConfiguration") is { } configuration)
            {
                clients.RegisterOperationAction(start, operation => AnalyzeConfiguration(operation, configuration), OperationKind.ObjectCreation);
            }

            WrittenFiles.With(["WithEndpoint", "WithDockerEndpoint", "SetEnvironmentVariable"], start.Compilation)?.RegisterOperationAction(start, AnalyzeCall, OperationKind.Invocation);
        });
    }

    private static void AnalyzeConfiguration(OperationAnalysisContext context, INamedTypeSymbol configuration)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, configuration))
            return;

        IArgumentOperation? credentials = creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "credentials");
        if (credentials is null || IsAnonymous(credentials))
            Report(context, creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "endpoint")?.Value);
    }

    /// <summary>Docker.DotNet's builder, Testcontainers, and the variable that every client reads.</summary>
    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.Name)
        {
            case "WithEndpoint" when call.Arguments.Length > 0 && call.TargetMethod.ContainingNamespace.Is("Docker", "DotNet") && !HasAuthentication(call):
            case "WithDockerEndpoint" when call.Arguments.Length > 0 && call.TargetMethod.ContainingNamespace.Is("DotNet", "Testcontainers", "Builders"):
                Report(context, call.Arguments[0].Value);
                break;
            case "SetEnvironmentVariable" when call.Arguments.Length >= 2 && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: "DOCKER_HOST" }:
                Report(context, call.Arguments[1].Value);
                break;
        }
    }

    private static bool IsAnonymous(IArgumentOperation credentials) =>
        credentials.ArgumentKind == ArgumentKind.DefaultValue
        || credentials.Value.Unwrap().ConstantValue is { HasValue: true, Value: null }
        || credentials.Value.Unwrap() is IObjectCreationOperation { Type.Name: "AnonymousCredentials" };

    /// <summary>Whether the chain of builder calls around this one brings credentials.</summary>
    private static bool HasAuthentication(IInvocationOperation call) =>
        call.Root().Descendants().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: "WithAuthProvider" or "WithAuthentication" or "WithTransportOptions" } });

    private static void Report(OperationAnalysisContext context, IOperation? endpoint)
    {
        if (endpoint is null || KnownText.Of(endpoint).Text is not { } text || HostOf(text) is not { } host)
            return;

        DiagnosticSeverity severity = host is "localhost" or "[::1]" or "0.0.0.0" || host.StartsWith("127.", StringComparison.Ordinal)
            ? DiagnosticSeverity.Info
            : ProjectKind.SeverityOutsideTests(context.Compilation, Descriptors.PlainDaemonEndpoint);

        context.ReportDiagnostic(Descriptors.PlainDaemonEndpoint.At(endpoint, severity, text.Replace(KnownText.Hole.ToString(), "…")));
    }

    /// <summary>The host of a tcp or http address; null for any other scheme.</summary>
    private static string? HostOf(string address)
    {
        foreach (string scheme in (string[])["tcp://", "http://"])
        {
            if (!address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                continue;

            string authority = address.Substring(scheme.Length);
            int end = authority.StartsWith("[", StringComparison.Ordinal) ? authority.IndexOf(']') + 1 : authority.IndexOfAny([':', '/']);
            return end > 0 ? authority.Substring(0, end) : authority;
        }

        return null;
    }
}
