using System.Buffers.Binary;

namespace Plugins.Wasi.Preview1;

/// <summary>What a guest waits for.</summary>
internal readonly record struct Subscription
{
    internal const uint Bytes = 48;
    internal const byte OfClock = 0;
    internal const byte OfReading = 1;
    internal const byte OfWriting = 2;

    private Subscription(ReadOnlySpan<byte> memory)
    {
        UserData = BinaryPrimitives.ReadUInt64LittleEndian(memory);
        Type = memory[8];
        Target = BinaryPrimitives.ReadUInt32LittleEndian(memory[16..]);
        Timeout = BinaryPrimitives.ReadUInt64LittleEndian(memory[24..]);
        Flags = BinaryPrimitives.ReadUInt16LittleEndian(memory[40..]);
    }

    internal ulong UserData { get; }

    internal byte Type { get; }

    /// <summary>The clock or the descriptor.</summary>
    internal uint Target { get; }

    internal ulong Timeout { get; }

    internal bool IsAbsolute => (Flags & 1) != 0;

    internal bool IsValid => Type switch
    {
        OfClock => Target <= ClockFunctions.Monotonic && Flags <= 1,
        OfReading or OfWriting => true,
        _ => false,
    };

    private ushort Flags { get; }

    internal static Subscription Read(ReadOnlySpan<byte> memory) => new(memory);
}
