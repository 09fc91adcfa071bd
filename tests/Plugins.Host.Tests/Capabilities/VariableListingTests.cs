using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Capabilities;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class VariableListingTests
{
    private static readonly VariableKey[] Keys =
    [
        new("blue", "acme/b", "cart.1"), new("blue", "acme/a", "cart.2"), new("blue", "acme/a", "Cart"),
        new("red", "acme/a", "cart.1"), new(null, "acme/a", "cart.1"), new("blue", "acme/a", "cart.1"),
    ];

    private readonly MemoryVariableStore _store = new();

    [SetUp]
    public async Task SetUp()
    {
        foreach (var key in Keys)
        {
            await _store.WriteAsync(key, new byte[] { 1 }, CancellationToken.None);
        }
    }

    [Test]
    public async Task Variables_OfATenant_AreListedInOrder() => Assert.That(
        await ListAsync(new VariableQuery("blue")), Is.EqualTo([Keys[2], Keys[5], Keys[1], Keys[0]]));

    [Test]
    public async Task Variables_OfTheApplication_AreNoTenants() =>
        Assert.That(await ListAsync(new VariableQuery(null)), Is.EqualTo([Keys[4]]));

    [Test]
    public async Task Variables_OfAPluginWithAPrefix_AreThoseAlone() => Assert.That(
        await ListAsync(new VariableQuery("blue", "acme/a", "cart.")), Is.EqualTo([Keys[5], Keys[1]]));

    [Test]
    public async Task Variables_OfATenantThatLeaves_AreErased()
    {
        Assert.That(await _store.EraseAsync(new VariableQuery("blue")), Is.EqualTo(4));
        Assert.That(await ListAsync(new VariableQuery("blue")), Is.Empty);
        Assert.That(await ListAsync(new VariableQuery("red")), Has.Length.EqualTo(1));
    }

    [Test]
    public void Erasing_ThatIsCancelled_Ends() => Assert.That(
        async () => await _store.EraseAsync(new VariableQuery("blue"), new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public async Task Variable_ThatAGuestWrote_IsListedUnderTheGuestsOwner()
    {
        using var rig = new Rig().Uses("variables.write").Guest("run", guest =>
            guest.Ask("variables.write", [1, 0, 0, 0, (byte)'k', 7]).Status);
        rig.Options.Variables = _store;
        using var plugin = rig.Load();
        plugin.Call("run", [], new PluginCallOptions { Tenant = "green" });
        var owner = VariableKey.OwnerOf(plugin.Id, plugin.IsSigned);
        Assert.That(
            await ListAsync(new VariableQuery("green")), Is.EqualTo([new VariableKey("green", owner, "k")]));
    }

    private async Task<VariableKey[]> ListAsync(VariableQuery query) =>
        await _store.ListAsync(query, CancellationToken.None).ToArrayAsync();
}
