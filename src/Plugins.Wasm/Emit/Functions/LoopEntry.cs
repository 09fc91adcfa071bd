using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Hides from the optimiser with which constants a loop begins.</summary>
/// <remarks>
/// Of variables that begin at the same constant, .NET 10's optimiser computes the common step, and divides the smallest
/// number by -1. RATIONALE.md, "Why do loops begin with an opaque zero?".
/// </remarks>
internal static class LoopEntry
{
    /// <summary>Joins the integers that a loop carries with a zero that the optimiser does not know.</summary>
    /// <param name="scope">The function.</param>
    /// <param name="loop">The loop's offset.</param>
    /// <param name="parameters">Where its parameters are.</param>
    public static void Emit(FunctionScope scope, int loop, LocalBuilder[] parameters)
    {
        if (scope.Scan.Loops.At(loop) is not int[] carried)
        {
            return;
        }

        foreach (int local in carried)
        {
            ValueKind kind = scope.KindOf(local);
            if (kind is ValueKind.I32 or ValueKind.I64)
            {
                scope.LoadLocal(local);
                EmitUnknownZero(scope.IL, isLong: kind == ValueKind.I64);
                scope.StoreLocal(local);
            }
        }

        foreach (LocalBuilder parameter in parameters)
        {
            if (parameter.LocalType == typeof(int) || parameter.LocalType == typeof(long))
            {
                scope.IL.LoadLocal(parameter);
                EmitUnknownZero(scope.IL, isLong: parameter.LocalType == typeof(long));
                scope.IL.StoreLocal(parameter);
            }
        }
    }

    // Volatile, so that what is found out about one of these zeros is not known of the others.
    private static void EmitUnknownZero(ILEmitter il, bool isLong)
    {
        il.LoadArgument(0);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceNought);
        if (isLong)
        {
            il.Emit(OpCodes.Conv_I8);
        }

        il.Emit(OpCodes.Or);
    }
}
