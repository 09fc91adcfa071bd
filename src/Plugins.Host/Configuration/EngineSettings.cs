using Plugins.Host.Engines;
using Plugins.Wasm;

namespace Plugins.Host.Configuration;

/// <summary>Options of the embedded engine, out of a section of its own; null where it sets none.</summary>
internal static class EngineSettings
{
    internal static EmbeddedEngineOptions? Read(SettingsReader section, IPluginEngine? present)
    {
        var options = (present as EmbeddedEngine)?.Options ?? EmbeddedEngineOptions.Default;
        var read = options with
        {
            Mode = section.Choice<ExecutionMode>(nameof(options.Mode)) ?? options.Mode,
            CompilationTime = section.Time(
                nameof(options.CompilationTime), EmbeddedEngineOptions.MostCompilationTime) ?? options.CompilationTime,
        };
        section.RequireKnown();
        return read == options ? null : read;
    }
}
