namespace Plugins.Host.Capabilities.Variables;

/// <summary>Keeps variables in the process's memory, within bounds for each tenant's plugin.</summary>
/// <remarks>Safe for use by many threads; nothing to dispose. What it holds is lost with the process.</remarks>
public sealed class MemoryVariableStore : IVariableStore
{
    private readonly Dictionary<(string? Tenant, string Owner), Shelf> _shelves = [];
    private readonly Lock _gate = new();

    /// <summary>Makes a store that holds nothing.</summary>
    public MemoryVariableStore()
    {
    }

    /// <summary>Bytes of one value.</summary>
    /// <value>64 KiB.</value>
    public int MaximumValueBytes { get; init; } = 64 * 1024;

    /// <summary>Variables of one tenant's plugin.</summary>
    /// <value>1,000.</value>
    public int MaximumVariables { get; init; } = 1_000;

    /// <summary>Bytes of all values and keys of one tenant's plugin; a key counts two for each UTF-16 unit.</summary>
    /// <value>1 MiB.</value>
    public int MaximumBytes { get; init; } = 1 << 20;

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Find(key)?.Values.GetValueOrDefault(key.Name));
        }
    }

    /// <inheritdoc/>
    public ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Write(key, value));
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(key) is { } shelf && shelf.Values.Remove(key.Name, out var value))
            {
                shelf.Bytes -= Size(key, value.Length);
                if (shelf.Values.Count == 0)
                {
                    _shelves.Remove((key.Tenant, key.Owner));
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key,
        byte[]? expected,
        ReadOnlyMemory<byte> value,
        CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var present = Find(key)?.Values.GetValueOrDefault(key.Name);
            var isExpected = present is null
                ? expected is null
                : expected is not null && expected.AsSpan().SequenceEqual(present);
            return new(isExpected
                ? new VariableExchange(Write(key, value), null)
                : new VariableExchange(VariableWriteResult.Mismatch, present));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Lists the variables that existed when the method was called.</remarks>
    public IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        VariableKey[] keys;
        lock (_gate)
        {
            keys =
            [
                .. _shelves
                    .Where(shelf => shelf.Key.Tenant == query.Tenant)
                    .SelectMany(shelf => shelf.Value.Values.Keys
                        .Select(name => new VariableKey(shelf.Key.Tenant, shelf.Key.Owner, name)))
                    .Where(query.Includes),
            ];
        }

        return keys
            .OrderBy(key => key.Owner, StringComparer.Ordinal)
            .ThenBy(key => key.Name, StringComparer.Ordinal)
            .ToAsyncEnumerable();
    }

    private static long Size(VariableKey key, int valueBytes) => (2L * key.Name.Length) + valueBytes;

    private Shelf? Find(VariableKey key) => _shelves.GetValueOrDefault((key.Tenant, key.Owner));

    private VariableWriteResult Write(VariableKey key, ReadOnlyMemory<byte> value)
    {
        if (value.Length > MaximumValueBytes)
        {
            return VariableWriteResult.ValueTooLarge;
        }

        var shelf = Find(key) ?? new Shelf();
        var before = shelf.Values.GetValueOrDefault(key.Name);
        var bytes = shelf.Bytes + Size(key, value.Length) - (before is null ? 0 : Size(key, before.Length));
        if (bytes > MaximumBytes || (before is null && shelf.Values.Count >= MaximumVariables))
        {
            return VariableWriteResult.StoreFull;
        }

        shelf.Values[key.Name] = value.ToArray();
        shelf.Bytes = bytes;
        _shelves[(key.Tenant, key.Owner)] = shelf;
        return VariableWriteResult.Written;
    }

    private sealed class Shelf
    {
        internal Dictionary<string, byte[]> Values { get; } = new(StringComparer.Ordinal);

        internal long Bytes { get; set; }
    }
}
