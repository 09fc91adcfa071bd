using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_extern_t</c>: a kind, and a union of which the largest member has 24 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct ExternItem
{
    internal const byte Function = 0;
    internal const byte Memory = 3;

    [FieldOffset(0)]
    internal byte Kind;

    [FieldOffset(8)]
    internal StoreReference Reference;
}
