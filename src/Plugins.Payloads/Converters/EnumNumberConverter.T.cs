using System.Runtime.CompilerServices;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts an enumeration to and from the number behind it.</summary>
/// <remarks>Safe for use by many threads. As in JSON, numbers without a name are allowed.</remarks>
public sealed class EnumNumberConverter<T> : PayloadConverter<T>
    where T : struct, Enum
{
    private static readonly TypeCode _number = Type.GetTypeCode(typeof(T));

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, T value)
    {
        switch (_number)
        {
            case TypeCode.SByte:
                writer.WriteInt32(Unsafe.BitCast<T, sbyte>(value));
                break;
            case TypeCode.Byte:
                writer.WriteInt32(Unsafe.BitCast<T, byte>(value));
                break;
            case TypeCode.Int16:
                writer.WriteInt32(Unsafe.BitCast<T, short>(value));
                break;
            case TypeCode.UInt16:
                writer.WriteInt32(Unsafe.BitCast<T, ushort>(value));
                break;
            case TypeCode.Int32:
                writer.WriteInt32(Unsafe.BitCast<T, int>(value));
                break;
            case TypeCode.UInt32:
                writer.WriteUInt64(Unsafe.BitCast<T, uint>(value));
                break;
            case TypeCode.Int64:
                writer.WriteInt64(Unsafe.BitCast<T, long>(value));
                break;
            default:
                writer.WriteUInt64(Unsafe.BitCast<T, ulong>(value));
                break;
        }
    }

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader) => _number switch
    {
        TypeCode.SByte => Unsafe.BitCast<sbyte, T>(reader.ReadSByte()),
        TypeCode.Byte => Unsafe.BitCast<byte, T>(reader.ReadByte()),
        TypeCode.Int16 => Unsafe.BitCast<short, T>(reader.ReadInt16()),
        TypeCode.UInt16 => Unsafe.BitCast<ushort, T>(reader.ReadUInt16()),
        TypeCode.Int32 => Unsafe.BitCast<int, T>(reader.ReadInt32()),
        TypeCode.UInt32 => Unsafe.BitCast<uint, T>(reader.ReadUInt32()),
        TypeCode.Int64 => Unsafe.BitCast<long, T>(reader.ReadInt64()),
        _ => Unsafe.BitCast<ulong, T>(reader.ReadUInt64()),
    };
}
