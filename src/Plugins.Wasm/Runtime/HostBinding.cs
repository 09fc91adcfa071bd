namespace Plugins.Wasm.Runtime;

/// <summary>The context of a host function: the delegate, and the instance that imported it.</summary>
internal sealed class HostBinding : FunctionContext
{
    internal readonly Delegate Target;

    /// <summary>Handed to delegates whose first parameter is an <see cref="Instance"/>; null for a free function.</summary>
    internal readonly Instance? Importer;

    internal HostBinding(Store store, Delegate target, Instance? importer)
        : base(store)
    {
        Target = target;
        Importer = importer;
    }
}
