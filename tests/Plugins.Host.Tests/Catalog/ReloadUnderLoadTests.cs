using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

/// <summary>Versions are replaced while calls go on. <c>eng/soak.sh</c> has the long form.</summary>
internal sealed class ReloadUnderLoadTests
{
    [Test]
    public async Task Calls_WhileVersionsAreReplaced_NeverFailAndNothingIsLeft()
    {
        using var load = new ReloadLoad();
        await load.StartAsync();
        await load.ReloadAsync(60);
        await load.StopAsync();
        Assert.That(load.Calls, Is.Positive);
        await CatalogScene.UntilAsync(() => load.Alive <= 1);
    }
}
