using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Functions with two parameters.</summary>
internal sealed unsafe class Crossing<T1, T2, TResult> : Crossing
{
    internal override Type DelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<T1, T2>)
        : typeof(Func<T1, T2, TResult>);

    internal override Type ImporterDelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<Instance, T1, T2>)
        : typeof(Func<Instance, T1, T2, TResult>);

    internal override Delegate Enter(Function function) => typeof(TResult) == typeof(NoResult)
        ? new Action<T1, T2>(function.Run<T1, T2>)
        : new Func<T1, T2, TResult>(function.Call<T1, T2, TResult>);

    internal override void CallHost(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        T2 second = Slot.Read<T2>(stack, slots + 1);
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<T1, T2>>(binding.Target)(first, second);
            return;
        }

        TResult result = Unsafe.As<Func<T1, T2, TResult>>(binding.Target)(first, second);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallHostForImporter(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        T2 second = Slot.Read<T2>(stack, slots + 1);
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<Instance, T1, T2>>(binding.Target)(binding.Importer!, first, second);
            return;
        }

        TResult result = Unsafe.As<Func<Instance, T1, T2, TResult>>(binding.Target)(binding.Importer!, first, second);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallCode(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        T2 second = Slot.Read<T2>(stack, slots + 1);
        if (typeof(TResult) == typeof(NoResult))
        {
            ((delegate*<object, T1, T2, int, void>)function.Code)(function.Context, first, second, depth);
            return;
        }

        var code = (delegate*<object, T1, T2, int, TResult>)function.Code;
        Slot.Write(stack, slots, code(function.Context, first, second, depth));
    }
}
