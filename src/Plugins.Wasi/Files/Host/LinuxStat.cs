using System.Runtime.InteropServices;

namespace Plugins.Wasi.Files.Host;

/// <summary><c>struct statx</c>, which is the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct LinuxStat
{
    internal const uint BasicMask = 0x7ff;

    [FieldOffset(16)]
    internal uint Links;

    [FieldOffset(28)]
    internal ushort Mode;

    [FieldOffset(32)]
    internal ulong Inode;

    [FieldOffset(40)]
    internal ulong Size;

    [FieldOffset(64)]
    internal LinuxTime Accessed;

    [FieldOffset(96)]
    internal LinuxTime Changed;

    [FieldOffset(112)]
    internal LinuxTime Modified;

    internal readonly NodeKind Kind => (Mode & 0xf000) switch
    {
        0x4000 => NodeKind.Directory,
        0x8000 => NodeKind.File,
        0xa000 => NodeKind.SymbolicLink,
        0x2000 => NodeKind.CharacterDevice,
        0x6000 => NodeKind.BlockDevice,
        _ => NodeKind.Other,
    };

    internal readonly FileStat ToStat() => new(
        Kind, Inode, Links, Size, Accessed.ToNanoseconds(), Modified.ToNanoseconds(), Changed.ToNanoseconds());
}
