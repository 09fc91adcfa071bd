using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>The way from the host into a guest for one delegate type.</summary>
/// <remarks>
/// A static method <c>(Function, parameters…) → result</c> that claims the store, calls the function's code and gives
/// the store up whatever happens. A delegate closed over the function makes it typed.
/// </remarks>
internal sealed class EntryThunk
{
    private static readonly ConditionalWeakTable<Type, EntryThunk> s_known = [];

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "A delegate type that is used keeps its Invoke method.")]
    private EntryThunk(Type delegateType)
    {
        MethodInfo invoke = delegateType.GetMethod("Invoke")
            ?? throw new ArgumentException($"{delegateType} is not a delegate type.", nameof(delegateType));
        Type = Signature.Of(invoke, skip: 0);
        Method = Emit(invoke, Type, delegateType.Assembly);
    }

    /// <summary>The function type that the delegate's signature stands for.</summary>
    public FunctionType Type { get; }

    /// <summary>The method, whose first parameter is the function.</summary>
    public MethodInfo Method { get; }

    /// <exception cref="ArgumentException">The signature has no counterpart in WebAssembly.</exception>
    public static EntryThunk For(Type delegateType) =>
        s_known.GetValue(delegateType, static type => new EntryThunk(type));

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
        EmitCall(il, type, depth);
        if (result is not null)
        {
            il.StoreLocal(result);
        }

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

    private static void EmitCall(ILEmitter il, FunctionType type, LocalBuilder depth)
    {
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionContext);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            il.LoadArgument(i + 1);
            if (type.Parameters[i] == ValueKind.FuncRef)
            {
                il.LoadArgument(0);
                il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionStore);
                il.Emit(OpCodes.Call, RuntimeMembers.FunctionThrowIfForeign);
            }
        }

        il.LoadLocal(depth);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionCode);
        il.CallIndirect(Signature.ReturnTypeOf(type), Signature.ParametersOf(type, typeof(object)));
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
