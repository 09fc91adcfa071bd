using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>An open block, loop, if or else, or the function itself (which counts as a block).</summary>
/// <param name="Opcode">What opened it.</param>
/// <param name="Type">What it takes and gives.</param>
/// <param name="Floor">The height of the operand stack below its parameters.</param>
/// <remarks>WebAssembly 2.0, appendix A.3 (validation algorithm).</remarks>
internal record struct ControlFrame(Opcode Opcode, FunctionType Type, int Floor)
{
    /// <summary>Whether the code is behind an unconditional branch.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>How many locals that need a value had got one before it.</summary>
    public int InitializedLocals { get; init; }

    /// <summary>What a branch to it takes: a loop's parameters, any other's results.</summary>
    public readonly ValueCode[] LabelCodes => Opcode == Opcode.Loop ? Type.ParameterCodes : Type.ResultCodes;
}
