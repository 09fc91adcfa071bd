using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>The way from compiled code to functions of one type that are interpreted, or the host's.</summary>
/// <remarks>
/// A static method of the shape every function has, whose context is the function itself. What it does with its
/// parameters is <see cref="Function.CallFromCode"/>. Fuel that it is given is in the store meanwhile.
/// </remarks>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal sealed class Detour(FunctionType type, bool passesFuel) : HostCode(Emit(type, passesFuel))
{
    private static MethodInfo Emit(FunctionType type, bool passesFuel)
    {
        const string Name = "Call";
        TypeBuilder container = DynamicCode.DefineStaticClass(
            DynamicCode.DefineModule("Plugins.Wasm.Detour"), "Detour");
        MethodBuilder method = container.DefineMethod(
            Name,
            MethodAttributes.Public | MethodAttributes.Static,
            Signature.ReturnTypeOf(type, passesFuel),
            Signature.ParametersOf(type, typeof(Function), passesFuel));
        EmitBody(new ILEmitter(method.GetILGenerator()), type, passesFuel);
        return container.CreateType().GetMethod(Name)!;
    }

    private static void EmitBody(ILEmitter il, FunctionType type, bool passesFuel)
    {
        if (passesFuel)
        {
            EmitStore(il);
            il.LoadArgument(type.Parameters.Length + 2);
            il.Emit(OpCodes.Stfld, RuntimeMembers.StoreFuel);
        }

        SlotMembers.EmitCall(
            il, type, RuntimeMembers.FunctionCallFromCode, () => il.LoadArgument(type.Parameters.Length + 1));
        if (passesFuel)
        {
            EmitFueled(il, type);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void EmitFueled(ILEmitter il, FunctionType type)
    {
        if (type.Results.Length == 0)
        {
            EmitStoredFuel(il);
            return;
        }

        LocalBuilder value = il.DeclareLocal(Signature.TypeOf(type.Results[0]));
        il.StoreLocal(value);
        FueledMembers fueled = FueledMembers.Of(type.Results[0]);
        fueled.EmitMake(
            il, il.DeclareLocal(fueled.Type), () => il.LoadLocal(value), () => EmitStoredFuel(il));
    }

    private static void EmitStoredFuel(ILEmitter il)
    {
        EmitStore(il);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuel);
    }

    private static void EmitStore(ILEmitter il)
    {
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionStore);
    }
}
