using System.Text;

namespace Plugins.Wasm.Text.Writing;

/// <summary>The places of sections in a module, by their words in annotations.</summary>
/// <remarks>WebAssembly 3.0, section 5.5.2 and appendix A.5.2.</remarks>
internal static class SectionPlace
{
    private static readonly (string Name, byte Id)[] All =
    [
        ("type", 1), ("import", 2), ("func", 3), ("table", 4), ("memory", 5), ("tag", 13), ("global", 6),
        ("export", 7), ("start", 8), ("elem", 9), ("datacount", 12), ("code", 10), ("data", 11),
    ];

    /// <summary>How many there are.</summary>
    public static int Count => All.Length;

    /// <summary>The place of a word, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        for (int place = 0; place < All.Length; place++)
        {
            if (Ascii.Equals(name, All[place].Name))
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>The place of a section's number, or -1 for a custom section and for no section.</summary>
    public static int Of(byte id) => Array.FindIndex(All, section => section.Id == id);

    public static string NameOf(int place) => All[place].Name;

    public static byte IdOf(int place) => All[place].Id;
}
