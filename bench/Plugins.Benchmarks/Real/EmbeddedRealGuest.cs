using System.Buffers.Binary;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Benchmarks.Real;

/// <summary>The embedded engine by its own public interface.</summary>
internal sealed class EmbeddedRealGuest : IRealGuest
{
    private readonly ModuleOptions _options;
    private readonly Store _store = new();
    private readonly Dictionary<string, Function> _functions = [];
    private Module? _module;
    private ImportStubs? _stubs;
    private Instance? _instance;

    internal EmbeddedRealGuest(ModuleOptions options) => _options = options;

    public void Validate(byte[] module) => Module.Validate(module, _options.Limits);

    public void Compile(byte[] module) => _module = Module.Compile(module, _options);

    public void MakeImports() => _stubs = new ImportStubs(_store, _module!.Imports);

    public void Instantiate()
    {
        _store.FuelRemaining = long.MaxValue;
        _instance = new Instance(_store, _module!, _stubs!.Imports);
    }

    public ulong Call(string export, ReadOnlySpan<long> arguments)
    {
        if (!_functions.TryGetValue(export, out Function? function))
        {
            _functions[export] = function = _instance!.GetFunction(export);
        }

        FunctionType type = function.Type;
        var values = new Value[arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type.Parameters[i] == ValueKind.I64
                ? Value.FromInt64(arguments[i])
                : Value.FromInt32((int)arguments[i]);
        }

        var results = new Value[type.Results.Length];
        _store.FuelRemaining = long.MaxValue;
        function.Invoke(values, results);
        return results is [Value result, ..] ? result.Bits : 0;
    }

    public void Write(string memoryName, uint address, ReadOnlySpan<byte> bytes) =>
        bytes.CopyTo(Memory(memoryName).GetSpan(address, bytes.Length));

    public int ReadInt32(string memoryName, uint address) =>
        BinaryPrimitives.ReadInt32LittleEndian(Memory(memoryName).GetSpan(address, sizeof(int)));

    public void Dispose() => _store.Dispose();

    private LinearMemory Memory(string name) => name.Contains('.') ? _stubs!.Memory! : _instance!.GetMemory(name);
}
