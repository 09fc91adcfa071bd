using System.Text;

namespace Plugins.Cli.Inspecting;

/// <summary>
/// Lists a module's sections, of one that the engine refuses as well (WebAssembly 2.0, section 5.5.2).
/// </summary>
internal static class SectionReader
{
    internal const int CodeSection = 10;

    private const int HeaderBytes = 8;

    // More than any compiler writes; a file could name millions of empty ones.
    private const int MaximumSections = 1000;

    private static readonly string[] Kinds =
    [
        "custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code",
        "data", "data count", "tag",
    ];

    internal static IReadOnlyList<ModuleSection> Read(ReadOnlySpan<byte> module)
    {
        var sections = new List<ModuleSection>();
        var cursor = new ByteCursor(module);
        cursor.Take(HeaderBytes);
        while (!cursor.IsAtEnd && sections.Count < MaximumSections)
        {
            var start = cursor.Position;
            var id = cursor.Byte();
            var content = cursor.Take(cursor.Number());
            if (!cursor.IsBroken)
            {
                var name = id == 0 ? NameOf(content) : null;
                sections.Add(new ModuleSection(KindOf(id), name, start, cursor.Position - start));
            }
        }

        return sections;
    }

    /// <summary>The content of the first section of that id; empty where there is none.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> module, int wanted)
    {
        var cursor = new ByteCursor(module);
        cursor.Take(HeaderBytes);
        while (!cursor.IsAtEnd)
        {
            var id = cursor.Byte();
            var content = cursor.Take(cursor.Number());
            if (id == wanted)
            {
                return content;
            }
        }

        return [];
    }

    private static string KindOf(byte id) => id < Kinds.Length ? Kinds[id] : $"section {id}";

    private static string NameOf(ReadOnlySpan<byte> content)
    {
        var cursor = new ByteCursor(content);
        return Encoding.UTF8.GetString(cursor.Take(Math.Min(cursor.Number(), 200)));
    }
}
