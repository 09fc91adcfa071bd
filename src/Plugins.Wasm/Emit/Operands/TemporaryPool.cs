using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.IL;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>Locals for values that outlive a statement, used again as soon as they are free.</summary>
internal sealed class TemporaryPool
{
    // The intermediate language has 16 bits for a local's number; some are for the emitter's own use.
    private const int MaximumLocals = 65_000;

    private readonly Dictionary<Type, Stack<LocalBuilder>> _free = [];
    private readonly ILEmitter _il;
    private readonly FunctionBody _body;

    public TemporaryPool(ILEmitter il, FunctionBody body)
    {
        _il = il;
        _body = body;
    }

    public LocalBuilder Rent(Type type)
    {
        if (_free.TryGetValue(type, out Stack<LocalBuilder>? free) && free.Count > 0)
        {
            return free.Pop();
        }

        if (_il.Locals >= MaximumLocals)
        {
            throw new ModuleLimitException(
                nameof(ModuleLimits.Locals), MaximumLocals, MaximumLocals + 1, _body.Start);
        }

        return _il.DeclareLocal(type);
    }

    public void Return(LocalBuilder local)
    {
        Type type = local.LocalType;
        if (!_free.TryGetValue(type, out Stack<LocalBuilder>? free))
        {
            _free[type] = free = new Stack<LocalBuilder>();
        }

        free.Push(local);
    }
}
