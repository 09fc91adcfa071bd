using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Host.Engines.Embedded;

internal sealed class EmbeddedModule(Module module) : IEngineModule
{
    /// <summary>The code, which other plugins may run too.</summary>
    internal Module Module => module;

    public IReadOnlyList<ImportType> Imports => module.Imports;

    public IReadOnlyList<ExportType> Exports => module.Exports;

    public IEngineInstance CreateInstance(EngineLimits limits) => new EmbeddedInstance(module, limits);
}
