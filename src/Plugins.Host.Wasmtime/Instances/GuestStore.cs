using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>A native store and the instance in it; a reset replaces both.</summary>
/// <remarks>For the thread that has the instance's gate.</remarks>
internal sealed unsafe class GuestStore(WasmtimeModule module, EngineLimits limits, object owner) : IDisposable
{
    private const int PageBytes = 64 * 1024;

    private readonly NativeEngine _engine = module.Code.Engine;
    private readonly StoreFunctions _api = module.Code.Engine.Api.Stores;
    private StoreHandle? _handle;
    private InstanceReference _instance;
    private uint _tableLimit;
    private long _memoryLimit;

    /// <summary>Whether there ever was a store.</summary>
    internal bool IsMade => _handle is not null;

    /// <summary>What the C API takes for the store; 0 where there is none.</summary>
    internal nint Context { get; private set; }

    /// <summary>Counts the stores: what was looked up in an earlier one is worthless.</summary>
    internal int Generation { get; private set; }

    /// <summary>Refuses a module that starts with more than is granted.</summary>
    internal void CheckSize()
    {
        _memoryLimit = InstanceSize.DecideMemoryLimit(module.Description, limits) * (long)PageBytes;
        _tableLimit = InstanceSize.DecideTableLimit(module.Description, limits);
    }

    /// <summary>Makes a new store without an instance; the old one is gone.</summary>
    internal void Renew()
    {
        if (_handle is null)
        {
            _engine.TakePlace();
            _handle = new StoreHandle(_engine.Api, module.Code, owner);
        }

        Context = 0;
        Generation++;
        _handle.Renew(_engine.Handle);
        Context = _api.Context(_handle.Pointer);
        LimitMemory(limits.MemoryPages);
        InterruptFlag.Watch(_api, _handle, Context);
    }

    /// <summary>Has Wasmtime refuse a memory more pages than these, and each of several its part.</summary>
    internal void LimitMemory(uint pages)
    {
        if (_handle is not null)
        {
            var most = Math.Min(_memoryLimit, (long)pages * PageBytes);
            _api.Limit(_handle.Pointer, most, _tableLimit, 1, -1, -1);
        }
    }

    /// <summary>Makes the instance; what comes back are an error and a trap, or zeros.</summary>
    internal nint Instantiate(out nint trap)
    {
        InstanceReference instance;
        nint raised = 0;
        var error = _engine.Api.Links.Instantiate(module.Code.Prepared.Pointer, Context, &instance, &raised);
        _instance = instance;
        trap = raised;
        return error;
    }

    internal bool TryFindMemory(out MemoryReference memory)
    {
        var isFound = Find("memory"u8, out var item) && item.Kind == ExternItem.MemoryKind;
        memory = item.Memory;
        return isFound;
    }

    internal FunctionReference FindFunction(ReadOnlySpan<byte> name) =>
        Find(name, out var item) && item.Kind == ExternItem.FunctionKind
            ? item.Function
            : throw new InvalidOperationException("The module's description and its code differ.");

    internal nint Call(FunctionReference function, ref RawValue value, out nint trap)
    {
        nint raised = 0;
        var values = value;
        var error = _api.Call(Context, &function, &values, 1, &raised);
        value = values;
        trap = raised;
        return error;
    }

    /// <summary>Frees the store and its place.</summary>
    public void Dispose()
    {
        Context = 0;
        _handle?.Dispose();
    }

    private bool Find(ReadOnlySpan<byte> name, out ExternItem item)
    {
        ExternItem found = default;
        var instance = _instance;
        fixed (byte* bytes = name)
        {
            var isFound = _api.FindExport(Context, &instance, bytes, (nuint)name.Length, &found) != 0;
            item = found;
            return isFound;
        }
    }
}
