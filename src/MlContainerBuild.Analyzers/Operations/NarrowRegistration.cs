using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlContainerBuild.Analyzers.Operations;

/// <summary>Registers what has work in few files, or none.</summary>
internal static class NarrowRegistration
{
    /// <summary>
    /// As <c>RegisterOperationAction</c>, but only for files in which one of the words is written, and not at all where no file
    /// is one: the compiler calls an operation action for every operation of the kind there is, and what rules cost is mostly
    /// that they are called for nothing.
    /// </summary>
    /// <param name="words">As <see cref="FileWords.Hash(IEnumerable{string})"/> takes them. Without one of them no operation concerns the rule: names of types and members, constants.</param>
    internal static void RegisterWhereWritten(
        this CompilationStartAnalysisContext start, IEnumerable<string> words, Action<OperationAnalysisContext> analyze, params OperationKind[] kinds)
    {
        ulong[] hashes = FileWords.Hash(words);
        if (!start.Compilation.SyntaxTrees.Any(file => FileWords.Of(file).MayHaveAny(hashes)))
            return;

        start.RegisterOperationBlockStartAction(block =>
        {
            if (FileWords.Of(block.OperationBlocks[0].Syntax.SyntaxTree).MayHaveAny(hashes))
                block.RegisterOperationAction(analyze, kinds);
        });
    }
}
