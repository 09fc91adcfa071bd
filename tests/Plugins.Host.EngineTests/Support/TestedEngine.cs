using Plugins.Host.Engines;

namespace Plugins.Host.EngineTests.Support;

/// <summary>An engine for a fixture, made when the first test needs it and shared by all.</summary>
/// <param name="Name">What the fixture is called.</param>
/// <param name="Make">Makes the engine.</param>
/// <param name="Traits">In what it differs.</param>
internal sealed record TestedEngine(string Name, Func<IPluginEngine> Make, EngineTraits Traits)
{
    private readonly Lazy<IPluginEngine> _engine = new(Make);

    internal IPluginEngine Engine => _engine.Value;

    public override string ToString() => Name;
}
