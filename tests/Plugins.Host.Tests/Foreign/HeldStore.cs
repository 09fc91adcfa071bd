using Plugins.Host.Capabilities.Variables;

namespace Plugins.Host.Tests.Foreign;

/// <summary>A store whose answers come when a test lets them, whatever happens to the call.</summary>
/// <param name="blocks">True to block the thread until then.</param>
internal sealed class HeldStore(bool blocks = false) : IVariableStore
{
    internal TaskCompletionSource Answer { get; } = new();

    internal TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<byte[]?> ReadAsync(VariableKey key, CancellationToken cancellationToken)
    {
        await WaitAsync();
        return [1];
    }

    public async ValueTask<VariableWriteResult> WriteAsync(
        VariableKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        await WaitAsync();
        return VariableWriteResult.Written;
    }

    public async ValueTask DeleteAsync(VariableKey key, CancellationToken cancellationToken) => await WaitAsync();

    public async ValueTask<VariableExchange> CompareExchangeAsync(
        VariableKey key, byte[]? expected, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        await WaitAsync();
        return new VariableExchange(VariableWriteResult.Written, null);
    }

    private async Task WaitAsync()
    {
        Asked.TrySetResult();
        if (blocks)
        {
            Answer.Task.Wait();
        }

        await Answer.Task;
    }

    public IAsyncEnumerable<VariableKey> ListAsync(VariableQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<VariableKey>();
}
