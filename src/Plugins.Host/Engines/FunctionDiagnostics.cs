using Plugins.Wasm.Diagnostics;

namespace Plugins.Host.Engines;

/// <summary>How one of a module's own functions is run, as of when it was asked.</summary>
/// <param name="Index">Its index in the module, imported functions counted.</param>
/// <param name="Name">Its name as in backtraces, or null. It is the guest's word: escape it before showing.</param>
/// <param name="Tier">How it is run.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record FunctionDiagnostics(int Index, string? Name, CompilationTier Tier)
{
    /// <summary>Why it is not optimised, or never will be: for a limit, <c>name: actual &gt; limit</c>.</summary>
    /// <value>Null where it is optimised, and where nothing tried to compile it.</value>
    public string? Reason { get; init; }

    /// <summary>Calls of it that were interpreted, in all instances, counted until it was found hot.</summary>
    public int InterpretedCalls { get; init; }

    /// <summary>The time that compiling it took, or that was spent on trying.</summary>
    public TimeSpan CompilationTime { get; init; }
}
