using System.Runtime.Intrinsics;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A global variable that more than one instance, or the host, can see.</summary>
/// <remarks>Belongs to its <see cref="Store"/>; used by one thread at a time. WebAssembly 2.0, section 4.2.9.</remarks>
public sealed class Global
{
    // Compiled code reads and writes these; see Runtime/RuntimeMembers.
    internal long Bits;
    internal object? Reference;
    internal Vector128<byte> Vector;

    /// <summary>Makes a global.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not of the type.</exception>
    public Global(Store store, GlobalType type, Value value)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        OwnerStore = store;
        Type = type;
        Set(value);
    }

    /// <summary>Its type.</summary>
    public GlobalType Type { get; }

    /// <summary>Its value.</summary>
    /// <exception cref="InvalidOperationException">Set although the global is immutable.</exception>
    /// <exception cref="ArgumentException">The value set is of another type.</exception>
    public Value Value
    {
        get => Type.Value.IsReference
            ? Value.FromReference(Type.Value, Reference)
            : Type.Value == ValueKind.V128 ? Value.FromVector128(Vector)
            : Value.FromBits(Type.Value, (ulong)Bits);
        set
        {
            if (!Type.IsMutable)
            {
                throw new InvalidOperationException("The global is immutable.");
            }

            Set(value);
        }
    }

    internal Store OwnerStore { get; }

    internal void Set(Value value)
    {
        if (value.Kind != Type.Value)
        {
            throw new ArgumentException($"The global holds {Type.Value}, not {value.Kind}.", nameof(value));
        }

        if (!ReferenceTypes.Admit(value.Reference, Type.Code, Type.Definition))
        {
            throw new ArgumentException($"The global holds {Type.Code.Text}.", nameof(value));
        }

        if (Type.Value is ValueKind.FuncRef or ValueKind.AnyRef)
        {
            Function.ThrowIfForeign(value.Reference, OwnerStore);
        }

        if (Type.Value == ValueKind.V128)
        {
            Vector = value.AsVector128();
            return;
        }

        Bits = (long)value.Bits;
        Reference = value.Reference;
    }
}
