using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>A module's imports as numbered slots; an instance has a delegate for each.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
internal sealed class ImportTable
{
    private readonly ImmutableArray<ImportType> _imports;

    internal ImportTable(ImmutableArray<ImportType> imports)
    {
        _imports = imports;
        Slots = [.. imports.Select(Slot).OfType<ImportSlot>().Distinct()];
    }

    /// <summary>The imports that a host can supply.</summary>
    internal ImmutableArray<ImportSlot> Slots { get; }

    /// <summary>The delegate for each slot.</summary>
    /// <exception cref="WasmtimeLinkException">An import is not there or has another type.</exception>
    internal Delegate[] Resolve(IReadOnlyList<HostImport> offered)
    {
        var definitions = new Dictionary<(string, string), HostImport>(offered.Count);
        foreach (var import in offered)
        {
            definitions.Add((import.Module, import.Name), import);
        }

        // WebAssembly 2.0, section 4.5.3: every import is matched, in order.
        foreach (var import in _imports)
        {
            Match(import, definitions.GetValueOrDefault((import.Module, import.Name)));
        }

        return [.. Slots.Select(slot => HostShapes.Adapt(definitions[(slot.Module, slot.Name)].Function, slot.Type))];
    }

    private static void Match(ImportType import, HostImport? definition)
    {
        var actual = definition is null ? null
            : definition.Type ?? HostShapes.TypeOf(HostShapes.Of(definition.Function));
        if (actual is null || !actual.Equals(import.Type as FunctionType))
        {
            throw new WasmtimeLinkException(import, actual);
        }
    }

    private static ImportSlot? Slot(ImportType import) =>
        HostShapes.Find(import.Type) is { } shape
            ? new ImportSlot(import.Module, import.Name, shape, (FunctionType)import.Type)
            : null;
}
