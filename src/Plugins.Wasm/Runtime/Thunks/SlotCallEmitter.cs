using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>
/// Emits the call of compiled code for types that no <see cref="Crossing"/> is written for, and of code that is given
/// its fuel.
/// </summary>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal static class SlotCallEmitter
{
    public static SlotCall Emit(FunctionType type, bool passesFuel)
    {
        const string Name = "Call";
        TypeBuilder container = DynamicCode.DefineStaticClass(
            DynamicCode.DefineModule("Plugins.Wasm.SlotCall"), "SlotCall");
        MethodBuilder method = container.DefineMethod(
            Name,
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(void),
            [typeof(Function), typeof(InterpreterStack), typeof(ulong*), typeof(int)]);
        EmitBody(new ILEmitter(method.GetILGenerator()), type, passesFuel);
        return container.CreateType().GetMethod(Name)!.CreateDelegate<SlotCall>();
    }

    private static void EmitBody(ILEmitter il, FunctionType type, bool passesFuel)
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
        if (passesFuel)
        {
            EmitStore(il);
            il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuel);
        }

        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionCode);
        il.CallIndirect(
            Signature.ReturnTypeOf(type, passesFuel), Signature.ParametersOf(type, typeof(object), passesFuel));
        if (passesFuel)
        {
            EmitStoreFuel(il, type);
        }

        if (result is not null)
        {
            il.StoreLocal(result);
            SlotMembers.EmitWriteResult(il, () => il.LoadArgument(1), () => il.LoadArgument(2), result);
        }

        il.Emit(OpCodes.Ret);
    }

    /// <summary>Stores the fuel that was returned, and leaves the result.</summary>
    private static void EmitStoreFuel(ILEmitter il, FunctionType type)
    {
        if (type.Results.Length == 0)
        {
            StoreFuel();
            return;
        }

        FueledMembers.Of(type.Results[0]).EmitTake(il, StoreFuel);

        void StoreFuel()
        {
            LocalBuilder fuel = il.DeclareLocal(typeof(long));
            il.StoreLocal(fuel);
            EmitStore(il);
            il.LoadLocal(fuel);
            il.Emit(OpCodes.Stfld, RuntimeMembers.StoreFuel);
        }
    }

    private static void EmitStore(ILEmitter il)
    {
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionStore);
    }
}
