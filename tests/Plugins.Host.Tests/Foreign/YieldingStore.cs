using Plugins.Host.Capabilities.Variables;

namespace Plugins.Host.Tests.Foreign;

/// <summary>A store that returns to the context it was called on, as code does that says nothing of contexts.</summary>
internal sealed class YieldingStore : IVariableStore
{
    public async ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return [1];
    }

    public async ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return VariableWriteResult.Written;
    }

    public async ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken) => await Task.Yield();

    public async ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key, byte[]? expected, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return new VariableExchange(VariableWriteResult.Written, null);
    }

    public IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<VariableKey>();
}
