// Package LLamaSharp.
namespace LLama.Native;

public sealed class NativeLibraryConfig
{
    public static NativeLibraryConfigContainer All { get; } = new();
    public static NativeLibraryConfig LLama { get; } = new();
    public NativeLibraryConfig WithLibrary(string libraryPath) => this;
    public NativeLibraryConfig WithSearchDirectory(string directory) => this;
    public NativeLibraryConfig WithSearchDirectories(IEnumerable<string> directories) => this;
}

public sealed class NativeLibraryConfigContainer
{
    public NativeLibraryConfigContainer WithLibrary(string llamaPath, string mtmdPath) => this;
    public NativeLibraryConfigContainer WithSearchDirectory(string directory) => this;
    public NativeLibraryConfigContainer WithSearchDirectories(IEnumerable<string> directories) => this;
}
