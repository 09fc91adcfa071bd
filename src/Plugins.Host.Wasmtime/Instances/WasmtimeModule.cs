using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>A module's description and its machine code.</summary>
internal sealed class WasmtimeModule(ModuleDescription description, NativeModule code) : IEngineModule
{
    private const string MemoryExport = "memory";

    public IReadOnlyList<ImportType> Imports => description.Imports;

    public IReadOnlyList<ExportType> Exports => description.Exports;

    public IReadOnlyList<FunctionDiagnostics> Functions => [];

    public SourcePositions Sources => description.Sources;

    internal ModuleDescription Description => description;

    internal NativeModule Code => code;

    internal bool ExportsMemory { get; } =
        description.Exports.Any(export => export.Name == MemoryExport && export.Type.Kind == ExternKind.Memory);

    /// <summary>All was compiled when the plugin was loaded.</summary>
    public Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public IEngineInstance CreateInstance(EngineLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new WasmtimeInstance(this, limits);
    }
}
