using Plugins.Host.Capabilities.Variables;
using Plugins.Manifest;

namespace Plugins.Testing;

/// <summary>An in-memory variable store that tests can read; it has the same bounds as the host's own.</summary>
/// <remarks>Safe for use by many threads; nothing to dispose.</remarks>
public sealed class TestVariables : IVariableStore
{
    private readonly MemoryVariableStore _store = new();
    private readonly HashSet<VariableKey> _keys = [];
    private readonly Lock _lock = new();

    /// <summary>Makes an empty store.</summary>
    public TestVariables()
    {
    }

    /// <summary>The current variables of a plugin, by name.</summary>
    /// <param name="plugin">The plugin that owns them.</param>
    /// <param name="tenant">The tenant; null for the application itself.</param>
    /// <param name="isSigned">True for a plugin that was loaded with a signature, unlike those of a test host.</param>
    public IReadOnlyDictionary<string, byte[]> Of(PluginId plugin, string? tenant = null, bool isSigned = false)
    {
        var owner = VariableKey.OwnerOf(plugin, isSigned);
        lock (_lock)
        {
            var found = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var key in _keys.Where(key => key.Owner == owner && key.Tenant == tenant))
            {
                if (Wait(_store.ReadAsync(key, CancellationToken.None)) is { } value)
                {
                    found.Add(key.Name, value);
                }
            }

            return found;
        }
    }

    /// <summary>Sets a variable.</summary>
    /// <exception cref="ArgumentException">The store has no room for the value.</exception>
    public void Set(VariableKey key, ReadOnlyMemory<byte> value)
    {
        var written = Wait(WriteAsync(key, value, CancellationToken.None));
        if (written != VariableWriteResult.Written)
        {
            throw new ArgumentException(
                $"The variable was not written: {written}. A value has at most 64 KiB, all of a plugin's 1 MiB.",
                nameof(value));
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken) =>
        _store.ReadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(Keep(key, Wait(_store.WriteAsync(key, value, cancellationToken))));
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _keys.Remove(key);
            return _store.DeleteAsync(key, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key,
        byte[]? expected,
        ReadOnlyMemory<byte> value,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var exchange = Wait(_store.CompareExchangeAsync(key, expected, value, cancellationToken));
            Keep(key, exchange.Result);
            return new(exchange);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken) =>
        _store.ListAsync(query, cancellationToken);

    private VariableWriteResult Keep(VariableKey key, VariableWriteResult result)
    {
        if (result == VariableWriteResult.Written)
        {
            _keys.Add(key);
        }

        return result;
    }

    // The store in memory has always answered when it returns.
    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
