namespace Plugins.Wasm.Runtime.Calls;

/// <summary>A call from the host into a store: claims it, and gives it up whatever happens.</summary>
internal readonly ref struct Entrance
{
    private readonly Store _store;
    private readonly bool _isOutermost;

    /// <inheritdoc cref="Store.Enter" path="/exception"/>
    internal Entrance(Store store)
    {
        _store = store;
        _isOutermost = store.Enter();
        Depth = store.DepthRemaining;
    }

    /// <summary>How many calls may nest.</summary>
    internal int Depth { get; }

    public void Dispose()
    {
        _store.DepthRemaining = Depth;
        if (_isOutermost)
        {
            _store.Leave();
        }
    }
}
