using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Frames;

/// <summary>Emits the small method that enters a function with a large frame only to measure it.</summary>
internal static class ProbeEmitter
{
    /// <summary>A depth that no call has: it tells a function to note its stack pointer and return.</summary>
    public const int MeasuringDepth = int.MinValue;

    /// <param name="probe">The method.</param>
    /// <param name="body">The function's method.</param>
    /// <param name="type">The function's type; null for one that is entered at a loop.</param>
    /// <param name="passesFuel">Whether it is given its fuel.</param>
    public static void Emit(MethodBuilder probe, MethodInfo body, FunctionType? type, bool passesFuel)
    {
        var il = new ILEmitter(probe.GetILGenerator());
        il.Emit(OpCodes.Ldnull);
        if (type is null)
        {
            il.LoadConstant(0);
            il.Emit(OpCodes.Conv_U);
            il.Emit(OpCodes.Ldnull);
        }

        foreach (ValueKind kind in type?.Parameters ?? [])
        {
            ConstantOperand.EmitZero(il, kind);
        }

        il.LoadConstant(MeasuringDepth);
        if (passesFuel)
        {
            il.LoadConstant(0L);
        }

        il.Emit(OpCodes.Call, body);
        if (passesFuel || type?.Results.Length > 0)
        {
            il.Emit(OpCodes.Pop);
        }

        il.Emit(OpCodes.Ret);
    }
}
