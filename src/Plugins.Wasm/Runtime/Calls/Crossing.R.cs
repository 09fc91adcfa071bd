using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Functions with no parameters.</summary>
internal sealed unsafe class Crossing<TResult> : Crossing
{
    internal override Type DelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action)
        : typeof(Func<TResult>);

    internal override Type ImporterDelegateType => typeof(TResult) == typeof(NoResult)
        ? typeof(Action<Instance>)
        : typeof(Func<Instance, TResult>);

    internal override Delegate Enter(Function function) => typeof(TResult) == typeof(NoResult)
        ? new Action(function.Run)
        : new Func<TResult>(function.Call<TResult>);

    internal override void CallHost(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action>(binding.Target)();
            return;
        }

        TResult result = Unsafe.As<Func<TResult>>(binding.Target)();
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallHostForImporter(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        if (typeof(TResult) == typeof(NoResult))
        {
            Unsafe.As<Action<Instance>>(binding.Target)(binding.Importer!);
            return;
        }

        TResult result = Unsafe.As<Func<Instance, TResult>>(binding.Target)(binding.Importer!);
        Slot.Write(stack, slots, Slot.Admit(result, binding.Store));
    }

    internal override void CallCode(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        if (typeof(TResult) == typeof(NoResult))
        {
            ((delegate*<object, int, void>)function.Code)(function.Context, depth);
            return;
        }

        var code = (delegate*<object, int, TResult>)function.Code;
        Slot.Write(stack, slots, code(function.Context, depth));
    }
}
