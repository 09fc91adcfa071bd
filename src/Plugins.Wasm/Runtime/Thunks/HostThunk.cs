using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>The way from compiled code to delegates of one type.</summary>
/// <remarks>
/// A static method of the shape every function has, <c>(HostBinding, parameters…, int depth) → result</c>, that notes
/// the call depth for calls back into the guest and invokes the delegate: typed, without boxing.
/// </remarks>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal sealed class HostThunk : HostCode
{
    internal HostThunk(Type delegateType, FunctionType type, bool takesImporter)
        : base(Emit(delegateType, type, takesImporter))
    {
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "A delegate type that is used keeps its Invoke method.")]
    private static MethodInfo Emit(Type delegateType, FunctionType type, bool takesImporter)
    {
        const string Name = "Call";
        MethodInfo invoke = delegateType.GetMethod("Invoke")!;
        ModuleBuilder module = DynamicCode.DefineModule("Plugins.Wasm.Host", delegateType.Assembly);
        TypeBuilder container = DynamicCode.DefineStaticClass(module, "Host");
        MethodBuilder method = container.DefineMethod(
            Name,
            MethodAttributes.Public | MethodAttributes.Static,
            Signature.ReturnTypeOf(type),
            Signature.ParametersOf(type, typeof(HostBinding)));
        EmitBody(new ILEmitter(method.GetILGenerator()), invoke, type, takesImporter);
        return container.CreateType().GetMethod(Name)!;
    }

    private static void EmitBody(ILEmitter il, MethodInfo invoke, FunctionType type, bool takesImporter)
    {
        int parameters = type.Parameters.Length;
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.BindingStore);
        il.LoadArgument(parameters + 1);
        il.Emit(OpCodes.Stfld, RuntimeMembers.StoreDepthRemaining);

        // The guest may have overdrawn its fuel, or been interrupted, since its last check; nothing outside it may
        // happen then.
        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.BindingStore);
        il.Emit(OpCodes.Call, RuntimeMembers.StoreThrowIfStopped);

        il.LoadArgument(0);
        il.Emit(OpCodes.Ldfld, RuntimeMembers.BindingTarget);
        if (takesImporter)
        {
            il.LoadArgument(0);
            il.Emit(OpCodes.Ldfld, RuntimeMembers.BindingImporter);
        }

        for (int i = 0; i < parameters; i++)
        {
            il.LoadArgument(i + 1);
        }

        il.Emit(OpCodes.Callvirt, invoke);
        if (type.Results is [ValueKind.FuncRef])
        {
            il.LoadArgument(0);
            il.Emit(OpCodes.Ldfld, RuntimeMembers.BindingStore);
            il.Emit(OpCodes.Call, RuntimeMembers.FunctionThrowIfForeign);
        }

        il.Emit(OpCodes.Ret);
    }
}
