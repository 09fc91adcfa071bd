using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Emits the call of compiled code for types that no <see cref="Crossing"/> is written for.</summary>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal static class SlotCallEmitter
{
    public static SlotCall Emit(FunctionType type)
    {
        const string Name = "Call";
        TypeBuilder container = DynamicCode.DefineStaticClass(
            DynamicCode.DefineModule("Plugins.Wasm.SlotCall"), "SlotCall");
        MethodBuilder method = container.DefineMethod(
            Name,
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(void),
            [typeof(Function), typeof(InterpreterStack), typeof(ulong*), typeof(int)]);
        EmitBody(new ILEmitter(method.GetILGenerator()), type);
        return container.CreateType().GetMethod(Name)!.CreateDelegate<SlotCall>();
    }

    private static void EmitBody(ILEmitter il, FunctionType type)
    {
        Type returns = Signature.ReturnTypeOf(type);
        LocalBuilder? result = returns == typeof(void) ? null : il.DeclareLocal(returns);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionContext);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            SlotMembers.EmitRead(il, () => il.LoadArgument(1), () => il.LoadArgument(2), i, type.Parameters[i]);
        }

        il.LoadArgument(3);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionCode);
        il.CallIndirect(returns, Signature.ParametersOf(type, typeof(object)));
        if (result is not null)
        {
            il.StoreLocal(result);
            SlotMembers.EmitWriteResult(il, () => il.LoadArgument(1), () => il.LoadArgument(2), result);
        }

        il.Emit(OpCodes.Ret);
    }
}
