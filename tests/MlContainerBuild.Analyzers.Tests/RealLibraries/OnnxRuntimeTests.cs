using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlContainerBuild.Analyzers.Tests.Documentation;
using MlContainerBuild.Analyzers.Tests.Verification;

namespace MlContainerBuild.Analyzers.Tests.RealLibraries;

/// <summary>What the rules and their tests believe of ONNX Runtime is what its real assembly says.</summary>
public sealed class OnnxRuntimeTests
{
    private static readonly SymbolDisplayFormat Signature = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeModifiers,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeModifiers,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>Names, parameters and their names: what a rule binds to, and what a fix writes.</summary>
    [OnnxRuntimeFact]
    public void EveryMemberOfTheStub_IsInTheRealAssembly()
    {
        ImmutableHashSet<string> real = [.. Members(OnnxRuntimePackage.Reference!).Select(member => member.ToDisplayString(Signature))];

        Assert.All(Members(StubLibraries.Get("OnnxRuntime")), member => Assert.Contains(member.ToDisplayString(Signature), real));
    }

    [OnnxRuntimeFact]
    public async Task EveryExample_IsReportedAgainstTheRealAssemblyToo()
    {
        int examples = 0;
        foreach (DiagnosticDescriptor rule in AllRules.Rules)
        {
            foreach (string example in RulePage.Read(rule.Id).Examples("Noncompliant").Where(text => text.Contains("using Microsoft.ML.OnnxRuntime;", StringComparison.Ordinal)))
            {
                Compilation compilation = TestProject.Compile(example, OnnxRuntimePackage.Reference!);
                TestProject.AssertCompiles(compilation, $"example of {rule.Id}");

                ImmutableArray<Diagnostic> diagnostics = await TestProject.AnalyzeAsync(compilation, [.. AllRules.Analyzers]);
                Assert.Contains(diagnostics, diagnostic => diagnostic.Id == rule.Id);
                Assert.All(diagnostics, diagnostic => Assert.Equal(rule.Id, diagnostic.Id));
                examples++;
            }
        }

        Assert.True(examples >= 7, $"Only {examples} examples use ONNX Runtime.");
    }

    private static IEnumerable<ISymbol> Members(MetadataReference library)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Lookup", references: [.. DotNetReferences.All, library]);
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(library)!;
        INamespaceSymbol space = assembly.GlobalNamespace.GetNamespaceMembers().Single(item => item.Name == "Microsoft")
            .GetNamespaceMembers().Single(item => item.Name == "ML")
            .GetNamespaceMembers().Single(item => item.Name == "OnnxRuntime");

        return space.GetTypeMembers()
            .Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .SelectMany(type => type.GetMembers())
            .Where(member => member is { DeclaredAccessibility: Accessibility.Public, Kind: SymbolKind.Method or SymbolKind.Property or SymbolKind.Field }
                && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet });
    }
}
