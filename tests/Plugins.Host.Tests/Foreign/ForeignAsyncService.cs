namespace Plugins.Host.Tests.Foreign;

internal sealed class ForeignAsyncService(ForeignScene scene) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        scene.At(ForeignPlaces.ServiceDisposeAsync);
        await Task.Yield();
        scene.At(ForeignPlaces.ServiceDisposeLater);
    }
}
