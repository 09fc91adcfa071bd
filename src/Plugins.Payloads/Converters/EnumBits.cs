using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plugins.Payloads.Converters;

/// <summary>The bits of enumerations of any size, without boxing.</summary>
internal static class EnumBits
{
    public static ulong Of<T>(T value)
        where T : struct, Enum => Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<T, byte>(value),
            2 => Unsafe.BitCast<T, ushort>(value),
            4 => Unsafe.BitCast<T, uint>(value),
            _ => Unsafe.BitCast<T, ulong>(value),
        };

    public static int Count<T>(T value)
        where T : struct, Enum => BitOperations.PopCount(Of(value));

    public static T To<T>(ulong bits)
        where T : struct, Enum => Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<byte, T>((byte)bits),
            2 => Unsafe.BitCast<ushort, T>((ushort)bits),
            4 => Unsafe.BitCast<uint, T>((uint)bits),
            _ => Unsafe.BitCast<ulong, T>(bits),
        };
}
