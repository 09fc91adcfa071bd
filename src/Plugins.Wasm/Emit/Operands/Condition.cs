using System.Reflection.Emit;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>Branches on an operand, with comparison and branch in one instruction where there is one.</summary>
internal static class Condition
{
    public static void EmitBranchIfTrue(FunctionPlaces scope, Operand condition, Label target) =>
        Emit(scope, condition, target, sense: true);

    public static void EmitBranchIfFalse(FunctionPlaces scope, Operand condition, Label target) =>
        Emit(scope, condition, target, sense: false);

    private static void Emit(FunctionPlaces scope, Operand condition, Label target, bool sense)
    {
        while (condition is UnaryOperand { Opcode: Opcode.I32Eqz } negation)
        {
            condition = negation.Inner;
            sense = !sense;
        }

        if (condition is BinaryOperand comparison && BranchOf(comparison.Opcode, sense) is OpCode fused)
        {
            comparison.Left.Emit(scope);
            comparison.Right.Emit(scope);
            scope.IL.Branch(fused, target);
            return;
        }

        condition.Emit(scope);
        scope.IL.Branch(sense ? OpCodes.Brtrue : OpCodes.Brfalse, target);
    }

    // The unsigned forms are the unordered ones for floats: they also branch when an operand is NaN, which is what
    // makes them the exact opposites.
    private static OpCode? BranchOf(Opcode opcode, bool sense) => opcode switch
    {
        Opcode.I32Eq or Opcode.I64Eq or Opcode.F32Eq or Opcode.F64Eq => sense ? OpCodes.Beq : OpCodes.Bne_Un,
        Opcode.I32Ne or Opcode.I64Ne or Opcode.F32Ne or Opcode.F64Ne => sense ? OpCodes.Bne_Un : OpCodes.Beq,
        Opcode.I32LtS or Opcode.I64LtS => sense ? OpCodes.Blt : OpCodes.Bge,
        Opcode.I32LtU or Opcode.I64LtU => sense ? OpCodes.Blt_Un : OpCodes.Bge_Un,
        Opcode.I32GtS or Opcode.I64GtS => sense ? OpCodes.Bgt : OpCodes.Ble,
        Opcode.I32GtU or Opcode.I64GtU => sense ? OpCodes.Bgt_Un : OpCodes.Ble_Un,
        Opcode.I32LeS or Opcode.I64LeS => sense ? OpCodes.Ble : OpCodes.Bgt,
        Opcode.I32LeU or Opcode.I64LeU => sense ? OpCodes.Ble_Un : OpCodes.Bgt_Un,
        Opcode.I32GeS or Opcode.I64GeS => sense ? OpCodes.Bge : OpCodes.Blt,
        Opcode.I32GeU or Opcode.I64GeU => sense ? OpCodes.Bge_Un : OpCodes.Blt_Un,
        Opcode.F32Lt or Opcode.F64Lt => sense ? OpCodes.Blt : OpCodes.Bge_Un,
        Opcode.F32Gt or Opcode.F64Gt => sense ? OpCodes.Bgt : OpCodes.Ble_Un,
        Opcode.F32Le or Opcode.F64Le => sense ? OpCodes.Ble : OpCodes.Bgt_Un,
        Opcode.F32Ge or Opcode.F64Ge => sense ? OpCodes.Bge : OpCodes.Blt_Un,
        _ => null,
    };
}
