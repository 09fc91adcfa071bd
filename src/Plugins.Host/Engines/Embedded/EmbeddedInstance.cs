using Plugins.Host.Abi;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Host.Engines.Embedded;

/// <summary>One store with one instance in it.</summary>
internal sealed class EmbeddedInstance : IEngineInstance
{
    private const string MemoryExport = AbiNames.Memory;

    private const int PageBytes = 65_536;
    private const int LeastObjectBytes = 32;

    private readonly Module _module;
    private readonly Store _store;
    private Instance? _instance;
    private LinearMemory? _memory;
    private InstanceSnapshot? _snapshot;
    private long _refusedBefore;

    internal EmbeddedInstance(Module module, EngineLimits limits)
    {
        _module = module;
        _store = new Store(new StoreOptions
        {
            MemoryPages = limits.MemoryPages,
            MemoryBudget = limits.MemoryBudget,
            TableElements = limits.TableElements,
            HeapBytes = (long)limits.MemoryPages * PageBytes,
            HeapObjects = (long)limits.MemoryPages * PageBytes / LeastObjectBytes,
            StackBytes = limits.StackBytes,
            CallDepth = limits.CallDepth,
            Instances = 1,
        });
    }

    public long Fuel
    {
        get => _store.FuelRemaining;
        set => _store.FuelRemaining = value;
    }

    public bool GrowthRefused
    {
        get => _store.RefusedMemoryGrowth != _refusedBefore;
        set => _refusedBefore = value ? _store.RefusedMemoryGrowth - 1 : _store.RefusedMemoryGrowth;
    }

    public long MemoryBytes => (long)(_memory?.ByteLength ?? 0);

    private Instance Instance => _instance ?? throw new InvalidOperationException("The instance has no code yet.");

    public void Instantiate(IReadOnlyList<HostImport> imports)
    {
        var definitions = new Imports();
        foreach (var import in imports)
        {
            if (import is { Function: HostNumberFunction function, Type: { } type })
            {
                definitions.Add(import.Module, import.Name, type, Bind(function, type));
            }
            else
            {
                definitions.Add(import.Module, import.Name, Bind(import.Function));
            }
        }

        _instance = new Instance(_store, _module, definitions);
        Attach(_instance);
    }

    public Func<int> GetFunction(string export) => Instance.GetFunction(export).CreateDelegate<Func<int>>();

    public Action GetAction(string export) => Instance.GetFunction(export).CreateDelegate<Action>();

    public bool TryGetMemory(uint address, uint length, out Span<byte> span)
    {
        if (_memory is not null)
        {
            return _memory.TryGetSpan(address, length, out span);
        }

        span = default;
        return false;
    }

    public void ConsumeFuel(long amount) => _store.ConsumeFuel(amount);

    public void Interrupt() => _store.Interrupt();

    public void ClearInterrupt() => _store.ClearInterrupt();

    // Objects that the guest may change are made again with each instance, so that no two calls share one.
    public bool TryCapture()
    {
        if (Instance.HoldsObjects)
        {
            return false;
        }

        _snapshot = Instance.CaptureSnapshot();
        return true;
    }

    public void Restore()
    {
        Instance.Restore(_snapshot ?? throw new InvalidOperationException("Nothing was captured."));
    }

    public bool TryPack() => _instance is not null && _instance.TryPack(_snapshot);

    public void Dispose() => _store.Dispose();

    // The start function runs before the instance's constructor returns, and may call imports that need the memory;
    // so each import learns the instance from the engine, not from the field above.
    private Delegate Bind(Delegate function) => function switch
    {
        Func<int> target => new Func<Instance, int>(caller =>
        {
            Attach(caller);
            return target();
        }),
        Func<int, int, int> target => new Func<Instance, int, int, int>((caller, first, second) =>
        {
            Attach(caller);
            return target(first, second);
        }),
        Action<int, int> target => new Action<Instance, int, int>((caller, first, second) =>
        {
            Attach(caller);
            target(first, second);
        }),
        Action<int, int, int> target => new Action<Instance, int, int, int>((caller, first, second, third) =>
        {
            Attach(caller);
            target(first, second, third);
        }),
        _ => throw new ArgumentException(
            $"Functions of type {function.GetType()} are not supported.", nameof(function)),
    };

    private HostCallback Bind(HostNumberFunction target, FunctionType type) => (caller, arguments, results) =>
    {
        Attach(caller!); // Nothing but an instance imports it.
        Span<ulong> bits = stackalloc ulong[HostImport.MaximumParameters];
        for (var index = 0; index < arguments.Length; index++)
        {
            bits[index] = arguments[index].Bits;
        }

        var result = target(bits[..arguments.Length]);
        if (results.Length > 0)
        {
            results[0] = Value.FromBits(type.Results[0], result);
        }
    };

    private void Attach(Instance instance)
    {
        if (_memory is null && instance.TryGetMemory(MemoryExport, out var memory))
        {
            _memory = memory;
        }
    }
}
