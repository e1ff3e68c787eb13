// Package pythonnet.
namespace Python.Runtime;

public class PyObject : IDisposable
{
    public PyObject InvokeMethod(string name, params object[] args) => this;
    public void Dispose() { }
}

public static class Py
{
    public static IDisposable GIL() => null;
    public static PyObject Import(string name) => new();
}

public static class PythonEngine
{
    public static PyObject Eval(string code) => new();
    public static void Exec(string code) { }
}
