using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Emits what moves values to and from slots.</summary>
[RequiresDynamicCode(DynamicCode.Requirement)]
internal static class SlotMembers
{
    private static readonly MethodInfo s_read = Generic(nameof(Slot.Read));
    private static readonly MethodInfo s_write = Generic(nameof(Slot.Write));

    /// <summary>Calls, through slots, the function that is the first argument, with the arguments after it.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="type">The function's type, whose first result is loaded.</param>
    /// <param name="call">Takes the function, the stack, the slots and the call depth.</param>
    /// <param name="loadDepth">Loads the depth.</param>
    public static void EmitCall(ILEmitter il, FunctionType type, MethodInfo call, Action loadDepth)
    {
        LocalBuilder stack = il.DeclareLocal(typeof(InterpreterStack));
        LocalBuilder slots = il.DeclareLocal(typeof(ulong*));
        il.LoadArgument(0);
        il.LoadLocalAddress(stack);
        il.Emit(OpCodes.Call, RuntimeMembers.FunctionReserve);
        il.StoreLocal(slots);
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            EmitWrite(il, stack, slots, i, type.Parameters[i], i + 1);
        }

        il.LoadArgument(0);
        il.LoadLocal(stack);
        il.LoadLocal(slots);
        loadDepth();
        il.Emit(OpCodes.Call, call);
        if (type.Results.Length > 0)
        {
            EmitRead(il, () => il.LoadLocal(stack), () => il.LoadLocal(slots), 0, type.Results[0]);
        }
    }

    /// <summary>Stores an argument of the emitted method in a slot.</summary>
    private static void EmitWrite(
        ILEmitter il, LocalBuilder stack, LocalBuilder slots, int index, ValueKind kind, int argument)
    {
        il.LoadLocal(stack);
        EmitAddress(il, () => il.LoadLocal(slots), index);
        il.LoadArgument(argument);
        il.Emit(OpCodes.Call, Over(s_write, Signature.TypeOf(kind)));
    }

    /// <summary>Loads a slot's value.</summary>
    public static void EmitRead(ILEmitter il, Action loadStack, Action loadSlots, int index, ValueKind kind)
    {
        loadStack();
        EmitAddress(il, loadSlots, index);
        il.Emit(OpCodes.Call, Over(s_read, Signature.TypeOf(kind)));
    }

    /// <summary>Stores what is in a local in the first slot.</summary>
    public static void EmitWriteResult(ILEmitter il, Action loadStack, Action loadSlots, LocalBuilder result)
    {
        loadStack();
        loadSlots();
        il.LoadLocal(result);
        il.Emit(OpCodes.Call, Over(s_write, result.LocalType));
    }

    private static void EmitAddress(ILEmitter il, Action loadSlots, int index)
    {
        loadSlots();
        if (index > 0)
        {
            il.LoadConstant(index * sizeof(ulong));
            il.Emit(OpCodes.Add);
        }
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2060", Justification = "The methods of Slot ask nothing of their type arguments.")]
    private static MethodInfo Over(MethodInfo method, Type type) => method.MakeGenericMethod(type);

    private static MethodInfo Generic(string name) =>
        typeof(Slot).GetMember(name, MemberTypes.Method, BindingFlags.Static | BindingFlags.NonPublic)
            .Cast<MethodInfo>()
            .Single(method => method.IsGenericMethodDefinition);
}
