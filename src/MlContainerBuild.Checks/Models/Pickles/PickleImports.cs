using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MlContainerBuild.Checks.Models.Pickles;

/// <summary>
/// The Python objects that pickles name, each judged once. Importing is all it takes: what a pickle imports it can call.
/// </summary>
/// <param name="isTorchScript">Whether classes of <c>__torch__</c> are the program beside the pickle.</param>
internal sealed class PickleImports(bool isTorchScript = false)
{
    private const int MostImports = 1000;
    private const int MostDangerous = 2 * MostImports;

    private readonly Dictionary<string, PickleImport> byName = new(StringComparer.Ordinal);

    public ImmutableArray<PickleImport> Found => [.. byName.Values];

    public bool HoldsDangerous => byName.Values.Any(import => import.Kind == PickleImportKind.Dangerous);

    public void Add(string module, string name)
    {
        string full = $"{module}.{name}";
        if (byName.ContainsKey(full))
            return;

        Add(new PickleImport(full, isTorchScript && IsProgram(module) ? PickleImportKind.Safe : Judge(module, name)));
    }

    /// <summary>An empty list that judges alike.</summary>
    public PickleImports Fresh() => new(isTorchScript);

    public void AddAll(PickleImports others)
    {
        foreach (PickleImport import in others.byName.Values)
        {
            Add(import);
        }
    }

    private void Add(PickleImport import)
    {
        if (byName.Count < (import.Kind == PickleImportKind.Dangerous ? MostDangerous : MostImports))
            byName.TryAdd(import.Name, import);
    }

    private static bool IsProgram(string module) =>
        module == "__torch__" || module.StartsWith("__torch__.", StringComparison.Ordinal) || module == "torch.jit._pickle";

    /// <summary>What an import can do.</summary>
    internal static PickleImportKind Judge(string module, string name)
    {
        // A name that is computed, or hidden where it is not followed, has a reason that no model has.
        if (module == "?" || name == "?")
            return PickleImportKind.Dangerous;

        // Protocol 2 names modules of Python 2.
        string home = module is "__builtin__" or "__builtins__" ? "builtins" : module is "copy_reg" ? "copyreg" : module;
        if (SafeNames.Contains($"{home}.{name}") || (SafeClasses.TryGetValue(home, out FrozenSet<string>? names) && names.Contains(name)) || IsTorchValue(home, name))
            return PickleImportKind.Safe;

        // A name may lead through what it is found in: ("torch", "hub.load").
        string full = $"{home}.{name}";
        if (home == "builtins")
            return HarmlessBuiltins.Contains(name) || IsException(name) ? PickleImportKind.Unknown : PickleImportKind.Dangerous;

        for (int dot = full.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = full.IndexOf('.', dot + 1))
        {
            if (Dangerous.Contains(full[..dot]))
                return PickleImportKind.Dangerous;
        }

        return Dangerous.Contains(full) ? PickleImportKind.Dangerous : PickleImportKind.Unknown;
    }

    private static bool IsException(string name) =>
        name.All(char.IsAsciiLetter) && (name.EndsWith("Error", StringComparison.Ordinal) || name.EndsWith("Exception", StringComparison.Ordinal) || name.EndsWith("Warning", StringComparison.Ordinal));

    // torch.FloatStorage, torch.float16: types and constants.
    private static bool IsTorchValue(string module, string name) =>
        (module is "torch" or "torch.cuda" or "torch.storage" && name.EndsWith("Storage", StringComparison.Ordinal) && name.All(char.IsAsciiLetterOrDigit))
        || (module == "torch" && TorchTypes.Contains(name));

    private static readonly FrozenSet<string> TorchTypes = Set(
        "Size", "device", "dtype", "Tensor", "Generator", "finfo", "iinfo", "float", "float16", "float32", "float64", "half", "double", "bfloat16",
        "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "int", "int8", "int16", "int32", "int64", "short", "long", "uint8",
        "uint16", "uint32", "uint64", "bool", "complex32", "complex64", "complex128", "qint8", "quint8", "qint32", "quint4x2", "strided", "sparse_coo",
        "sparse_csr", "per_tensor_affine", "per_channel_affine", "preserve_format", "contiguous_format", "channels_last");

    // Functions that make tensors and arrays of what the pickle holds, and nothing else. Those of PyTorch are what its own
    // restricted loader allows (torch/_weights_only_unpickler.py of https://github.com/pytorch/pytorch).
    private static readonly FrozenSet<string> SafeNames = Set(
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3", "torch._utils._rebuild_parameter",
        "torch._utils._rebuild_parameter_with_state", "torch._utils._rebuild_qtensor", "torch._utils._rebuild_sparse_tensor",
        "torch._utils._rebuild_sparse_csr_tensor", "torch._utils._rebuild_meta_tensor_no_storage", "torch._utils._rebuild_nested_tensor",
        "torch._utils._rebuild_device_tensor_from_numpy", "torch._utils._rebuild_device_tensor_from_cpu_tensor", "torch._utils._rebuild_wrapper_subclass",
        "torch._tensor._rebuild_from_type_v2", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.serialization._get_layout",
        "torch.jit._pickle.build_intlist", "torch.jit._pickle.build_doublelist", "torch.jit._pickle.build_boollist", "torch.jit._pickle.build_tensorlist",
        "torch.jit._pickle.build_tensor_from_id", "torch.jit._pickle.restore_type_tag",
        "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
        "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer", "numpy.ndarray", "numpy.dtype", "numpy.ma.core._mareconstruct", "numpy.ma.core.MaskedArray",
        "numpy.random._pickle.__randomstate_ctor", "numpy.random._pickle.__generator_ctor", "numpy.random._pickle.__bit_generator_ctor", "numpy.random._mt19937.MT19937",
        "joblib.numpy_pickle.NumpyArrayWrapper", "scipy.sparse._csr.csr_matrix", "scipy.sparse.csr.csr_matrix",
        "_codecs.encode", "copyreg._reconstructor", "copyreg.__newobj__", "array._array_reconstructor", "array.array");

    private static readonly FrozenDictionary<string, FrozenSet<string>> SafeClasses = new Dictionary<string, FrozenSet<string>>
    {
        ["collections"] = Set("OrderedDict", "defaultdict", "Counter", "deque", "ChainMap"),
        ["builtins"] = Set("set", "frozenset", "dict", "list", "tuple", "int", "float", "complex", "bool", "str", "bytes", "bytearray", "slice", "range", "object"),
        ["datetime"] = Set("datetime", "date", "time", "timedelta", "timezone"),
        ["decimal"] = Set("Decimal"),
        ["fractions"] = Set("Fraction"),
        ["uuid"] = Set("UUID"),
        ["pathlib"] = Set("Path", "PurePath", "PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath"),
        ["numpy"] = Set(
            "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool_", "complex64", "complex128", "str_", "bytes_"),
        ["numpy.dtypes"] = Set(
            "Float16DType", "Float32DType", "Float64DType", "Int8DType", "Int16DType", "Int32DType", "Int64DType", "UInt8DType", "UInt16DType", "UInt32DType",
            "UInt64DType", "BoolDType", "Complex64DType", "Complex128DType", "StrDType", "BytesDType", "ObjectDType"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Of the built-in functions those that neither evaluate, nor import, nor open, nor reach into objects.
    private static readonly FrozenSet<string> HarmlessBuiltins = Set(
        "abs", "all", "any", "ascii", "bin", "callable", "chr", "divmod", "enumerate", "filter", "format", "hash", "hex", "id", "isinstance", "issubclass", "iter",
        "len", "map", "max", "memoryview", "min", "next", "oct", "ord", "pow", "print", "property", "repr", "reversed", "round", "sorted", "staticmethod",
        "classmethod", "sum", "super", "type", "zip", "Ellipsis", "NotImplemented", "None", "NoneType", "xrange", "unicode", "long", "basestring", "unichr", "cmp");

    // Modules as a whole, and single objects of others. What only passes a call on to something else that would have to be
    // imported as well (functools.partial) is not here.
    private static readonly FrozenSet<string> Dangerous = Set(
        // Commands, and what starts programs.
        "os", "posix", "nt", "subprocess", "_posixsubprocess", "pty", "commands", "popen2", "platform.popen", "webbrowser", "asyncio", "_asyncio", "pexpect", "sh",
        "multiprocessing.util", "signal", "_signal", "resource", "atexit", "win32api", "win32com", "winreg", "_winreg",

        // Code from text or from another place.
        "sys", "runpy", "pip", "ensurepip", "venv", "setuptools", "pkg_resources", "distutils", "importlib", "_frozen_importlib", "_frozen_importlib_external", "imp", "pkgutil", "zipimport",
        "codeop", "code.interact", "code.InteractiveInterpreter", "code.InteractiveConsole", "pdb", "bdb", "cProfile", "profile.run", "profile.runctx", "profile.Profile", "timeit", "trace.Trace",
        "doctest", "pydoc", "idlelib", "lib2to3", "IPython", "logging.config", "ctypes", "_ctypes", "cffi", "_cffi_backend",
        "types.CodeType", "types.FunctionType", "types.LambdaType", "operator.attrgetter", "operator.methodcaller", "_operator.attrgetter", "_operator.methodcaller",
        "functools.reduce", "_functools.reduce", "copyreg.add_extension",

        // Pickles in pickles, and other formats that run code.
        "pickle", "_pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "jsonpickle", "joblib.load", "joblib.numpy_pickle.load", "pandas.read_pickle", "pandas.io.pickle",
        "pandas.eval", "pandas.core.computation", "yaml.load", "yaml.unsafe_load", "sympy.parsing", "sympy.sympify", "keras.models.load_model", "tensorflow.saved_model.load",
        "tensorflow.load_library", "tensorflow.load_op_library", "tensorflow.raw_ops", "tensorflow.io",
        "torch.load", "torch.serialization.load", "torch.jit.load", "torch.hub", "torch.package", "torch.utils.cpp_extension", "torch.utils.collect_env", "torch.utils.bottleneck",
        "torch.utils._config_module", "torch.ops.load_library", "torch.classes.load_library", "torch._ops", "torch._dynamo", "torch._inductor", "torch.fx.experimental", "torch.distributed.rpc",
        "torch.os", "torch.sys", "numpy.load", "numpy.f2py", "numpy.distutils", "numpy.testing._private.utils", "numpy.testing.runstring", "numpy.testing.measure",

        // Files and connections.
        "shutil", "io.open", "io.FileIO", "io.open_code", "_io.open", "_io.FileIO", "_io.open_code", "codecs.open", "tempfile", "fileinput", "linecache.getlines", "linecache.getline",
        "numpy.fromfile", "numpy.save", "numpy.savetxt", "numpy.memmap", "numpy.lib.npyio", "socket", "_socket", "socketserver", "ssl", "http", "httplib", "urllib", "urllib2", "xmlrpc",
        "ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "requests", "httpx", "aiohttp", "paramiko");

    private static FrozenSet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);
}
