using Plugins.Host.Engines;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Hosting;

/// <summary>A module whose instances tell <see cref="MeteredEngine"/> how large their memory became.</summary>
internal sealed class MeteredModule(MeteredEngine engine, IEngineModule inner) : IEngineModule
{
    public IReadOnlyList<ImportType> Imports => inner.Imports;

    public IReadOnlyList<ExportType> Exports => inner.Exports;

    public IReadOnlyList<FunctionDiagnostics> Functions => inner.Functions;

    public SourcePositions Sources => inner.Sources;

    public Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken) =>
        inner.WarmUpAsync(progress, cancellationToken);

    public IEngineInstance CreateInstance(EngineLimits limits) =>
        new MeteredInstance(engine, inner.CreateInstance(limits));
}
