using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.IL;

namespace Plugins.Wasm.Emit.Frames;

/// <summary>Emits the small method that enters a function with a large frame only to measure it.</summary>
internal static class ProbeEmitter
{
    /// <summary>A depth that no call has: it tells a function to note its stack pointer and return.</summary>
    public const int MeasuringDepth = int.MinValue;

    /// <param name="probe">The method.</param>
    /// <param name="body">The function's method.</param>
    /// <param name="parameters">The types of that method's arguments.</param>
    /// <param name="depth">Which of them is the call depth.</param>
    /// <param name="hasResult">Whether it gives anything.</param>
    public static void Emit(
        MethodBuilder probe, MethodInfo body, IReadOnlyList<Type> parameters, int depth, bool hasResult)
    {
        var il = new ILEmitter(probe.GetILGenerator());
        for (int i = 0; i < parameters.Count; i++)
        {
            if (i == depth)
            {
                il.LoadConstant(MeasuringDepth);
            }
            else
            {
                EmitNothing(il, parameters[i]);
            }
        }

        il.Emit(OpCodes.Call, body);
        if (hasResult)
        {
            il.Emit(OpCodes.Pop);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void EmitNothing(ILEmitter il, Type type)
    {
        if (type == typeof(long))
        {
            il.LoadConstant(0L);
        }
        else if (type == typeof(float))
        {
            il.LoadConstant(0f);
        }
        else if (type == typeof(double))
        {
            il.LoadConstant(0d);
        }
        else if (type == typeof(int))
        {
            il.LoadConstant(0);
        }
        else if (type == typeof(Vector128<byte>))
        {
            il.LoadZeroVector();
        }
        else if (type.IsPointer)
        {
            il.LoadConstant(0);
            il.Emit(OpCodes.Conv_U);
        }
        else
        {
            il.Emit(OpCodes.Ldnull);
        }
    }
}
