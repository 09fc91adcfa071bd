namespace Plugins.Host.Capabilities.Variables;

/// <summary>Stores the variables of plugins.</summary>
/// <remarks>
/// Implementations are safe for use by many threads, bound what one tenant's plugin may keep, and keep no reference to
/// memory they are given; nobody changes the arrays they return. The token is cancelled when the call ends. The guest's
/// thread waits for the answer. The application that makes one disposes it, if it needs that.
/// </remarks>
public interface IVariableStore
{
    /// <summary>Reads a value; null if there is none.</summary>
    ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken);

    /// <summary>Writes a value, replacing any that was there.</summary>
    ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Removes a value, if there is one.</summary>
    ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a value if the present one equals <paramref name="expected"/>, at once for all observers.
    /// </summary>
    /// <param name="key">Which variable.</param>
    /// <param name="expected">The value it must have, or null when it must have none.</param>
    /// <param name="value">The value it gets.</param>
    /// <param name="cancellationToken">Cancelled when the call ends.</param>
    ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key,
        byte[]? expected,
        ReadOnlyMemory<byte> value,
        CancellationToken cancellationToken);

    /// <summary>Lists variables for the application, which shows, exports or erases them; guests cannot.</summary>
    /// <param name="query">The variables to delete.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>
    /// The keys, by owner and name in ordinal order; what is written or deleted meanwhile may be listed or not.
    /// </returns>
    IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken);
}
