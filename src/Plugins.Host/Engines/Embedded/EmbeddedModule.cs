using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Host.Engines.Embedded;

internal sealed class EmbeddedModule(Module module) : IEngineModule
{
    /// <summary>The code, which other plugins may run too.</summary>
    internal Module Module => module;

    public IReadOnlyList<ImportType> Imports => module.Imports;

    public IReadOnlyList<ExportType> Exports => module.Exports;

    public IReadOnlyList<FunctionDiagnostics> Functions => [.. module.Functions.Select(Describe)];

    public SourcePositions Sources => module.Sources;

    public Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken) =>
        module.CompileFunctionsAsync(progress, cancellationToken);

    public IEngineInstance CreateInstance(EngineLimits limits) => new EmbeddedInstance(module, limits);

    private FunctionDiagnostics Describe(FunctionReport function) => new(
        function.Index, module.GetReadableFunctionName(function.Index), function.Tier)
    {
        Reason = function.Reason,
        InterpretedCalls = function.InterpretedCalls,
        CompilationTime = function.CompilationTime,
    };
}
