using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Plugins.Benchmarks.Guests;
using Plugins.Fuzz.Tests.Native;

namespace Plugins.Benchmarks.Comparing;

/// <summary>Wasmtime by its C API, called through function pointers without any check.</summary>
internal sealed unsafe class WasmtimeGuest : IRawGuest
{
    private const byte I32 = 0;

    private readonly WasmtimeApi _api;
    private readonly WasmtimeEngine _engine;
    private readonly nint _module;
    private readonly nint _nothingType;
    private readonly nint _addType;
    private readonly nint _store;
    private readonly StoreItem _nothing;
    private readonly StoreItem _callAdd;

    internal WasmtimeGuest(bool epochs, bool meters)
        : this(new WasmtimeApi(), epochs, meters)
    {
        _module = Compile(GuestFile.Engine);
        _nothingType = FunctionType([], []);
        _addType = FunctionType([I32, I32], [I32]);
        StoreItem instance = NewInstance(_store, _module, importsBoth: true);
        _nothing = Export(_store, instance, "nothing");
        _callAdd = Export(_store, instance, "call_add");
    }

    private WasmtimeGuest(WasmtimeApi api, bool epochs, bool meters)
    {
        _api = api;
        _engine = new WasmtimeEngine(api, epochs, meters, stackBytes: 512 * 1024);
        _store = NewStore();
    }

    /// <summary>What <c>PLUGINS_WASMTIME_PATH</c> names; null for the library of the NuGet package.</summary>
    internal static string? LibraryPath { get; } =
        Environment.GetEnvironmentVariable("PLUGINS_WASMTIME_PATH") is { Length: > 0 } path ? path : null;

    internal static int FirstResult(byte[] module, bool epochs, bool meters)
    {
        using var guest = new WasmtimeGuest(new WasmtimeApi(), epochs, meters);
        nint compiled = guest.Compile(module);
        StoreItem instance = guest.NewInstance(guest._store, compiled, importsBoth: false);
        StoreItem function = guest.Export(guest._store, instance, "few");
        RawValue value = new() { Bits = 1 };
        guest.Call(guest._store, &function, &value);
        return (int)value.Bits;
    }

    public Func<string, int, double> LoadKernels(byte[] module)
    {
        nint compiled = Compile(module);
        StoreItem instance = NewInstance(_store, compiled, importsBoth: true);
        return (name, size) =>
        {
            RawValue value = new() { Bits = (uint)size };
            StoreItem function = Export(_store, instance, name);
            Call(_store, &function, &value);
            return BitConverter.UInt64BitsToDouble(value.Bits);
        };
    }

    public void CallMany()
    {
        nint context = _api.StoreContext(_store);
        StoreItem function = _nothing;
        RawValue value = default;
        for (int i = 0; i < IRawGuest.Calls; i++)
        {
            nint trap = 0;
            Check(_api.FuncCallUnchecked(context, &function, &value, 1, &trap), trap);
        }

        Refuel(_store);
    }

    public void CallHostMany()
    {
        StoreItem function = _callAdd;
        RawValue value = new() { Bits = IRawGuest.Calls };
        Call(_store, &function, &value);
    }

    public void Instantiate()
    {
        nint store = NewStore();
        NewInstance(store, _module, importsBoth: true);
        _api.StoreDelete(store);
    }

    public void Dispose()
    {
        _api.StoreDelete(_store);
        if (_module != 0)
        {
            _api.ModuleDelete(_module);
            _api.FuncTypeDelete(_nothingType);
            _api.FuncTypeDelete(_addType);
        }

        _engine.Dispose();
    }

    private nint Compile(byte[] module)
    {
        nint compiled = _engine.Compile(module, out string? error);
        return error is null ? compiled : throw new InvalidOperationException(error);
    }

    private nint NewStore()
    {
        nint store = _api.StoreNew(_engine.Handle, 0, 0);
        if (_engine.HasEpochs)
        {
            _api.SetEpochDeadline(_api.StoreContext(store), 1UL << 60);
        }

        Refuel(store);
        return store;
    }

    private void Refuel(nint store)
    {
        if (_engine.MetersFuel)
        {
            Check(_api.SetFuel(_api.StoreContext(store), 1UL << 60), trap: 0);
        }
    }

    // Modules that import anything import a function without parameters and one with two, in this order.
    private StoreItem NewInstance(nint store, nint module, bool importsBoth)
    {
        nint context = _api.StoreContext(store);
        Extern* imports = stackalloc Extern[2];
        imports[0] = default;
        imports[1] = default;
        if (importsBoth)
        {
            _api.FuncNewUnchecked(context, _nothingType, &HostNothing, 0, 0, &imports[0].Item);
            _api.FuncNewUnchecked(context, _addType, &HostAdd, 0, 0, &imports[1].Item);
        }

        StoreItem instance;
        nint trap = 0;
        Check(_api.InstanceNew(context, module, imports, importsBoth ? 2u : 0u, &instance, &trap), trap);
        return instance;
    }

    private StoreItem Export(nint store, StoreItem instance, string name)
    {
        Extern item;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* pointer = bytes)
        {
            return _api.InstanceExport(_api.StoreContext(store), &instance, pointer, (nuint)bytes.Length, &item) != 0
                ? item.Item
                : throw new KeyNotFoundException(name);
        }
    }

    private void Call(nint store, StoreItem* function, RawValue* value)
    {
        nint trap = 0;
        nint error = _api.FuncCallUnchecked(_api.StoreContext(store), function, value, 1, &trap);
        Check(error, trap);
        Refuel(store);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(nint error, nint trap)
    {
        if ((error | trap) != 0)
        {
            throw new InvalidOperationException(_api.TakeMessage(error) ?? "The guest trapped.");
        }
    }

    private nint FunctionType(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> results)
    {
        ByteVector from = Types(parameters), to = Types(results);
        return _api.FuncTypeNew(&from, &to);
    }

    private ByteVector Types(ReadOnlySpan<byte> kinds)
    {
        nint* types = stackalloc nint[2];
        for (int i = 0; i < kinds.Length; i++)
        {
            types[i] = _api.ValueTypeNew(kinds[i]);
        }

        ByteVector vector;
        _api.ValueTypesNew(&vector, (nuint)kinds.Length, types);
        return vector;
    }

    [UnmanagedCallersOnly]
    private static nint HostNothing(nint environment, nint caller, RawValue* values, nuint length) => 0;

    [UnmanagedCallersOnly]
    private static nint HostAdd(nint environment, nint caller, RawValue* values, nuint length)
    {
        values[0].Bits = (uint)((int)values[0].Bits + (int)values[1].Bits);
        return 0;
    }
}
