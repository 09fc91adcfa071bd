using System.Runtime.CompilerServices;

namespace Plugins.Host.Payloads.Hashing;

/// <summary>Hashes what comes from a document so that its author cannot choose values that collide.</summary>
/// <remarks>
/// Strings need none: the runtime seeds their hash codes as soon as they collide. The hash code of a number, a time or
/// a GUID is a fixed function of its bits; here they go through <see cref="HashCode"/>, which each process seeds anew.
/// </remarks>
internal sealed class SeededComparer<T> : IEqualityComparer<T>
{
    // Dividing by it drops the zeros at the end of a decimal, which do not count for equality.
    private const decimal One = 1.0000000000000000000000000000m;

    private SeededComparer()
    {
    }

    /// <summary>The comparer for types whose bits decide equality; null, meaning another one, for others.</summary>
    public static IEqualityComparer<T>? OrDefault { get; } = IsCovered ? new SeededComparer<T>() : null;

    private static bool IsCovered => typeof(T).IsEnum
        || typeof(T).IsPrimitive
        || typeof(T) == typeof(Guid)
        || typeof(T) == typeof(Int128)
        || typeof(T) == typeof(UInt128)
        || typeof(T) == typeof(decimal)
        || typeof(T) == typeof(DateTime)
        || typeof(T) == typeof(DateTimeOffset)
        || typeof(T) == typeof(TimeSpan)
        || typeof(T) == typeof(TimeOnly)
        || typeof(T) == typeof(DateOnly)
        || typeof(T) == typeof(Version);

    private static bool IsFloat => typeof(T) == typeof(double) || typeof(T) == typeof(float);

    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

    public int GetHashCode(T obj)
    {
        // Equal times may have different bits, and so may decimals, zeros and what is not a number.
        if (typeof(T) == typeof(DateTime))
        {
            return Mix((ulong)Unsafe.As<T, DateTime>(ref obj).Ticks);
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return Mix((ulong)Unsafe.As<T, DateTimeOffset>(ref obj).UtcTicks);
        }

        if (typeof(T) == typeof(decimal))
        {
            return OfDecimal(Unsafe.As<T, decimal>(ref obj));
        }

        if (typeof(T) == typeof(Version))
        {
            return OfVersion((Version)(object)obj!);
        }

        if (IsFloat)
        {
            double number = typeof(T) == typeof(float) ? Unsafe.As<T, float>(ref obj) : Unsafe.As<T, double>(ref obj);
            return Mix(double.IsNaN(number) ? 0 : BitConverter.DoubleToUInt64Bits(number + 0.0));
        }

        return OfBits(ref obj);
    }

    private static int OfBits(ref T value)
    {
        if (Unsafe.SizeOf<T>() == 16)
        {
            return Mix(
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<T, byte>(ref value)),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref Unsafe.As<T, byte>(ref value), 8)));
        }

        return Mix(Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.As<T, byte>(ref value),
            2 => Unsafe.As<T, ushort>(ref value),
            4 => Unsafe.As<T, uint>(ref value),
            _ => Unsafe.As<T, ulong>(ref value),
        });
    }

    private static int OfDecimal(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number == 0 ? 0 : number / One, bits);
        return HashCode.Combine(bits[0], bits[1], bits[2], bits[3]);
    }

    private static int OfVersion(Version version) =>
        HashCode.Combine(version.Major, version.Minor, version.Build, version.Revision);

    private static int Mix(ulong bits) => HashCode.Combine((uint)bits, (uint)(bits >> 32));

    // Four halves, as HashCode would take the hash code of a number of 64 bits, which is not seeded.
    private static int Mix(ulong low, ulong high) =>
        HashCode.Combine((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
}
