using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Gates;

/// <summary>Emits the small method that stands before a function with a large frame.</summary>
/// <remarks>
/// The function's own check comes too late when entering it already needs more stack than is left, so the gate checks
/// that the frame fits, and only then calls it.
/// </remarks>
internal static class GateEmitter
{
    public static void Emit(MethodBuilder gate, MethodInfo body, FunctionType type, int number)
    {
        var il = new ILEmitter(gate.GetILGenerator());
        LocalBuilder probe = il.DeclareLocal(typeof(int));
        Label fits = il.DefineLabel();
        il.LoadLocalAddress(probe);
        il.Emit(OpCodes.Conv_U);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceFrameBytes);
        il.LoadConstant(number);
        il.Emit(OpCodes.Ldelem_I4);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceStore);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreStackLimit);
        il.Branch(OpCodes.Bge_Un, fits);
        il.LoadArgument(0);
        il.LoadConstant(number);
        il.Emit(OpCodes.Call, RuntimeMembers.StackGuardExtendFor);
        il.Mark(fits);
        for (int i = 0; i < type.Parameters.Length + 2; i++)
        {
            il.LoadArgument(i);
        }

        il.Emit(OpCodes.Call, body);
        il.Emit(OpCodes.Ret);
    }
}
