using System.Collections.Immutable;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The call of a <see cref="HostCallback"/>.</summary>
internal sealed unsafe class CallbackCall(FunctionType type)
{
    private readonly bool _givesTyped = ReferenceTypes.AreTyped(type.ResultCodes);

    internal void Call(HostBinding binding, InterpreterStack stack, ulong* slots)
    {
        int parameters = type.Parameters.Length;
        int results = type.Results.Length;
        if (type.SlotCount > ValueBuffer.Length)
        {
            Call(binding, stack, slots, new Value[parameters], new Value[results]);
            return;
        }

        var argumentBuffer = default(ValueBuffer);
        var resultBuffer = default(ValueBuffer);
        Call(binding, stack, slots, argumentBuffer[..parameters], resultBuffer[..results]);
    }

    // The values are copies, since calls back into the guest use the same slots.
    private void Call(
        HostBinding binding, InterpreterStack stack, ulong* slots, Span<Value> arguments, Span<Value> results)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Slot.Read(stack, slots + i, type.Parameters[i]);
        }

        ImmutableArray<ValueKind> kinds = type.Results;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Value.DefaultOf(kinds[i]);
        }

        ((HostCallback)binding.Target)(binding.Importer, arguments, results);
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].Kind != kinds[i])
            {
                throw new InvalidOperationException(
                    $"Result {i} of the host function is {results[i].Kind}, not {kinds[i]}.");
            }

            ValueCode code = type.ResultCodes[i];
            if (_givesTyped && !ReferenceTypes.Admit(results[i].Reference, code, type.TypeOf(code)))
            {
                throw new InvalidOperationException($"Result {i} of the host function is no {code.Text}.");
            }

            if (kinds[i] is ValueKind.FuncRef or ValueKind.AnyRef)
            {
                Function.ThrowIfForeign(results[i].Reference, binding.Store);
            }

            Slot.Write(stack, slots + i, results[i]);
        }
    }
}
