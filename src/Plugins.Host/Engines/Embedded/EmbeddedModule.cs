using Plugins.Wasm;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Host.Engines.Embedded;

internal sealed class EmbeddedModule(Module module) : IEngineModule
{
    /// <summary>The code, which other plugins may run too.</summary>
    internal Module Module => module;

    public IReadOnlyList<ImportType> Imports => module.Imports;

    public IReadOnlyList<ExportType> Exports => module.Exports;

    public IReadOnlyList<UnoptimizedFunction> UnoptimizedFunctions => field ??=
    [
        .. module.Functions
            .Where(function => function.Tier == CompilationTier.Unoptimized)
            .Select(function => new UnoptimizedFunction(
                function.Index, module.GetReadableFunctionName(function.Index), function.Reason ?? string.Empty)),
    ];

    public IEngineInstance CreateInstance(EngineLimits limits) => new EmbeddedInstance(module, limits);
}
