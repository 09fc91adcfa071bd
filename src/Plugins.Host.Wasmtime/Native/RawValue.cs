using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_val_raw_t</c>: 16 bytes, of which an <c>i32</c> uses the first four.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct RawValue
{
    [FieldOffset(0)]
    internal int Int32;

    [FieldOffset(0)]
    internal long Int64;
}
