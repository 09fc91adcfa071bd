using System.Buffers.Binary;

namespace Plugins.Wasi.Tests.Support;

/// <summary>What <c>filestat</c> tells.</summary>
internal sealed record FileFacts(
    ulong Device, ulong Inode, byte Type, ulong Links, ulong Size, ulong Accessed, ulong Modified, ulong Changed)
{
    internal static FileFacts Read(ReadOnlySpan<byte> memory) => new(
        At(memory, 0), At(memory, 8), memory[16], At(memory, 24), At(memory, 32), At(memory, 40), At(memory, 48),
        At(memory, 56));

    private static ulong At(ReadOnlySpan<byte> memory, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(memory[offset..]);
}
