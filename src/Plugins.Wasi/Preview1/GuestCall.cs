using System.Buffers.Binary;
using System.Text;

namespace Plugins.Wasi.Preview1;

/// <summary>One call of a function: its arguments, and the guest's memory that they point into.</summary>
/// <remarks>
/// Pointers to what lies outside the memory, and misaligned ones, end the guest: see "Pointers" in the documentation of
/// witx.
/// </remarks>
internal readonly ref struct GuestCall(
    WasiContext context, IWasiGuest guest, WasiFunction function, ReadOnlySpan<ulong> arguments)
{
    private const int BytesPerFuel = 64;
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<ulong> _arguments = arguments;

    internal WasiContext Context => context;

    internal IWasiGuest Guest => guest;

    internal DescriptorTable Descriptors => context.Descriptors;

    internal uint UInt32(int argument) => (uint)_arguments[argument];

    internal ulong UInt64(int argument) => _arguments[argument];

    /// <summary>A range of memory; bytes that are moved cost fuel.</summary>
    internal Span<byte> Memory(uint address, uint length, int alignment = 1)
    {
        if (address % alignment == 0 && guest.TryGetMemory(address, length, out var memory))
        {
            return memory;
        }

        throw new WasiMemoryException(function.Name, address, length, alignment);
    }

    internal void Charge(int bytes) => guest.ConsumeFuel(((long)bytes + BytesPerFuel - 1) / BytesPerFuel);

    internal uint ReadUInt32(uint address) => BinaryPrimitives.ReadUInt32LittleEndian(Memory(address, 4, 4));

    internal void WriteUInt32(uint address, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(Memory(address, 4, 4), value);

    internal void WriteUInt64(uint address, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(Memory(address, 8, 8), value);

    /// <summary>The text that two arguments point to; false if it is not UTF-8.</summary>
    internal bool TryReadText(int argument, out string text)
    {
        var length = UInt32(argument + 1);
        var bytes = Memory(UInt32(argument), length);
        Charge((int)length);
        try
        {
            text = s_strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = string.Empty;
            return false;
        }
    }

    /// <summary>The first range of a list that is not empty: a host may move fewer bytes than there are.</summary>
    internal Span<byte> FirstRange(int argument)
    {
        const uint RangeBytes = 8;
        var address = UInt32(argument);
        var count = UInt32(argument + 1);
        for (var index = 0UL; index < count; index++)
        {
            var position = address + (index * RangeBytes);
            var item = Memory((uint)Math.Min(position, uint.MaxValue - 3), RangeBytes, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(item[4..]);
            if (length > 0)
            {
                return Memory(BinaryPrimitives.ReadUInt32LittleEndian(item), length);
            }

            guest.ConsumeFuel(1);
        }

        return [];
    }
}
