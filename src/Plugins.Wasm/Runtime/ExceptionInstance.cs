using System.Runtime.Intrinsics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>An exception of a guest, which is also what an <c>exnref</c> refers to.</summary>
/// <remarks>
/// Whoever makes it fills in the payload, and nothing changes it then. WebAssembly 3.0, section 4.2.11.
/// </remarks>
internal sealed class ExceptionInstance
{
    // Compiled code writes to these; see RuntimeMembers.
    internal readonly long[] Bits;
    internal readonly object?[]? References;
    internal readonly Vector128<byte>[]? Vectors;

    public ExceptionInstance(Tag tag)
    {
        Tag = tag;
        ValueKind[] kinds = tag.Type.Payload.ParameterKinds;
        Bits = kinds.Length == 0 ? [] : new long[kinds.Length];
        foreach (ValueKind kind in kinds)
        {
            if (kind.IsReference)
            {
                References ??= new object?[kinds.Length];
            }
            else if (kind == ValueKind.V128)
            {
                Vectors ??= new Vector128<byte>[kinds.Length];
            }
        }
    }

    public Tag Tag { get; }

    public Value this[int index] => Tag.Type.Payload.ParameterKinds[index] switch
    {
        var kind when kind.IsReference => Value.FromReference(kind, References![index]),
        ValueKind.V128 => Value.FromVector128(Vectors![index]),
        var kind => Value.FromBits(kind, (ulong)Bits[index]),
    };

    /// <summary>What compiled code begins a <c>throw</c> with.</summary>
    public static ExceptionInstance Create(Instance instance, int tag) => new(instance.Tags[tag]);

    /// <summary>What compiled code throws for a <c>throw</c>.</summary>
    public static Exception ToThrow(ExceptionInstance exception, int depth) =>
        new GuestException(exception, depth);

    /// <summary>What compiled code throws for a <c>throw_ref</c>.</summary>
    public static Exception ToThrowAgain(object? reference, int depth) => reference is ExceptionInstance exception
        ? new GuestException(exception, depth)
        : new TrapException(TrapKind.NullReference);
}
