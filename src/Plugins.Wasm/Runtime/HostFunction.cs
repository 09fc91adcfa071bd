using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Calls;
using Plugins.Wasm.Runtime.Thunks;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>A delegate that guests can call, before it is bound to a store.</summary>
internal sealed unsafe class HostFunction
{
    private readonly DelegateShape? _shape;

    /// <summary>A delegate whose signature is the function's type.</summary>
    /// <exception cref="ArgumentException">The signature has no counterpart in WebAssembly.</exception>
    public HostFunction(Delegate target)
    {
        _shape = DelegateShape.Of(target.GetType());
        Target = _shape.Adapt(target);
        SlotCall = _shape.FindHostCall();
        Identity = TypeIdentity.Of(_shape.Type.Definition);
    }

    public HostFunction(FunctionType type, HostCallback callback)
    {
        Target = callback;
        SlotCall = new CallbackCall(type).Call;
        Identity = TypeIdentity.Of(type.Definition);
    }

    public FunctionType Type => Identity.Type;

    public TypeIdentity Identity { get; }

    /// <summary>What <see cref="SlotCall"/> and <see cref="MakeCode"/> find in the binding.</summary>
    public Delegate Target { get; }

    /// <summary>The call from slots; null where only emitted code makes it.</summary>
    public HostCall? SlotCall { get; }

    /// <summary>Code for calls of delegates from compiled code, where it was made.</summary>
    public HostCode? Code => _shape?.HostThunk;

    /// <summary>Whether code can be made that calls the delegate, and no callback.</summary>
    public bool MayHaveCode => _shape is not null;

    /// <summary>Makes that code, unless it is there.</summary>
    [RequiresDynamicCode(DynamicCode.Requirement)]
    public HostCode MakeCode() => _shape!.GetHostThunk();

    /// <summary>Makes a function of it that has no code yet.</summary>
    public Function Bind(Store store, Instance? importer) =>
        new(store, new HostBinding(store, this, importer), Identity);

    /// <summary>Calls a function of the host.</summary>
    /// <param name="function">One whose context is a binding.</param>
    /// <param name="stack">The store's.</param>
    /// <param name="slots">
    /// The arguments, in as many slots as there are parameters and as there are results; the results replace them.
    /// </param>
    /// <param name="depth">How many calls may nest in it.</param>
    internal static void Call(Function function, InterpreterStack stack, ulong* slots, int depth)
    {
        HostBinding binding = function.Binding!;
        if (binding.Call is null && DynamicCode.IsSupported)
        {
            function.AttachEmitted();
            function.Identity.CodeCall(function, stack, slots, depth);
            return;
        }

        // The guest may have overdrawn its fuel, or been interrupted, since its last check; nothing outside it may
        // happen then.
        binding.Store.DepthRemaining = depth;
        binding.Store.ThrowIfStopped();
        binding.Call!(binding, stack, slots);
    }
}
