namespace Plugins.Host.Wasmtime.Errors;

/// <summary>An instance needs more than it is granted, or more than the engine was set up for.</summary>
public sealed class WasmtimeLimitException : WasmtimeException
{
    internal WasmtimeLimitException(string limit, long allowed, long requested)
        : base($"The limit on {limit} is {allowed}; {requested} were requested.")
    {
        Limit = limit;
        Allowed = allowed;
        Requested = requested;
    }

    /// <summary>
    /// The property that sets it: of <see cref="Plugins.Host.Engines.EngineLimits"/> or
    /// <see cref="WasmtimeEngineOptions"/>.
    /// </summary>
    public string Limit { get; }

    /// <summary>The limit's value.</summary>
    public long Allowed { get; }

    /// <summary>The amount that was requested.</summary>
    public long Requested { get; }
}
