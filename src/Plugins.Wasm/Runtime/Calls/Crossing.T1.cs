using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Functions with one parameter.</summary>
internal sealed unsafe class Crossing<T1, TResult> : Crossing
{
    internal override Type DelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<T1>)
        : typeof(Func<T1, TResult>);

    internal override Type ImporterDelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<Instance, T1>)
        : typeof(Func<Instance, T1, TResult>);

    internal override Delegate Enter(Function function) => typeof(TResult) == typeof(NoResult)
        ? new Action<T1>(function.Run<T1>)
        : new Func<T1, TResult>(function.Call<T1, TResult>);

    internal override void CallHost(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<T1>>(binding.Target)(first);
            return;
        }

        TResult result = Unsafe.As<Func<T1, TResult>>(binding.Target)(first);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallHostForImporter(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<Instance, T1>>(binding.Target)(binding.Importer!, first);
            return;
        }

        TResult result = Unsafe.As<Func<Instance, T1, TResult>>(binding.Target)(binding.Importer!, first);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallCode(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        T1 first = Slot.Read<T1>(stack, slots);
        if (typeof(TResult) == typeof(NoResult))
        {
            ((delegate*<object, T1, int, void>)function.Code)(function.Context, first, depth);
            return;
        }

        var code = (delegate*<object, T1, int, TResult>)function.Code;
        Slot.Write(stack, slots, code(function.Context, first, depth));
    }
}
