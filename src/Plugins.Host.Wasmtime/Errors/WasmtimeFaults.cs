using Plugins.Host.Engines;
using Plugins.Wasm;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>Puts this engine's exceptions into the terms of the seam.</summary>
internal static class WasmtimeFaults
{
    internal static EngineFault? Describe(Exception exception) => exception switch
    {
        WasmtimeTrapException trap => Describe(trap),
        WasmtimeLimitException limit => Describe(limit),
        WasmtimeLinkException link => new EngineFault
        {
            Kind = EngineFaultKind.Link, Reason = link.Message, Subject = link.Import.Name,
        },
        WasmtimeRefusalException refusal => new EngineFault
        {
            Kind = refusal.IsCompilation ? EngineFaultKind.Invalid : EngineFaultKind.MemoryLimit,
            Reason = refusal.Message,
        },

        // The decoder and validator are the embedded engine's, and so are their exceptions.
        MalformedModuleException or InvalidModuleException or ModuleLimitException or UnsupportedFeatureException =>
            EmbeddedEngine.Instance.Describe(exception),
        _ => null,
    };

    private static EngineFault Describe(WasmtimeTrapException trap) => new()
    {
        Kind = trap.Kind,
        Trap = trap.Trap,
        Reason = trap.Message,
        Offset = trap.Offset,
        Backtrace = trap.Backtrace,
    };

    private static EngineFault Describe(WasmtimeLimitException limit) => new()
    {
        Kind = limit.Limit == nameof(EngineLimits.MemoryPages)
            ? EngineFaultKind.MemoryLimit
            : EngineFaultKind.InstanceLimit,
        Reason = limit.Message,
        Subject = limit.Limit,
        Allowed = limit.Allowed,
        Requested = limit.Requested,
    };
}
