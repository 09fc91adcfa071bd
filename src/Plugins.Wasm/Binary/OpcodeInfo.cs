using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>What is always true of an opcode: its immediates and, for plain ones, its operands and result.</summary>
internal readonly record struct OpcodeInfo(ImmediateKind Immediate)
{
    /// <summary>Whether the opcode alone tells operands and result: constants, operators, loads, stores.</summary>
    public bool IsPlain { get; init; }

    /// <summary>How many operands a plain instruction pops, or one on a local: up to 3.</summary>
    public byte OperandCount { get; init; }

    /// <summary>The operand pushed first; a load's or store's address.</summary>
    public ValueKind First { get; init; }

    /// <summary>The operand pushed second, where there is one.</summary>
    public ValueKind Second { get; init; }

    /// <summary>The operand pushed last, where there are three.</summary>
    public ValueKind Third { get; init; }

    /// <summary>The type of the result; the default value where there is none.</summary>
    public ValueKind Result { get; init; }

    /// <summary>The bytes a load or store moves, or 0.</summary>
    public byte AccessBytes { get; init; }

    public bool HasResult => Result != default;
}
