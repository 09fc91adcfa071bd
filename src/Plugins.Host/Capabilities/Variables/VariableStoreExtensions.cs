namespace Plugins.Host.Capabilities.Variables;

/// <summary>Erasure of the variables that plugins store.</summary>
/// <remarks>Safe for use by many threads, as stores are.</remarks>
public static class VariableStoreExtensions
{
    /// <summary>Deletes variables, for example all of a tenant that leaves.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">The variables to delete.</param>
    /// <param name="cancellationToken">Ends it between two variables.</param>
    /// <returns>The number of variables deleted.</returns>
    /// <remarks>
    /// Plugins that still run for the tenant may write again: dispose them first, or refuse the tenant's calls.
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was cancelled; some may be gone.</exception>
    public static async Task<int> EraseAsync(
        this IVariableStore store, VariableQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        var erased = 0;
        await foreach (var key in store.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await store.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            erased++;
        }

        return erased;
    }
}
