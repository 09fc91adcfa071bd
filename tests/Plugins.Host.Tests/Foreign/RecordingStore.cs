using Plugins.Host.Capabilities.Variables;

namespace Plugins.Host.Tests.Foreign;

/// <summary>Remembers whose variable was written.</summary>
internal sealed class RecordingStore : IVariableStore
{
    internal string? Tenant { get; private set; }

    public ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken) => new((byte[]?)null);

    public ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Tenant = key.Tenant;
        return new(VariableWriteResult.Written);
    }

    public ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken) => default;

    public ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key, byte[]? expected, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) =>
        new(new VariableExchange(VariableWriteResult.Written, null));

    public IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<VariableKey>();
}
