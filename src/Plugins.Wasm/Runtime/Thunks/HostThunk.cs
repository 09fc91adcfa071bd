using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>The way from a guest to delegates of one type.</summary>
/// <remarks>
/// A static method of the shape every function has, <c>(HostBinding, parameters…, int depth) → result</c>, that notes
/// the call depth for calls back into the guest and invokes the delegate: typed, without boxing.
/// </remarks>
internal sealed class HostThunk
{
    private static readonly ConditionalWeakTable<Type, HostThunk> s_known = [];

    // Keeps the emitted assembly, and so the code, loaded.
    private readonly MethodInfo _method;

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "A delegate type that is used keeps its Invoke method.")]
    private HostThunk(Type delegateType)
    {
        MethodInfo invoke = delegateType.GetMethod("Invoke")!;
        bool takesImporter = invoke.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Instance);
        Type = Signature.Of(invoke, takesImporter ? 1 : 0);
        _method = Emit(invoke, Type, takesImporter, delegateType.Assembly);
        Code = _method.MethodHandle.GetFunctionPointer();
    }

    /// <summary>The function type that the delegate's signature stands for.</summary>
    public FunctionType Type { get; }

    /// <summary>The method's address.</summary>
    public nint Code { get; }

    /// <exception cref="ArgumentException">The signature has no counterpart in WebAssembly.</exception>
    public static HostThunk For(Type delegateType) =>
        s_known.GetValue(delegateType, static type => new HostThunk(type));

    private static MethodInfo Emit(MethodInfo invoke, FunctionType type, bool takesImporter, Assembly accessed)
    {
        const string Name = "Call";
        ModuleBuilder module = DynamicCode.DefineModule("Plugins.Wasm.Host", accessed);
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
