using System.ComponentModel;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Inspecting;

/// <summary>A section of a module.</summary>
internal sealed record SectionLine(
    [property: Description("type, import, function … or custom.")] string Kind,
    [property: Description("The name of a custom section; the guest's words.")] string? Name,
    [property: Description("The position of its first byte in the file.")] int Offset,
    [property: Description("Bytes, its header included.")] int Bytes)
{
    internal static SectionLine Of(ModuleSection section) => new(
        section.Id switch
        {
            SectionId.DataCount => "data count",
            var id when Enum.IsDefined(id) => id.ToString().ToLowerInvariant(),
            var id => $"section {(int)id}",
        },
        section.Name,
        section.Offset,
        section.Length);
}
