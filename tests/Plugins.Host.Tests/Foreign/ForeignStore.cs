using Plugins.Host.Capabilities.Variables;

namespace Plugins.Host.Tests.Foreign;

internal sealed class ForeignStore(ForeignScene scene) : IVariableStore
{
    public async ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken)
    {
        scene.At(ForeignPlaces.StoreRead);
        await Task.Yield();
        scene.At(ForeignPlaces.StoreReadLater);
        return [1];
    }

    public ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        scene.At(ForeignPlaces.StoreWrite);
        return new(VariableWriteResult.Written);
    }

    public ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken)
    {
        scene.At(ForeignPlaces.StoreDelete);
        return ValueTask.CompletedTask;
    }

    public ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key, byte[]? expected, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        scene.At(ForeignPlaces.StoreExchange);
        return new(new VariableExchange(VariableWriteResult.Written, null));
    }

    public IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<VariableKey>();
}
