using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>
/// The files of a compilation in which one of a rule's words is written: names of types and members, constants, without one of
/// which nothing concerns the rule. The compiler calls an operation action for every operation of its kind, and what a rule costs
/// is mostly that it is called for nothing.
/// </summary>
internal sealed class WrittenFiles
{
    private readonly ulong[] words;

    private WrittenFiles(ulong[] words) => this.words = words;

    /// <summary>The files with one of the words; null when there is none. To be asked before any symbol is looked up.</summary>
    /// <param name="words">As <see cref="FileWords.Hash(IEnumerable{string})"/> takes them.</param>
    internal static WrittenFiles? With(IEnumerable<string> words, Compilation compilation)
    {
        ulong[] hashes = FileWords.Hash(words);
        foreach (SyntaxTree file in compilation.SyntaxTrees)
        {
            if (FileWords.Of(file).MayHaveAny(hashes))
                return new WrittenFiles(hashes);
        }

        return null;
    }

    /// <summary>As the compilation's own, for these files.</summary>
    internal void RegisterOperationAction(CompilationStartAnalysisContext start, Action<OperationAnalysisContext> analyze, params OperationKind[] kinds) =>
        start.RegisterOperationBlockStartAction(block =>
        {
            if (FileWords.Of(block.OperationBlocks[0].Syntax.SyntaxTree).MayHaveAny(words))
                block.RegisterOperationAction(analyze, kinds);
        });
}
