using Plugins.Host.Engines;

namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    /// <summary>Runs plugins on the embedded engine, with options of the host's own.</summary>
    /// <param name="engine">The engine's options; the defaults where null.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option has no meaning, or is out of range.</exception>
    public PluginHostOptions UseEmbedded(EmbeddedEngineOptions? engine = null)
    {
        Engine = new EmbeddedEngine(engine);
        return this;
    }
}
