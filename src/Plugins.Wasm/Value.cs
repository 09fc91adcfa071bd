using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A value of any type, for calls whose signature is known only at run time.</summary>
/// <remarks>Numbers are held as bits, so that NaN payloads survive. WebAssembly 2.0, section 4.2.1.</remarks>
public readonly struct Value : IEquatable<Value>
{
    private Value(ValueKind kind, ulong bits, object? reference, ulong upperBits = 0)
    {
        Kind = kind;
        Bits = bits;
        UpperBits = upperBits;
        Reference = reference;
    }

    /// <summary>The type of the value.</summary>
    public ValueKind Kind { get; }

    /// <summary>A number's bits, zero-extended; a vector's lower half; 0 for a reference.</summary>
    public ulong Bits { get; }

    /// <summary>A vector's upper half; 0 for anything else.</summary>
    public ulong UpperBits { get; }

    /// <summary>A reference, or null.</summary>
    /// <remarks>
    /// Any object for <c>externref</c>, a <see cref="Function"/> for <c>funcref</c>, an opaque object that a guest gave
    /// for <c>exnref</c> and <c>anyref</c>.
    /// </remarks>
    public object? Reference { get; }

    /// <summary>An <c>i32</c>.</summary>
    public static Value FromInt32(int value) => new(ValueKind.I32, (uint)value, null);

    /// <summary>An <c>i64</c>.</summary>
    public static Value FromInt64(long value) => new(ValueKind.I64, (ulong)value, null);

    /// <summary>An <c>f32</c>.</summary>
    public static Value FromSingle(float value) => new(ValueKind.F32, BitConverter.SingleToUInt32Bits(value), null);

    /// <summary>An <c>f64</c>.</summary>
    public static Value FromDouble(double value) => new(ValueKind.F64, BitConverter.DoubleToUInt64Bits(value), null);

    /// <summary>A <c>v128</c>; its first byte is the one that a guest stores first.</summary>
    public static Value FromVector128(Vector128<byte> value) =>
        new(ValueKind.V128, value.AsUInt64().ToScalar(), null, value.AsUInt64().GetElement(1));

    /// <summary>A number given by its bits.</summary>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is not a number type.</exception>
    public static Value FromBits(ValueKind kind, ulong bits) =>
        kind is ValueKind.I32 or ValueKind.F32 ? new(kind, (uint)bits, null)
        : kind is ValueKind.I64 or ValueKind.F64 ? new(kind, bits, null)
        : throw new ArgumentException("Only numbers have bits.", nameof(kind));

    /// <summary>A reference, or null of its type.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="kind"/> is not a reference type, a <c>funcref</c> is not a <see cref="Function"/>, or an
    /// <c>exnref</c> or <c>anyref</c> is not one that a guest gave.
    /// </exception>
    public static Value FromReference(ValueKind kind, object? reference) => kind switch
    {
        ValueKind.ExternRef => new(kind, 0, reference),
        ValueKind.ExnRef when reference is null or ExceptionInstance => new(kind, 0, reference),
        ValueKind.AnyRef when reference is null or GuestObject => new(kind, 0, reference),
        ValueKind.FuncRef when reference is null or Function => new(kind, 0, reference),
        _ => throw new ArgumentException("Not a reference of this type.", nameof(kind)),
    };

    /// <summary>The zero or null of a type; of <c>v128</c>, a vector of zeros.</summary>
    /// <remarks>WebAssembly 2.0, section 4.2.1 (default values).</remarks>
    public static Value DefaultOf(ValueKind kind) => new(kind, 0, null);

    /// <summary>The value as an <see cref="int"/>.</summary>
    /// <exception cref="InvalidCastException">It is not an <c>i32</c>.</exception>
    public int AsInt32() => (int)Expect(ValueKind.I32);

    /// <summary>The value as a <see cref="long"/>.</summary>
    /// <exception cref="InvalidCastException">It is not an <c>i64</c>.</exception>
    public long AsInt64() => (long)Expect(ValueKind.I64);

    /// <summary>The value as a <see cref="float"/>.</summary>
    /// <exception cref="InvalidCastException">It is not an <c>f32</c>.</exception>
    public float AsSingle() => BitConverter.UInt32BitsToSingle((uint)Expect(ValueKind.F32));

    /// <summary>The value as a <see cref="double"/>.</summary>
    /// <exception cref="InvalidCastException">It is not an <c>f64</c>.</exception>
    public double AsDouble() => BitConverter.UInt64BitsToDouble(Expect(ValueKind.F64));

    /// <summary>The value as a vector of bytes.</summary>
    /// <exception cref="InvalidCastException">It is not a <c>v128</c>.</exception>
    public Vector128<byte> AsVector128() => Vector128.Create(Expect(ValueKind.V128), UpperBits).AsByte();

    /// <inheritdoc/>
    public bool Equals(Value other) =>
        Kind == other.Kind && Bits == other.Bits && UpperBits == other.UpperBits
        && ReferenceEquals(Reference, other.Reference);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, Bits, UpperBits, Reference is null ? 0 : RuntimeHelpers.GetHashCode(Reference));

    /// <summary>True if both values are of one type, with equal bits or the same reference.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>True if the values differ in type, bits or reference.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ValueKind.I32 => $"i32:{(int)Bits}",
        ValueKind.I64 => $"i64:{(long)Bits}",
        ValueKind.F32 => $"f32:{BitConverter.UInt32BitsToSingle((uint)Bits):R}",
        ValueKind.F64 => $"f64:{BitConverter.UInt64BitsToDouble(Bits):R}",
        ValueKind.V128 => $"v128:0x{UpperBits:X16}{Bits:X16}",
        _ => Reference is null ? $"{Kind}:null" : $"{Kind}:{Reference}",
    };

    private ulong Expect(ValueKind kind) =>
        Kind == kind ? Bits : throw new InvalidCastException($"The value is {Kind}, not {kind}.");
}
