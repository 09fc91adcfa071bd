using System.Runtime.InteropServices;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>One store with one instance in it; a reset replaces both.</summary>
internal sealed partial class WasmtimeInstance : IEngineInstance
{
    private readonly WasmtimeModule _module;
    private readonly InstanceGate _gate = new();
    private readonly GuestStore _store;
    private readonly GuestFuel _fuel;
    private readonly GuestMemory _memory;
    private readonly MemoryShare? _share;
    private Delegate[] _functions = [];
    private bool _isInstantiated;
    private bool _isPristine;
    private bool _isCaptured;

    internal WasmtimeInstance(WasmtimeModule module, EngineLimits limits)
    {
        var engine = module.Code.Engine;
        _module = module;
        _store = new GuestStore(module, limits, this);
        _fuel = new GuestFuel(_store, engine.Api.Stores, engine.Configuration.MeterFuel);
        _memory = new GuestMemory(_store, engine.Api.Stores);
        _share = MemoryShare.Of(module.Description, limits);
        InterruptFlag = new InterruptFlag(engine, _gate);
        Failure = new HeldFailure(engine.Api.Traps, module.Description);
    }

    public long Fuel
    {
        get
        {
            if (_gate.IsMine)
            {
                _fuel.Pull();
            }

            return _fuel.Amount;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _fuel.Amount = value;
            if (_gate.IsMine)
            {
                _fuel.Push();
            }
        }
    }

    /// <summary>Only what the host set: Wasmtime does not tell of refused growth, see docs/engines.md.</summary>
    public bool GrowthRefused { get; set; }

    internal InterruptFlag InterruptFlag { get; }

    internal HeldFailure Failure { get; }

    public void Instantiate(IReadOnlyList<HostImport> imports)
    {
        ArgumentNullException.ThrowIfNull(imports);
        if (_store.IsMade)
        {
            throw new InvalidOperationException("The instance has code already.");
        }

        _functions = _module.Code.Imports.Resolve(imports);
        _store.CheckSize();
        Enter(null);

        // A start function could be expensive, and would run outside any call's limits when it is run again.
        _isPristine = _module.Description.StartFunction is null;
    }

    public Func<int> GetFunction(string export) => Find(export, results: 1).Call;

    public Action GetAction(string export) => Find(export, results: 0).Run;

    public void ConsumeFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var remaining = Fuel - amount;
        Fuel = Math.Max(remaining, 0);
        if (remaining < 0)
        {
            throw new WasmtimeTrapException(EngineFaultKind.OutOfFuel);
        }
    }

    public void Interrupt() => InterruptFlag.Raise();

    public void ClearInterrupt() => InterruptFlag.Clear();

    public bool TryCapture()
    {
        ThrowIfNotInstantiated();
        _isCaptured |= _isPristine;
        return _isPristine;
    }

    public void Restore()
    {
        if (!_isCaptured)
        {
            throw new InvalidOperationException("Nothing was captured.");
        }

        if (_gate.IsMine)
        {
            throw new InvalidOperationException("The instance is running guest code.");
        }

        // Filling tables and memories costs fuel, which no call asked for.
        var fuel = _fuel.Amount;
        _fuel.Amount = long.MaxValue;
        try
        {
            Enter(null);
        }
        finally
        {
            _fuel.Amount = fuel;
        }

        _isPristine = true;
    }

    public void Dispose()
    {
        if (_gate.Dispose())
        {
            Release();
        }
    }

    /// <summary>The instance that made a store, found by the word the store was made with.</summary>
    internal static WasmtimeInstance Of(nint owner) =>
        (WasmtimeInstance)GCHandle.FromIntPtr(owner).Target!; // Alive: it is on the stack of the call.

    private GuestFunction Find(string export, int results)
    {
        ArgumentNullException.ThrowIfNull(export);
        ThrowIfNotInstantiated();
        var found = _module.Description.Exports.FirstOrDefault(candidate => candidate.Name == export);
        if (found?.Type is not FunctionType type)
        {
            throw new KeyNotFoundException($"The module exports no such function: {export}.");
        }

        var isFitting = type.Parameters.IsEmpty
            && type.Results.Length == results
            && type.Results.All(result => result == ValueKind.I32);
        return isFitting
            ? new GuestFunction(this, _store, export)
            : throw new ArgumentException($"The function is of type {type}.", nameof(export));
    }

    private void ThrowIfNotInstantiated()
    {
        ObjectDisposedException.ThrowIf(_gate.IsReleased, typeof(WasmtimeInstance));
        if (!_isInstantiated)
        {
            throw new InvalidOperationException("The instance has no code yet.");
        }
    }

    private void Release()
    {
        _isInstantiated = false;
        _store.Dispose();
        _share?.Release();
    }
}
