namespace Plugins.Host.Tests.Foreign;

/// <summary>A stream that goes on when a test lets it, and heeds no token.</summary>
internal sealed class HeldStream : MemoryStream
{
    internal TaskCompletionSource Answer { get; } = new();

    internal TaskCompletionSource Asked { get; } = new();

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Asked.TrySetResult();
        await Answer.Task;
        return 0;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Asked.TrySetResult();
        await Answer.Task;
    }
}
