using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Functions with three parameters.</summary>
internal sealed unsafe class Crossing<T1, T2, T3, TResult> : Crossing
{
    internal override Type DelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<T1, T2, T3>)
        : typeof(Func<T1, T2, T3, TResult>);

    internal override Type ImporterDelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<Instance, T1, T2, T3>)
        : typeof(Func<Instance, T1, T2, T3, TResult>);

    internal override Delegate Enter(Function function) => typeof(TResult) == typeof(NoResult)
        ? new Action<T1, T2, T3>(function.Run<T1, T2, T3>)
        : new Func<T1, T2, T3, TResult>(function.Call<T1, T2, T3, TResult>);

    internal override void CallHost(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        T2 second = Slot.Read<T2>(stack, slots + 1);
        T3 third = Slot.Read<T3>(stack, slots + 2);
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<T1, T2, T3>>(binding.Target)(first, second, third);
            return;
        }

        TResult result = Unsafe.As<Func<T1, T2, T3, TResult>>(binding.Target)(first, second, third);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallHostForImporter(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        T2 second = Slot.Read<T2>(stack, slots + 1);
        T3 third = Slot.Read<T3>(stack, slots + 2);
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<Instance, T1, T2, T3>>(binding.Target)(binding.Importer!, first, second, third);
            return;
        }

        TResult result = Unsafe.As<Func<Instance, T1, T2, T3, TResult>>(binding.Target)(
            binding.Importer!, first, second, third);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallCode(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        T2 second = Slot.Read<T2>(stack, slots + 1);
        T3 third = Slot.Read<T3>(stack, slots + 2);
        if (typeof(TResult) == typeof(NoResult))
        {
            ((delegate*<object, T1, T2, T3, int, void>)function.Code)(function.Context, first, second, third, depth);
            return;
        }

        var code = (delegate*<object, T1, T2, T3, int, TResult>)function.Code;
        Slot.Write(stack, slots, code(function.Context, first, second, third, depth));
    }
}
