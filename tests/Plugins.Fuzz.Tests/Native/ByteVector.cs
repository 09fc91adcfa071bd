namespace Plugins.Fuzz.Tests.Native;

/// <summary><c>wasm_byte_vec_t</c>, and every other vector of the C API.</summary>
internal unsafe struct ByteVector
{
    internal nuint Size;
    internal byte* Data;
}
