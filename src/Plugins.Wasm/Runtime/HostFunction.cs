using Plugins.Wasm.Runtime.Thunks;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>A delegate that guests can call, before it is bound to a store.</summary>
internal sealed class HostFunction
{
    private readonly Delegate _target;
    private readonly HostThunk _thunk;
    private readonly TypeIdentity _identity;

    public HostFunction(Delegate target)
    {
        _target = target;
        _thunk = HostThunk.For(target.GetType());
        _identity = TypeIdentity.Of(_thunk.Type);
    }

    public FunctionType Type => _thunk.Type;

    public TypeIdentity Identity => _identity;

    public Function Bind(Store store, Instance? importer) =>
        new(store, new HostBinding(store, _target, importer), _thunk.Code, _identity, _thunk);

    internal static unsafe void Call(Function function, Interpretation.InterpreterStack stack, ulong* slots, int depth) =>
        throw new NotSupportedException();
}
