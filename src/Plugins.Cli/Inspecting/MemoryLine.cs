using System.ComponentModel;
using System.Text.Json.Serialization;
using Plugins.Cli.Terminals;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Inspecting;

/// <summary>A memory of a module.</summary>
internal sealed record MemoryLine(
    [property: Description("Pages that it begins with.")] long Pages,
    [property: Description("The most pages it says that it may have.")] long? MaximumPages,
    [property: Description("Bytes of a page; 65,536, or 1.")] int PageBytes,
    [property: Description("Bits of its addresses; 32, or 64.")] int AddressBits,
    [property: Description("Module and name that it is imported from; absent where it is the module's own.")]
    string? Import,
    [property: Description("The names that it is exported by.")] IReadOnlyList<string> Exports)
{
    /// <summary>All of it in a line.</summary>
    [JsonIgnore]
    internal string Summary => string.Join(", ", Parts());

    internal static MemoryLine Of(ModuleDescription module, int index)
    {
        var memory = module.Memories[index];
        var import = module.Imports.Where(import => import.Type.Kind == ExternKind.Memory).ElementAtOrDefault(index);
        return new MemoryLine(
            Saturated(memory.Limits.Minimum),
            memory.Limits.Maximum is { } most ? Saturated(most) : null,
            memory.PageBytes,
            memory.Address == ValueKind.I64 ? 64 : 32,
            import is null ? null : $"{import.Module} {import.Name}",
            [
                .. module.Exports
                    .Where(export => export.Type.Kind == ExternKind.Memory && export.Index == index)
                    .Select(export => export.Name),
            ]);
    }

    // What a module may begin with fits; what it says it may grow to, only nearly.
    private static long Saturated(ulong pages) => (long)Math.Min(pages, long.MaxValue);

    private IEnumerable<string> Parts()
    {
        yield return $"{Page.Count(Pages, "page")} ({Page.Bytes(Pages * PageBytes)})";
        yield return MaximumPages is { } most ? $"at most {Page.Number(most)}" : "no maximum of its own";
        if (PageBytes == 1)
        {
            yield return "pages of 1 byte";
        }

        if (AddressBits == 64)
        {
            yield return "64-bit addresses";
        }

        yield return Import is not null ? $"imported from {Import}"
            : Exports.Count > 0 ? $"exported as {string.Join(", ", Exports)}"
            : "not exported";
    }
}
