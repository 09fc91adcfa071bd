namespace Plugins.Host.Tests.Foreign;

internal sealed class ForeignService : IDisposable
{
    private readonly ForeignScene _scene;

    internal ForeignService(ForeignScene scene)
    {
        _scene = scene;
        scene.At(ForeignPlaces.ServiceCreate);
    }

    public void Dispose() => _scene.At(ForeignPlaces.ServiceDispose);
}
