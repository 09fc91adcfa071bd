using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>A native engine and the count of its instances.</summary>
/// <remarks>Safe for use by many threads. Modules and instances keep its handle alive.</remarks>
internal sealed unsafe class NativeEngine : IDisposable
{
    private readonly int _places;
    private int _taken;

    internal NativeEngine(WasmtimeApi api, WasmtimeEngineOptions options, EngineConfiguration configuration)
    {
        Api = api;
        Configuration = configuration;
        StackBytes = options.StackBytes;
        _places = configuration.IsPooled ? options.PooledInstances : int.MaxValue;
        Handle = EngineFactory.Create(api, options, configuration);
    }

    internal WasmtimeApi Api { get; }

    internal EngineConfiguration Configuration { get; }

    internal int StackBytes { get; }

    internal EngineHandle Handle { get; }

    /// <summary>Makes running guests of this engine look whether they are interrupted.</summary>
    /// <remarks>Only while something keeps the handle.</remarks>
    internal void AdvanceEpoch() => Api.Engines.IncrementEpoch(Handle.Pointer);

    /// <summary>Takes one of the pool's places; Wasmtime says only as text that there is none left.</summary>
    internal void TakePlace()
    {
        if (Interlocked.Increment(ref _taken) > _places)
        {
            Interlocked.Decrement(ref _taken);
            throw new WasmtimeLimitException(nameof(WasmtimeEngineOptions.PooledInstances), _places, _places + 1L);
        }
    }

    internal void ReturnPlace() => Interlocked.Decrement(ref _taken);

    public void Dispose() => Handle.Dispose();
}
