using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>The ways between host, interpreter and compiled code for functions of one signature.</summary>
/// <remarks>
/// They are generic over parameters and result, so that the runtime makes them and nothing is emitted; the common ones
/// are compiled with this assembly (<see cref="Crossings"/>).
/// </remarks>
internal abstract unsafe class Crossing
{
    /// <summary>The <c>Func</c> or <c>Action</c> of the signature.</summary>
    internal abstract Type DelegateType { get; }

    /// <summary>The same with a leading <see cref="Instance"/>, for host functions that ask who imports them.</summary>
    internal abstract Type ImporterDelegateType { get; }

    /// <summary>A delegate of <see cref="DelegateType"/> that calls the function.</summary>
    internal abstract Delegate Enter(Function function);

    /// <summary>
    /// Calls a delegate of <see cref="DelegateType"/> with arguments in slots; the result replaces them.
    /// </summary>
    internal abstract void CallHost(HostBinding binding, InterpreterStack stack, ulong* slots);

    /// <summary>Does the same with one of <see cref="ImporterDelegateType"/>.</summary>
    internal abstract void CallHostForImporter(HostBinding binding, InterpreterStack stack, ulong* slots);

    /// <summary>Calls compiled code with arguments in slots; the first result replaces them.</summary>
    internal abstract void CallCode(Function function, InterpreterStack stack, ulong* slots, int depth);
}
