namespace Plugins.Wasm.Runtime;

/// <summary>What compiled code receives as its first argument: the instance it belongs to, or a host function's binding.</summary>
/// <remarks>
/// Every function, the guest's and the host's, is a static method of the shape
/// <c>(FunctionContext, parameters…, int depth) → result</c>, so that one kind of call serves them all.
/// </remarks>
internal abstract class FunctionContext
{
    internal readonly Store OwnerStore;

    private protected FunctionContext(Store store) => OwnerStore = store;
}
