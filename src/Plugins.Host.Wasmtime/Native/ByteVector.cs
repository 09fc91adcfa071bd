using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasm_byte_vec_t</c>, and any other <c>wasm_…_vec_t</c>: a length and a pointer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ByteVector
{
    internal nuint Size;
    internal byte* Data;

    internal readonly ReadOnlySpan<byte> Span => new(Data, checked((int)Size));
}
