using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Native;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>One store with one instance in it; a reset replaces both.</summary>
internal sealed unsafe partial class WasmtimeInstance : IEngineInstance
{
    private readonly WasmtimeModule _module;
    private readonly NativeEngine _engine;
    private readonly StoreFunctions _api;
    private readonly EngineLimits _limits;
    private readonly InstanceGate _gate = new();
    private Delegate[] _functions = [];
    private StoreHandle? _store;
    private nint _context;
    private InstanceReference _instance;
    private uint _tableLimit;
    private bool _isInstantiated;
    private bool _isPristine;
    private bool _isCaptured;

    internal WasmtimeInstance(WasmtimeModule module, EngineLimits limits)
    {
        _module = module;
        _engine = module.Code.Engine;
        _api = _engine.Api.Stores;
        _limits = limits;
    }

    /// <summary>Only what the host set: Wasmtime does not tell of refused growth, see docs/engines.md.</summary>
    public bool GrowthRefused { get; set; }

    public void Instantiate(IReadOnlyList<HostImport> imports)
    {
        ArgumentNullException.ThrowIfNull(imports);
        if (_store is not null)
        {
            throw new InvalidOperationException("The instance has code already.");
        }

        _functions = _module.Code.Imports.Resolve(imports);
        InstanceSize.CheckMemories(_module.Description, _limits);
        _tableLimit = InstanceSize.DecideTableLimit(_module.Description, _limits);
        Enter(null);

        // A start function could be expensive, and would run outside any call's limits when it is run again.
        _isPristine = _module.Description.StartFunction is null;
    }

    public Func<int> GetFunction(string export) => Find(export, results: 1).Call;

    public Action GetAction(string export) => Find(export, results: 0).Run;

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
        var fuel = _fuel;
        _fuel = long.MaxValue;
        try
        {
            Enter(null);
        }
        finally
        {
            _fuel = fuel;
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
            ? new GuestFunction(this, export)
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

    /// <summary>Makes a new store with a new instance in it, and forgets the old one.</summary>
    private void Populate()
    {
        if (_store is null)
        {
            _engine.TakePlace();
            _store = new StoreHandle(_engine.Api, _module.Code, this);
        }

        _isInstantiated = false;
        _hasMemory = false;
        _context = 0;
        _generation++;
        _store.Renew(_engine.Handle);
        _context = _api.Context(_store.Pointer);
        _api.Limit(_store.Pointer, (long)_limits.MemoryPages * PageBytes, _tableLimit, 1, -1, -1);
        WatchEpoch(_store);
        PushFuel();
        if (_module.Description.StartFunction is not null)
        {
            ThrowIfInterrupted();
        }

        InstanceReference instance;
        nint trap = 0;
        var error = _engine.Api.Links.Instantiate(_module.Code.Prepared.Pointer, _context, &instance, &trap);
        ThrowIfFailed(error, trap);
        ThrowIfOverdrawn();
        _instance = instance;
        _isInstantiated = true;
        FindMemory();
    }

    private void Release()
    {
        _context = 0;
        _isInstantiated = false;
        _store?.Dispose();
    }
}
