using Plugins.Host.Engines;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Hosting;

/// <summary>A module whose instances tell <see cref="MeteredEngine"/> how large their memory became.</summary>
internal sealed class MeteredModule(MeteredEngine engine, IEngineModule inner) : IEngineModule
{
    public IReadOnlyList<ImportType> Imports => inner.Imports;

    public IReadOnlyList<ExportType> Exports => inner.Exports;

    public IReadOnlyList<UnoptimizedFunction> UnoptimizedFunctions => inner.UnoptimizedFunctions;

    public IEngineInstance CreateInstance(EngineLimits limits) =>
        new MeteredInstance(engine, inner.CreateInstance(limits));
}
