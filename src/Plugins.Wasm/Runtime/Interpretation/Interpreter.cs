using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Tiering;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Runs functions of a guest without generating code.</summary>
internal static unsafe class Interpreter
{
    /// <summary>Calls a function of a guest, and what it ends with a tail call of.</summary>
    /// <param name="function">The function.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="slots">The arguments, as for <see cref="Run"/>.</param>
    /// <param name="depth">How many calls may nest, this one included.</param>
    /// <remarks>
    /// Tail calls within an instance take no turn here; those into another instance, or into the host, do, so that
    /// their number is not bounded by any stack.
    /// </remarks>
    internal static void Call(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        Function? next = Run(function.Guest!, function.Index, slots, depth);
        while (next is not null)
        {
            if (next.Guest is null || next.TryAttach())
            {
                // Compiled functions end with no tail calls, see Emit/FunctionCompiler, and the host's cannot.
                CallOut(next, stack, slots, depth);
                return;
            }

            next = Run(next.Guest, next.Index, slots, depth);
        }
    }

    /// <summary>Runs a function until it returns, or ends with a tail call that leaves its instance.</summary>
    /// <param name="instance">Whose function.</param>
    /// <param name="function">Its index in the module, not an imported one's.</param>
    /// <param name="slots">
    /// The arguments, in slots of the store's <see cref="InterpreterStack"/> from its <c>Top</c>; the results replace
    /// them. A 32-bit value has zeros in its upper half, which for a float is not looked at; a reference stands at
    /// <see cref="InterpreterStack.ReferenceAt"/>.
    /// </param>
    /// <param name="depth">How many calls may nest, this one included.</param>
    /// <returns>The function to go on with; null where there is none.</returns>
    /// <remarks>In a backtrace it stands for the calls that were interpreted below it.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    internal static Function? Run(Instance instance, int function, ulong* slots, int depth)
    {
        Store store = instance.OwningStore;
        byte here;
        if ((nuint)(&here) < Volatile.Read(ref store.StackLimit))
        {
            StackGuard.Extend(store, frame: 0);
        }

        InterpreterStack stack = store.Stack;
        InterpretedCode code = instance.Module.Interpretation;
        ulong* top = stack.Top;
        Activation* caller = stack.Current;
        if (caller >= stack.Last)
        {
            throw new TrapException(TrapKind.CallStackExhausted);
        }

        Activation* bottom = caller + 1;
        int body = function - instance.ImportedFunctions.Length;
        bottom->Function = body;
        try
        {
            return Executor.Run(instance, stack, code.Starts[body], slots, bottom, depth);
        }
        catch (TrapException trap) when (Note(trap.Calls, instance, stack, bottom))
        {
            throw;
        }
        catch (GuestException exception) when (Note(exception.Calls, instance, stack, bottom))
        {
            throw;
        }
        finally
        {
            stack.Top = top;
            stack.Current = caller;

            // The code is in memory of its own.
            GC.KeepAlive(instance);
        }
    }

    /// <summary>Calls what this run does not go on with: a host's function, or another instance's.</summary>
    /// <param name="function">The function.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="slots">The arguments, and where the results go.</param>
    /// <param name="depth">How many calls may nest.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CallOut(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        ulong* top = stack.Top;
        stack.Top = slots + Math.Max(function.Type.Parameters.Length, function.Type.Results.Length);
        function.Call(stack, slots, depth);
        stack.Top = top;
    }

    /// <summary>Calls compiled code that may be left by an exception which a call of this run catches.</summary>
    /// <param name="instance">Whose function it is.</param>
    /// <param name="stack">The store's stack; its <c>Current</c> is the caller, or below the run.</param>
    /// <param name="entry">The code at a loop's head; 0 for the function itself.</param>
    /// <param name="sp">The activation of what is called.</param>
    /// <param name="slots">The arguments, and where the results go.</param>
    /// <param name="bottom">The outermost call of the run.</param>
    /// <param name="depth">How many calls may nest.</param>
    /// <returns>Whether an exception was caught.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool CallCode(
        Instance instance,
        InterpreterStack stack,
        nint entry,
        Activation* sp,
        ulong* slots,
        Activation* bottom,
        int depth)
    {
        int function = sp->Function;
        if (sp == bottom || !instance.Module.Interpretation.HasHandlers)
        {
            CallCode(instance, stack, entry, function, slots, depth);
            return false;
        }

        ulong* top = stack.Top;
        try
        {
            CallCode(instance, stack, entry, function, slots, depth);
            return false;
        }
        catch (GuestException exception)
            when (Unwinder.Catches(exception.Instance, instance, sp->Return, sp - 1, bottom))
        {
            stack.Top = top;
            int thrownAt = exception.ThrownAt ?? depth;
            return Unwinder.Unwind(
                exception.Instance, thrownAt, instance, stack, sp->Return, sp->Frame, sp - 1, bottom, sp->Depth);
        }
    }

    private static void CallCode(
        Instance instance, InterpreterStack stack, nint entry, int function, ulong* slots, int depth)
    {
        if (entry == 0)
        {
            FunctionTiers.Call(instance, function, stack, slots, depth);
        }
        else
        {
            FunctionTiers.Continue(entry, instance, function, stack, slots, depth);
        }
    }

    /// <summary>The same as <see cref="CallOut"/>, where an exception may be caught by a call of this run.</summary>
    /// <returns>Whether one was.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool CallOutAndCatch(
        Function function,
        InterpreterStack stack,
        ulong* slots,
        int depth,
        Instance instance,
        Cell* ip,
        ulong* fp,
        Activation* bottom)
    {
        ulong* top = stack.Top;
        Activation* sp = stack.Current;
        try
        {
            CallOut(function, stack, slots, depth);
            return false;
        }
        catch (GuestException exception) when (Unwinder.Catches(exception.Instance, instance, ip, sp, bottom))
        {
            stack.Top = top;
            int thrownAt = exception.ThrownAt ?? depth;
            return Unwinder.Unwind(exception.Instance, thrownAt, instance, stack, ip, fp, sp, bottom, depth);
        }
    }

    /// <summary>Notes the calls of one run, while the exception looks for who catches it; catches nothing.</summary>
    private static bool Note(
        InterpretedCalls calls, Instance instance, InterpreterStack stack, Activation* bottom)
    {
        // What stands above belongs to a run inside this one, which noted it before.
        Activation* innermost = stack.Current;
        for (Activation* call = innermost; call >= bottom && calls.MayNote; call--)
        {
            int cell = instance.Module.Interpretation.CellOf(call->Function, call[1].Return);
            calls.Note(new InterpretedCall(
                instance.Module, call->Function + instance.ImportedFunctions.Length, cell));
        }

        calls.Note(default);
        stack.Current = bottom - 1;
        return false;
    }
}
