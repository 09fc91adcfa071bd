namespace Plugins.Host.Tests.Foreign;

/// <summary>A stream that goes on when a test lets it, and heeds no token.</summary>
/// <param name="blocks">True to block the thread until then.</param>
internal sealed class HeldStream(bool blocks = false) : MemoryStream
{
    internal TaskCompletionSource Answer { get; } = new();

    internal TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await WaitAsync();
        return 0;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await WaitAsync();

    private async Task WaitAsync()
    {
        Asked.TrySetResult();
        if (blocks)
        {
            Answer.Task.Wait();
        }

        await Answer.Task;
    }
}
