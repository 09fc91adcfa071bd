using System.Runtime.CompilerServices;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Hashes what comes from a document so that its author cannot choose values that collide.</summary>
/// <remarks>
/// Strings need none: the runtime seeds their hash codes as soon as they collide. The hash code of a number, a time or
/// a GUID is a fixed function of its bits; here they go through <see cref="HashCode"/>, which each process seeds anew.
/// </remarks>
internal sealed class SeededComparer<T> : IEqualityComparer<T>
{
    private SeededComparer()
    {
    }

    /// <summary>The comparer for types whose bits decide equality; null, meaning the default one, for others.</summary>
    public static IEqualityComparer<T>? OrDefault { get; } = IsCovered ? new SeededComparer<T>() : null;

    private static bool IsCovered => typeof(T).IsEnum
        || typeof(T).IsPrimitive
        || typeof(T) == typeof(Guid)
        || typeof(T) == typeof(DateTime)
        || typeof(T) == typeof(TimeSpan)
        || typeof(T) == typeof(TimeOnly)
        || typeof(T) == typeof(DateOnly);

    private static bool IsFloat => typeof(T) == typeof(double) || typeof(T) == typeof(float);

    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

    public int GetHashCode(T obj)
    {
        // Equal times may have different bits, and so may zeros and what is not a number.
        if (typeof(T) == typeof(DateTime))
        {
            return Mix((ulong)Unsafe.As<T, DateTime>(ref obj).Ticks);
        }

        if (IsFloat)
        {
            double number = typeof(T) == typeof(float) ? Unsafe.As<T, float>(ref obj) : Unsafe.As<T, double>(ref obj);
            return Mix(double.IsNaN(number) ? 0 : BitConverter.DoubleToUInt64Bits(number + 0.0));
        }

        if (typeof(T) == typeof(Guid))
        {
            UInt128 bits = Unsafe.As<T, UInt128>(ref obj);
            return HashCode.Combine(Mix((ulong)bits), Mix((ulong)(bits >> 64)));
        }

        return Mix(Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.As<T, byte>(ref obj),
            2 => Unsafe.As<T, ushort>(ref obj),
            4 => Unsafe.As<T, uint>(ref obj),
            _ => Unsafe.As<T, ulong>(ref obj),
        });
    }

    private static int Mix(ulong bits) => HashCode.Combine((uint)bits, (uint)(bits >> 32));
}
