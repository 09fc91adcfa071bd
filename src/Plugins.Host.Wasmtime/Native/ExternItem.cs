using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_extern_t</c>: a kind, and a union of which the largest member has 24 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct ExternItem
{
    internal const byte FunctionKind = 0;
    internal const byte MemoryKind = 3;

    [FieldOffset(0)]
    internal byte Kind;

    [FieldOffset(8)]
    internal FunctionReference Function;

    [FieldOffset(8)]
    internal MemoryReference Memory;
}
