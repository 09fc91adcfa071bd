using System.Text;

namespace Plugins.Wasm.Text.Instructions;

/// <summary>Abstract heap types, and the words for references to them. WebAssembly 3.0, section 6.4.3.</summary>
internal static class HeapTypes
{
    public const long Function = -0x10;

    // The word of the heap type, that of a reference to it that takes null, and its number.
    private static readonly (string Name, string Reference, long Number)[] All =
    [
        ("noexn", "nullexnref", -0x0C),
        ("nofunc", "nullfuncref", -0x0D),
        ("noextern", "nullexternref", -0x0E),
        ("none", "nullref", -0x0F),
        ("func", "funcref", Function),
        ("extern", "externref", -0x11),
        ("any", "anyref", -0x12),
        ("eq", "eqref", -0x13),
        ("i31", "i31ref", -0x14),
        ("struct", "structref", -0x15),
        ("array", "arrayref", -0x16),
        ("exn", "exnref", -0x17),
    ];

    /// <summary>The number of a heap type's word, or null.</summary>
    public static long? Find(ReadOnlySpan<byte> name)
    {
        foreach ((string word, _, long number) in All)
        {
            if (Ascii.Equals(name, word))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>The number of the heap type that a reference's word is for, or null.</summary>
    public static long? FindReference(ReadOnlySpan<byte> name)
    {
        foreach ((_, string word, long number) in All)
        {
            if (Ascii.Equals(name, word))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>The word of a number, or null.</summary>
    public static string? NameOf(long number) => Array.Find(All, type => type.Number == number).Name;

    /// <summary>The word of a reference that takes null, or null.</summary>
    public static string? ReferenceNameOf(long number) => Array.Find(All, type => type.Number == number).Reference;
}
