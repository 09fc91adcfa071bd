namespace Plugins.Host.Tests.Foreign;

/// <summary>A service whose disposal ends when a test lets it.</summary>
internal sealed class SlowService(Task end, bool blocks) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (blocks)
        {
            end.Wait();
        }

        await end;
    }
}
