using Plugins.Host.Engines;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Every engine there is, as the source of fixtures.</summary>
internal static class TestedEngines
{
    internal static TestedEngine Embedded { get; } =
        new("embedded", () => EmbeddedEngine.Instance, new EngineTraits());

    internal static IEnumerable<TestedEngine> Available { get; } = [Embedded];
}
