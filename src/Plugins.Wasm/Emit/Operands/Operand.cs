using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A value on WebAssembly's operand stack whose code has not been emitted yet.</summary>
/// <remarks>
/// Operands neither trap nor have effects: checks are emitted as statements when an operand is made. So they may be
/// evaluated late, in any order, or not at all, as long as what they read has not changed. Each is used once.
/// </remarks>
internal abstract class Operand
{
    protected Operand(ValueKind kind) => Kind = kind;

    public ValueKind Kind { get; }

    /// <summary>Nodes of the tree, which bounds the recursion in <see cref="Emit"/>.</summary>
    public int Size { get; protected init; } = 1;

    /// <summary>What the value depends on besides other operands.</summary>
    public Reads Reads { get; protected init; }

    /// <summary>The wasm locals it reads, by index modulo 64: a set bit may be wrong, a clear one is not.</summary>
    public ulong LocalMask { get; protected init; }

    /// <summary>For an <c>i32</c>: no larger, read as an unsigned number.</summary>
    public ulong UpperBound { get; protected init; } = uint.MaxValue;

    /// <summary>Whether the optimiser may find that the value is that of a comparison.</summary>
    public bool MayBeComparison { get; protected init; } = true;

    /// <summary>Whether evaluating it later gives the same value whatever happens in between.</summary>
    public virtual bool IsSettled => false;

    /// <summary>Pushes the value on the evaluation stack.</summary>
    public abstract void Emit(FunctionPlaces scope);

    /// <summary>Gives up the temporaries of an operand that will not be evaluated.</summary>
    public virtual void Discard(FunctionPlaces scope)
    {
    }
}
