using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>What became of a function that was to be compiled.</summary>
/// <param name="Function">Its index among the module's own.</param>
/// <param name="Tier">How it was compiled; <see cref="CompilationTier.Interpreted"/> where it was not.</param>
internal sealed record CompilationOutcome(int Function, CompilationTier Tier)
{
    /// <summary>Why it was not optimised, or not compiled.</summary>
    public string? Reason { get; init; }

    /// <summary>Where its code is; 0 where it was not compiled.</summary>
    public nint Address { get; init; }

    /// <summary>Bytes of intermediate language.</summary>
    public int ILBytes { get; init; }

    /// <summary>Into how many methods it was cut, its own included.</summary>
    public int Methods { get; init; }

    /// <summary>Bytes of stack that entering it takes, where that was measured.</summary>
    public int FrameBytes { get; init; }

    /// <summary>What emitting and compiling it took.</summary>
    public TimeSpan Time { get; init; }
}
