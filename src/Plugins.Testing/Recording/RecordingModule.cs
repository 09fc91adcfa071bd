using Plugins.Host.Engines;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Testing.Recording;

/// <summary>A module whose instances are recorded.</summary>
internal sealed class RecordingModule(IEngineModule inner, Recorder recorder, TimeProvider time) : IEngineModule
{
    public IReadOnlyList<ImportType> Imports => inner.Imports;

    public IReadOnlyList<ExportType> Exports => inner.Exports;

    public IReadOnlyList<FunctionDiagnostics> Functions => inner.Functions;

    public SourcePositions Sources => inner.Sources;

    public Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken) =>
        inner.WarmUpAsync(progress, cancellationToken);

    public IEngineInstance CreateInstance(EngineLimits limits) =>
        new RecordingInstance(inner.CreateInstance(limits), recorder, time);
}
