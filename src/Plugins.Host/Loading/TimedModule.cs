using Plugins.Host.Engines;

namespace Plugins.Host.Loading;

/// <summary>A compiled module, and how long the engine took.</summary>
internal readonly record struct TimedModule(IEngineModule Module, TimeSpan Duration);
