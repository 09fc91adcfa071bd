using Microsoft.Extensions.DependencyInjection;

namespace Plugins.Host.Tests.Foreign;

/// <summary>Services whose scopes block when they are disposed.</summary>
internal sealed class BlockingScopes(TaskCompletionSource entered, Task goOn)
    : IServiceProvider, IServiceScopeFactory, IServiceScope
{
    public IServiceProvider ServiceProvider => this;

    public object? GetService(Type serviceType) => serviceType == typeof(IServiceScopeFactory) ? this : null;

    public IServiceScope CreateScope() => this;

    public void Dispose()
    {
        entered.TrySetResult();
        goOn.Wait();
    }
}
