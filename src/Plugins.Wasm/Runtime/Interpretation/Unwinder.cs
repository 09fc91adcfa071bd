using System.Runtime.CompilerServices;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Finds who catches an exception among the calls of one run of the interpreter.</summary>
/// <remarks>WebAssembly 3.0, section 4.4.4 (throw_ref), and section 4.6.3.</remarks>
internal static unsafe class Unwinder
{
    /// <summary>The fuel for each call that an exception leaves before it is caught.</summary>
    public const int FuelPerCall = 64;

    /// <summary>Whether a call of the run catches an exception, or an interrupt ends it; changes nothing.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="instance">Whose functions they are.</param>
    /// <param name="ip">Where the innermost of them is.</param>
    /// <param name="sp">The innermost of them.</param>
    /// <param name="bottom">The outermost of them.</param>
    public static bool Catches(
        ExceptionInstance exception, Instance instance, Cell* ip, Activation* sp, Activation* bottom)
    {
        InterpretedCode code = instance.Module.Interpretation;
        for (; ; sp--)
        {
            if (Volatile.Read(ref instance.OwningStore.FuelFloor) != 0
                || (code.HandlersOf(sp->Function) is ExceptionHandlers handlers
                    && handlers.Takes(exception.Tag, instance, code.CellOf(sp->Function, ip))))
            {
                return true;
            }

            if (sp <= bottom)
            {
                return false;
            }

            ip = sp->Return;
        }
    }

    /// <summary>Leaves the calls of the run up to the one that catches, and notes where that goes on.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="thrownAt">How many calls might still have nested where it was thrown.</param>
    /// <param name="instance">Whose functions they are.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="ip">Where the innermost of them is.</param>
    /// <param name="fp">Its first slot.</param>
    /// <param name="sp">The innermost of them.</param>
    /// <param name="bottom">The outermost of them.</param>
    /// <param name="depth">How many calls may nest in it.</param>
    /// <returns>Whether one catches; if not, nothing is changed.</returns>
    /// <exception cref="TrapException">An interrupt was requested.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Unwind(
        ExceptionInstance exception,
        int thrownAt,
        Instance instance,
        InterpreterStack stack,
        Cell* ip,
        ulong* fp,
        Activation* sp,
        Activation* bottom,
        int depth)
    {
        Store store = instance.OwningStore;
        InterpretedCode code = instance.Module.Interpretation;
        for (; ; sp--)
        {
            if (Volatile.Read(ref store.FuelFloor) != 0)
            {
                throw new TrapException(TrapKind.Interrupted);
            }

            int pad = code.HandlersOf(sp->Function) is ExceptionHandlers handlers
                ? handlers.Handle(exception, instance, stack, code.CellOf(sp->Function, ip), fp)
                : -1;
            if (pad >= 0)
            {
                Charge(instance, Math.Max(0, depth - thrownAt));
                stack.Landing = new Landing(code.At(sp->Function, pad), fp, sp, depth);
                return true;
            }

            if (sp <= bottom)
            {
                return false;
            }

            ip = sp->Return;
            fp = sp->Frame;
            depth = sp->Depth;
        }
    }

    // Leaving a call costs more than making it, above all where it is compiled.
    private static void Charge(Instance instance, int calls)
    {
        if (instance.Module.MetersFuel)
        {
            instance.OwningStore.Fuel -= (long)FuelPerCall * calls;
        }
    }

    /// <summary>Makes the exception of a <c>throw</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ExceptionInstance Make(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        var exception = new ExceptionInstance(instance.Tags[ip->Number]);
        ValueKind[] kinds = exception.Tag.Type.Payload.ParameterKinds;
        ulong* slots = fp + ip->A;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i].IsReference)
            {
                exception.References![i] = stack.ReferenceAt(slots + i);
            }
            else if (kinds[i] == ValueKind.V128)
            {
                exception.Vectors![i] = *stack.VectorsAt(slots + i);
            }
            else
            {
                exception.Bits[i] = (long)slots[i];
            }
        }

        return exception;
    }

    /// <summary>The exception of a <c>throw_ref</c>.</summary>
    /// <exception cref="TrapException">The reference is null.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ExceptionInstance Take(InterpreterStack stack, ulong* slot) =>
        (ExceptionInstance?)stack.ReferenceAt(slot) ?? throw new TrapException(TrapKind.NullReference);
}
