using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>
/// The way from the host into a guest for a delegate type that no <see cref="Crossing"/> is written for.
/// </summary>
/// <remarks>
/// A static method <c>(Function, parameters…) → result</c> that does what <see cref="GuestCalls"/> do. A delegate
/// closed over the function makes it typed.
/// </remarks>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal sealed class EntryThunk
{
    internal EntryThunk(MethodInfo invoke, FunctionType type, Assembly accessed) =>
        Method = Emit(invoke, type, accessed);

    /// <summary>The method, whose first parameter is the function.</summary>
    public MethodInfo Method { get; }

    private static MethodInfo Emit(MethodInfo invoke, FunctionType type, Assembly accessed)
    {
        const string Name = "Enter";
        ModuleBuilder module = DynamicCode.DefineModule("Plugins.Wasm.Entry", accessed);
        TypeBuilder container = DynamicCode.DefineStaticClass(module, "Entry");
        Type[] parameters = [typeof(Function), .. invoke.GetParameters().Select(p => p.ParameterType)];
        MethodBuilder method = container.DefineMethod(
            Name, MethodAttributes.Public | MethodAttributes.Static, invoke.ReturnType, parameters);
        EmitBody(new ILEmitter(method.GetILGenerator()), type);
        return container.CreateType().GetMethod(Name)!;
    }

    private static void EmitBody(ILEmitter il, FunctionType type)
    {
        LocalBuilder store = il.DeclareLocal(typeof(Store));
        LocalBuilder isOutermost = il.DeclareLocal(typeof(bool));
        LocalBuilder depth = il.DeclareLocal(typeof(int));
        Type returns = Signature.ReturnTypeOf(type);
        LocalBuilder? result = returns == typeof(void) ? null : il.DeclareLocal(returns);

        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionStore);
        il.StoreLocal(store);
        il.LoadLocal(store);
        il.Emit(OpCodes.Call, RuntimeMembers.StoreEnter);
        il.StoreLocal(isOutermost);
        il.LoadLocal(store);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreDepthRemaining);
        il.StoreLocal(depth);

        il.Generator.BeginExceptionBlock();
        EmitAdmission(il, type);
        EmitCall(il, type, depth, result);
        il.LoadLocal(store);
        il.Emit(OpCodes.Call, RuntimeMembers.StoreThrowIfOutOfFuel);
        il.Generator.BeginFinallyBlock();
        EmitLeave(il, store, isOutermost, depth);
        il.Generator.EndExceptionBlock();

        if (result is not null)
        {
            il.LoadLocal(result);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void EmitAdmission(ILEmitter il, FunctionType type)
    {
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            if (type.Parameters[i] == ValueKind.FuncRef)
            {
                il.LoadArgument(i + 1);
                il.LoadArgument(0);
                il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionStore);
                il.Emit(OpCodes.Call, RuntimeMembers.FunctionThrowIfForeign);
                il.Emit(OpCodes.Pop);
            }
        }
    }

    private static void EmitCall(ILEmitter il, FunctionType type, LocalBuilder depth, LocalBuilder? result)
    {
        LocalBuilder code = il.DeclareLocal(typeof(nint));
        Label interpreted = il.DefineLabel();
        Label end = il.DefineLabel();
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionCode);
        il.StoreLocal(code);
        il.LoadLocal(code);
        il.Branch(OpCodes.Brfalse, interpreted);
        EmitCodeCall(il, type, depth, code);
        EmitTake(il, result);
        il.Branch(OpCodes.Br, end);
        il.Mark(interpreted);
        SlotMembers.EmitCall(il, type, RuntimeMembers.FunctionCall, () => il.LoadLocal(depth));
        EmitTake(il, result);
        il.Mark(end);
    }

    private static void EmitCodeCall(ILEmitter il, FunctionType type, LocalBuilder depth, LocalBuilder code)
    {
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionContext);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            il.LoadArgument(i + 1);
        }

        il.LoadLocal(depth);
        il.LoadLocal(code);
        il.CallIndirect(Signature.ReturnTypeOf(type), Signature.ParametersOf(type, typeof(object)));
    }

    private static void EmitTake(ILEmitter il, LocalBuilder? result)
    {
        if (result is not null)
        {
            il.StoreLocal(result);
        }
    }

    private static void EmitLeave(ILEmitter il, LocalBuilder store, LocalBuilder isOutermost, LocalBuilder depth)
    {
        Label end = il.DefineLabel();
        il.LoadLocal(store);
        il.LoadLocal(depth);
        il.Emit(OpCodes.Stfld, RuntimeMembers.StoreDepthRemaining);
        il.LoadLocal(isOutermost);
        il.Branch(OpCodes.Brfalse, end);
        il.LoadLocal(store);
        il.Emit(OpCodes.Call, RuntimeMembers.StoreLeave);
        il.Mark(end);
    }
}
