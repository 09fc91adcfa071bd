using System.Text;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Takes exports of functions out of a module.</summary>
/// <remarks>The embedded engine calls functions that nothing refers to in another way.</remarks>
internal static class HiddenFunctions
{
    /// <summary>Leaves the first export of a function and every fourth of the others, and all other exports.</summary>
    /// <returns>
    /// The module; as it was where it would not be valid otherwise, since a reference in its code needs an export.
    /// </returns>
    internal static byte[] In(byte[] module, long seed)
    {
        ModuleDescription description = Module.Describe(module);
        ModuleSection section = description.Sections.FirstOrDefault(section => section.Id == SectionId.Export);
        if (section == default)
        {
            return module;
        }

        var random = new SeededBytes(seed ^ 0x41DE);
        ExportType? first = description.Exports.FirstOrDefault(IsFunction);
        ExportType[] kept =
            [.. description.Exports.Where(export => !IsFunction(export) || export == first || random.Below(4) == 0)];
        byte[] hidden =
            [.. module[..section.Offset], .. Section(kept), .. module[(section.Offset + section.Length)..]];
        try
        {
            Module.Validate(hidden);
            return hidden;
        }
        catch (InvalidModuleException)
        {
            return module;
        }
    }

    private static bool IsFunction(ExportType export) => export.Type is FunctionType;

    private static byte[] Section(ExportType[] exports)
    {
        byte[] entries = [.. Number(exports.Length), .. exports.SelectMany(Entry)];
        return [(byte)SectionId.Export, .. Number(entries.Length), .. entries];
    }

    private static IEnumerable<byte> Entry(ExportType export)
    {
        byte[] name = Encoding.UTF8.GetBytes(export.Name);
        return [.. Number(name.Length), .. name, (byte)export.Type.Kind, .. Number(export.Index)];
    }

    private static IEnumerable<byte> Number(int value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
