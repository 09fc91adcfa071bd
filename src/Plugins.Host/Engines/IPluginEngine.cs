using System.Collections.Immutable;
using Plugins.Wasm;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Types;

namespace Plugins.Host.Engines;

/// <summary>The seam between the host and a WebAssembly engine: compile, instantiate, call, interrupt, reset.</summary>
/// <remarks>Safe for use by many threads. The application that makes one disposes it, if it needs that.</remarks>
public interface IPluginEngine
{
    /// <summary>The engine's name for logs and diagnostics.</summary>
    string Name { get; }

    /// <summary>The engine's version for logs and diagnostics.</summary>
    string Version { get; }

    /// <summary>The engine's WebAssembly features, by the names that manifests use.</summary>
    IReadOnlySet<string> Features { get; }

    /// <summary>
    /// Decodes, validates and prepares a whole module; throws what <see cref="Describe"/> understands.
    /// </summary>
    /// <remarks>
    /// The bytes cannot change, and may be kept. The token stops it as soon as the engine can, with an
    /// <see cref="OperationCanceledException"/>. From here on, nothing is compiled on the thread of a call.
    /// </remarks>
    IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default);

    /// <summary>Describes an exception of this engine; null for one that came from elsewhere.</summary>
    EngineFault? Describe(Exception exception);
}

/// <summary>A compiled module.</summary>
/// <remarks>Immutable and safe for use by many threads. Released once nothing refers to it or its instances.</remarks>
public interface IEngineModule
{
    /// <summary>The imports that an instance needs.</summary>
    IReadOnlyList<ImportType> Imports { get; }

    /// <summary>The exports of an instance.</summary>
    IReadOnlyList<ExportType> Exports { get; }

    /// <summary>How each of its own functions is run, as of now; empty where the engine treats all alike.</summary>
    IReadOnlyList<FunctionDiagnostics> Functions { get; }

    /// <summary>The lines of its source, as far as its own debug information tells; read when asked for.</summary>
    SourcePositions Sources { get; }

    /// <summary>Compiles ahead of need what would be compiled later, off the calling thread.</summary>
    /// <remarks>Complete at once where nothing would.</remarks>
    Task WarmUpAsync(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Makes an empty instance that can be given fuel and be interrupted before any guest code runs.</summary>
    IEngineInstance CreateInstance(EngineLimits limits);
}

/// <summary>One instance with memory of its own.</summary>
/// <remarks>
/// One thread at a time, but for <see cref="Interrupt"/> and Dispose: a second one, and use out of order, is an
/// <see cref="InvalidOperationException"/>. Disposal lets a running call end; later ones throw
/// <see cref="ObjectDisposedException"/>, memory answers false, and interrupts do nothing. The host disposes it.
/// </remarks>
public interface IEngineInstance : IDisposable
{
    /// <summary>Fuel left; guest code that needs more traps. Without effect in a module that does not meter.</summary>
    long Fuel { get; set; }

    /// <summary>True if a growth of memory was refused; the host resets it.</summary>
    bool GrowthRefused { get; set; }

    /// <summary>Current size of the exported memory, in bytes.</summary>
    /// <value>0 where there is none, before instantiation and after disposal.</value>
    long MemoryBytes { get; }

    /// <summary>Links the imports, fills the segments and runs the start function, once.</summary>
    /// <remarks>
    /// An exception of an imported function ends the guest and reaches the caller unchanged, here as in calls.
    /// </remarks>
    void Instantiate(IReadOnlyList<HostImport> imports);

    /// <summary>Finds an exported <c>() -> i32</c>, to be kept and called without lookup or allocation.</summary>
    /// <remarks>None of that name is a <see cref="KeyNotFoundException"/>, another type an argument's.</remarks>
    Func<int> GetFunction(string export);

    /// <summary>Finds an exported <c>() -> ()</c>.</summary>
    Action GetAction(string export);

    /// <summary>Gets a range of the exported memory; false if any part of it lies outside.</summary>
    /// <remarks>
    /// Valid until guest code runs again. Answers from within imported functions, the start function's too.
    /// </remarks>
    bool TryGetMemory(uint address, uint length, out Span<byte> span);

    /// <summary>
    /// Takes fuel for work the host did; throws the engine's out-of-fuel trap when there is too little.
    /// </summary>
    void ConsumeFuel(long amount);

    /// <summary>Stops the running guest code, or the next to run, from any thread, until cleared.</summary>
    /// <remarks>Soon: at the next loop, call or bulk operation; in some engines while segments are filled.</remarks>
    void Interrupt();

    /// <summary>Ends the effect of <see cref="Interrupt"/>.</summary>
    void ClearInterrupt();

    /// <summary>Captures memories, globals and tables; false if the engine cannot.</summary>
    bool TryCapture();

    /// <summary>Restores the state that <see cref="TryCapture"/> captured, whatever happened since.</summary>
    void Restore();

    /// <summary>Keeps the state in less memory until the next use; false where that is no gain.</summary>
    bool TryPack() => false;
}
