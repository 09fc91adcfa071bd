namespace Plugins.Host.Wasmtime.Errors;

/// <summary>The system refused the address space that pooled instances need.</summary>
/// <remarks>A limit such as <c>ulimit -v</c> is the usual cause.</remarks>
public sealed class WasmtimeAddressSpaceException : WasmtimeException
{
    internal WasmtimeAddressSpaceException(int instances, long bytes)
        : base(
            $"{instances} pooled instances take {bytes >> 30} GiB of address space, which the system refuses. "
            + $"Lower {nameof(WasmtimeEngineOptions)}.{nameof(WasmtimeEngineOptions.PooledInstances)}, "
            + "or raise the process's limit.")
    {
        Instances = instances;
        Bytes = bytes;
    }

    /// <summary>The value of <see cref="WasmtimeEngineOptions.PooledInstances"/>.</summary>
    public int Instances { get; }

    /// <summary>Bytes of address space that were asked for.</summary>
    public long Bytes { get; }
}
