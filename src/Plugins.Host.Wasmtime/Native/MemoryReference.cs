using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_memory_t</c>: a memory of a store.</summary>
/// <remarks>
/// Worthless after its store: using it with another one ends the process. In C the first two fields are a structure of
/// their own, which ends with four bytes that nothing uses.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct MemoryReference
{
    [FieldOffset(0)]
    internal ulong Store;

    [FieldOffset(8)]
    internal uint Private1;

    [FieldOffset(16)]
    internal uint Private2;
}
