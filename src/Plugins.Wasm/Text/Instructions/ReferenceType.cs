using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Instructions;

/// <summary>A reference type. WebAssembly 3.0, section 5.3.4.</summary>
/// <param name="IsNullable">Whether it takes null.</param>
/// <param name="Heap">A type's index, or the negative number of an abstract heap type.</param>
internal readonly record struct ReferenceType(bool IsNullable, long Heap)
{
    /// <summary>The form of a type that takes null, where it has no shorter one.</summary>
    public const byte NullableForm = 0x63;

    /// <summary>The form of a type that does not.</summary>
    public const byte NonNullForm = 0x64;

    public static ReferenceType Function { get; } = new(IsNullable: true, HeapTypes.Function);

    public void WriteTo(ByteWriter output)
    {
        if (!IsNullable || Heap >= 0)
        {
            output.Byte(IsNullable ? NullableForm : NonNullForm);
        }

        output.Signed(Heap);
    }
}
