using System.Collections.Frozen;
using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Host.Tests.Support;

/// <summary>An engine whose guests are written in C#, to test the host without WebAssembly.</summary>
internal sealed class FakeEngine : IPluginEngine, IEngineModule
{
    private const ValueKind I32 = ValueKind.I32;

    internal static readonly FunctionType Entry = new([], [I32]);
    internal static readonly FunctionType Capability = new([I32, I32], [I32]);

    public string Name => "fake";

    public string Version => "1.2";

    public IReadOnlySet<string> Features { get; } = FrozenSet.Create(StringComparer.Ordinal, "threads");

    public List<ImportType> ImportList { get; } = [];

    public List<ExportType> ExportList { get; } =
        [new("memory", new MemoryType(new Plugins.Wasm.Types.Limits(1, null)), 0)];

    public IReadOnlyList<ImportType> Imports => ImportList;

    public IReadOnlyList<ExportType> Exports => ExportList;

    IReadOnlyList<FunctionDiagnostics> IEngineModule.Functions => [];

    SourcePositions IEngineModule.Sources { get; } = new(ReadOnlyMemory<byte>.Empty);

    internal Dictionary<string, Func<FakeGuest, int>> Functions { get; } = new(StringComparer.Ordinal);

    internal Action<FakeGuest> Initialize { get; set; } = _ => { };

    /// <summary>Runs whenever a module is compiled.</summary>
    internal Action Compiling { get; set; } = () => { };

    internal bool CanCapture { get; set; } = true;

    internal bool PackingFails { get; set; }

    /// <summary>How it was asked to compile, once for each load.</summary>
    internal List<EngineModuleOptions> Compiled { get; } = [];

    /// <summary>Runs whenever a module is to be warmed up.</summary>
    internal Func<IProgress<CompilationProgress>?, CancellationToken, Task> WarmingUp { get; set; } =
        (_, _) => Task.CompletedTask;

    internal List<FakeGuest> Guests { get; } = [];

    public IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Compiled.Add(options);
        Compiling();
        return this;
    }

    public Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken) =>
        WarmingUp(progress, cancellationToken);

    public IEngineInstance CreateInstance(EngineLimits limits)
    {
        var guest = new FakeGuest(this, limits.MemoryBudget);
        lock (Guests)
        {
            Guests.Add(guest);
        }

        return guest;
    }

    public EngineFault? Describe(Exception exception) => (exception as FakeTrapException)?.Fault;
}
