using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages of Windows.</summary>
internal sealed unsafe partial class WindowsMemory : VirtualMemory
{
    private const uint AllocateCommit = 0x1000;
    private const uint AllocateReserve = 0x2000;
    private const uint FreeDecommit = 0x4000;
    private const uint FreeRelease = 0x8000;
    private const uint NoAccess = 0x01;
    private const uint ReadWrite = 0x04;

    public override byte* Reserve(ulong length) => Allocate(null, (nuint)length, AllocateReserve, NoAccess);

    public override bool Commit(byte* start, nuint bytes) =>
        Allocate(start, bytes, AllocateCommit, ReadWrite) is not null;

    public override bool Decommit(byte* start, nuint bytes) => Free(start, bytes, FreeDecommit) != 0;

    public override bool Discard(byte* start, nuint bytes) =>
        Decommit(start, bytes) && (Commit(start, bytes) ? true : throw Lost(bytes));

    public override bool TryGetResidency(byte* start, Span<byte> pages) => false;

    public override void Release(byte* start, ulong bytes) => _ = Free(start, 0, FreeRelease);

    [LibraryImport("kernel32", EntryPoint = "VirtualAlloc")]
    private static partial byte* Allocate(byte* address, nuint bytes, uint kind, uint protection);

    [LibraryImport("kernel32", EntryPoint = "VirtualFree")]
    private static partial int Free(byte* address, nuint bytes, uint kind);
}
