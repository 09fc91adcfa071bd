using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Emits the call of a function whose type is known only at run time.</summary>
internal static class InvokerEmitter
{
    public static FunctionInvoker Emit(FunctionType type)
    {
        const string Name = "Invoke";
        TypeBuilder container = DynamicCode.DefineStaticClass(
            DynamicCode.DefineModule("Plugins.Wasm.Invoke"), "Invoker");
        MethodBuilder method = container.DefineMethod(
            Name,
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(void),
            [typeof(Function), typeof(ReadOnlySpan<Value>), typeof(Span<Value>)]);
        EmitBody(new ILEmitter(method.GetILGenerator()), type);
        return container.CreateType().GetMethod(Name)!.CreateDelegate<FunctionInvoker>();
    }

    private static void EmitBody(ILEmitter il, FunctionType type)
    {
        Type returns = Signature.ReturnTypeOf(type);
        LocalBuilder? result = returns == typeof(void) ? null : il.DeclareLocal(returns);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionContext);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            il.LoadArgument(1);
            il.LoadConstant(i);
            il.Emit(OpCodes.Call, InvokerValues.Reader(type.Parameters[i]));
        }

        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionStore);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreDepthRemaining);
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.FunctionCode);
        il.CallIndirect(returns, Signature.ParametersOf(type, typeof(object)));
        if (result is not null)
        {
            il.StoreLocal(result);
            il.LoadArgument(0);
            il.LoadArgument(2);
            il.LoadLocal(result);
            il.Emit(OpCodes.Call, InvokerValues.Writer(type.Results[0]));
        }

        il.Emit(OpCodes.Ret);
    }
}
