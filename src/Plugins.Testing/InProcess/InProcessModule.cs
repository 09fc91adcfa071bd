using Plugins.Host.Engines;
using Plugins.Pdk.Runtime;
using Plugins.Host.Abi;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Testing.InProcess;

/// <summary>A generated module description in the terms of the engine seam.</summary>
internal sealed class InProcessModule : IEngineModule
{
    private readonly PluginModule _module;

    internal InProcessModule(PluginModule module)
    {
        _module = module;
        Imports =
        [
            .. module.Capabilities.Select(name => new ImportType(AbiNames.HostModule, name, AbiContract.Capability)),
        ];
        Exports =
        [
            new ExportType(AbiNames.Memory, new MemoryType(new Limits(0, null)), 0),
            .. module.Functions.Keys.Order(StringComparer.Ordinal)
                .Select((name, index) => new ExportType(name, AbiContract.Entry, index)),
        ];
    }

    public IReadOnlyList<ImportType> Imports { get; }

    public IReadOnlyList<ExportType> Exports { get; }

    public IReadOnlyList<FunctionDiagnostics> Functions => [];

    public SourcePositions Sources { get; } = new(ReadOnlyMemory<byte>.Empty);

    public Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public IEngineInstance CreateInstance(EngineLimits limits) => new InProcessInstance(_module);
}
