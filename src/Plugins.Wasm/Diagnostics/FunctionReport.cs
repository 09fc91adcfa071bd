namespace Plugins.Wasm.Diagnostics;

/// <summary>How one of a module's own functions is run.</summary>
/// <param name="Index">Its index in the module, imports included.</param>
/// <param name="Tier">How it is run.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record FunctionReport(int Index, CompilationTier Tier)
{
    /// <summary>Why it was not optimised, or not compiled; a limit as <c>name: actual &gt; limit</c>.</summary>
    /// <value>Null where it is optimised, and where nothing tried to compile it.</value>
    public string? Reason { get; init; }

    /// <summary>The size of its intermediate language.</summary>
    /// <value>Bytes; 0 while it is not compiled.</value>
    public int ILBytes { get; init; }

    /// <summary>The methods that it became: more than one where it was too large to be optimised as one.</summary>
    /// <value>0 while it is not compiled.</value>
    public int Methods { get; init; }

    /// <summary>Bytes of stack that entering it takes.</summary>
    /// <value>0 where that was not measured: it is not compiled, or small.</value>
    public int FrameBytes { get; init; }

    /// <summary>Calls of it that were interpreted, as far as they are counted: until it was found hot.</summary>
    public int InterpretedCalls { get; init; }

    /// <summary>The time that emitting and compiling it took.</summary>
    public TimeSpan CompilationTime { get; init; }
}
