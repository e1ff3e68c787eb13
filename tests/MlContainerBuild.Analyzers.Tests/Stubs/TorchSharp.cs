// Package TorchSharp.
namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static class torch
{
    public class Device;

    public static class jit
    {
        public class ScriptModule;

        public class CompilationUnit;

        public static CompilationUnit compile(string script) => new();
        public static ScriptModule load(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new();
        public static ScriptModule load(byte[] bytes, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new();
        public static ScriptModule load(string filename, Device map_location) => new();
        public static ScriptModule load(byte[] bytes, Device map_location) => new();
        public static ScriptModule load<TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new();
    }

    public static class export
    {
        public class ExportedProgram;

        public static ExportedProgram load(string filename) => new();
    }
}
