namespace Plugins.Wasm;

/// <summary>An instantiation asked for more than the store's <see cref="StoreOptions"/> allow.</summary>
/// <remarks>Growth past a limit is not an error: <c>memory.grow</c> and <c>table.grow</c> give -1.</remarks>
public sealed class StoreLimitException : WasmException
{
    internal StoreLimitException(string limit, long allowed, long requested)
        : base($"The store's limit on {limit} is {allowed}; {requested} were requested.")
    {
        Limit = limit;
        Allowed = allowed;
        Requested = requested;
    }

    /// <summary>The name of the property of <see cref="StoreOptions"/>.</summary>
    public string Limit { get; }

    /// <summary>The limit's value.</summary>
    public long Allowed { get; }

    /// <summary>The amount that would have been in use, over the whole store.</summary>
    public long Requested { get; }
}
