using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>The way from compiled code to functions of one type that are interpreted, or the host's.</summary>
/// <remarks>
/// A static method of the shape every function has, whose context is the function itself. What it does with its
/// parameters is <see cref="Function.CallFromCode"/>.
/// </remarks>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal sealed class Detour(FunctionType type) : HostCode(Emit(type))
{
    private static MethodInfo Emit(FunctionType type)
    {
        const string Name = "Call";
        TypeBuilder container = DynamicCode.DefineStaticClass(
            DynamicCode.DefineModule("Plugins.Wasm.Detour"), "Detour");
        MethodBuilder method = container.DefineMethod(
            Name,
            MethodAttributes.Public | MethodAttributes.Static,
            Signature.ReturnTypeOf(type),
            Signature.ParametersOf(type, typeof(Function)));
        EmitBody(new ILEmitter(method.GetILGenerator()), type);
        return container.CreateType().GetMethod(Name)!;
    }

    private static void EmitBody(ILEmitter il, FunctionType type)
    {
        SlotMembers.EmitCall(
            il, type, RuntimeMembers.FunctionCallFromCode, () => il.LoadArgument(type.Parameters.Length + 1));

        il.Emit(OpCodes.Ret);
    }
}
