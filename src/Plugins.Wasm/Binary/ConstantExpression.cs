using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>A constant expression: its one instruction with its immediate, or where several stand.</summary>
/// <param name="Opcode">
/// Of the only instruction, in a valid module a <c>*.const</c>, <c>global.get</c>, <c>ref.null</c> or <c>ref.func</c>;
/// <c>end</c> where there is another number of them.
/// </param>
/// <param name="Bits">
/// The constant's bits, or the index; for a vector, where in the module it stands; of several instructions, where they
/// end.
/// </param>
/// <param name="Code">The type <c>ref.null</c> names.</param>
/// <param name="Offset">Where it stands in the module.</param>
/// <remarks>Element segments have millions, so this is small. WebAssembly 3.0, section 3.4.13.</remarks>
internal readonly record struct ConstantExpression(Opcode Opcode, ulong Bits, ValueCode Code, int Offset)
{
    /// <summary>Whether its instructions are to be read: they are not one, or one that makes an object.</summary>
    public bool IsSequence => Opcode == Opcode.End;

    /// <summary>One whose instructions stand from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public static ConstantExpression Sequence(int start, int end) => new(Opcode.End, (ulong)end, default, start);

    /// <summary>A reader of the instructions of a sequence, the last of which is an <c>end</c>.</summary>
    public CodeReader Read(BinaryModule module) =>
        new(module.Bytes, module.Definitions, Offset, (int)Bits, isConstant: true);

    /// <summary>The expression that is this instruction alone.</summary>
    public static ConstantExpression Of(in Instruction instruction)
    {
        bool isIndex = instruction.Opcode is Opcode.GlobalGet or Opcode.RefFunc;
        ulong bits = isIndex ? instruction.Index : instruction.Immediate;
        return new ConstantExpression(instruction.Opcode, bits, instruction.Code, instruction.Offset);
    }
}
