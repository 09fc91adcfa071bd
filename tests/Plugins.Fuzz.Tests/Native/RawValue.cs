using System.Runtime.InteropServices;

namespace Plugins.Fuzz.Tests.Native;

/// <summary><c>wasmtime_val_raw_t</c>: a value whose type both sides know.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RawValue
{
    internal ulong Bits;
    internal ulong UpperBits;
}
