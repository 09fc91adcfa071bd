using Microsoft.Extensions.DependencyInjection;

namespace Plugins.Host.Tests.Foreign;

internal sealed class ForeignScopes(ForeignScene scene, IServiceProvider inner) : IServiceProvider, IServiceScopeFactory
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceScopeFactory) ? this : inner.GetService(serviceType);

    public IServiceScope CreateScope()
    {
        scene.At(ForeignPlaces.ScopeCreate);
        return inner.GetRequiredService<IServiceScopeFactory>().CreateScope();
    }
}
