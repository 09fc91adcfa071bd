using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>Checks that a definition may stand for an import.</summary>
/// <remarks>WebAssembly 3.0, section 4.5.3 (import matching).</remarks>
internal static class ImportMatcher
{
    /// <returns><paramref name="definition"/>.</returns>
    /// <exception cref="LinkException">It is of another type.</exception>
    /// <exception cref="ArgumentException">It belongs to another store.</exception>
    public static object Match(Store store, ImportType import, object definition)
    {
        (ExternType actual, bool fits, Store? owner) = definition switch
        {
            HostFunction host => Describe(host.Type, null, Fits(import.Type as FunctionType, host.Identity)),
            Function function => Describe(
                function.Type, function.Store, Fits(import.Type as FunctionType, function.Identity)),
            Table table => Describe(table.Type, table.OwnerStore, Fits(import.Type as TableType, table.Type)),
            LinearMemory memory => Describe(
                memory.Type, memory.OwnerStore, Fits(import.Type as MemoryType, memory.Type)),
            Tag tag => Describe(tag.Type, tag.OwnerStore, Fits(import.Type as TagType, tag.Type)),
            Global global => Describe(global.Type, global.OwnerStore, Fits(import.Type as GlobalType, global.Type)),
            _ => throw new ArgumentException("Not something that can be imported.", nameof(definition)),
        };

        if (!fits)
        {
            throw new LinkException(import, actual);
        }

        return owner is null || owner == store
            ? definition
            : throw new ArgumentException(
                $"'{ForeignText.Name(import.Module)}' '{ForeignText.Name(import.Name)}' belongs to another store.");
    }

    private static (ExternType Actual, bool Fits, Store? Owner) Describe(ExternType actual, Store? owner, bool fits) =>
        (actual, fits, owner);

    private static bool Fits(FunctionType? asked, TypeIdentity actual) =>
        asked is not null && actual.Definition.IsSubtypeOf(asked.Definition);

    private static bool Fits(TagType? asked, TagType actual) =>
        asked is not null && asked.Payload.Definition == actual.Payload.Definition;

    private static bool Fits(TableType? asked, TableType actual) =>
        asked is not null
        && asked.Code == actual.Code
        && asked.Address == actual.Address
        && asked.Limits.Admits(actual.Limits.Minimum, actual.Limits.Maximum);

    private static bool Fits(MemoryType? asked, MemoryType actual) =>
        asked is not null
        && asked.Address == actual.Address
        && asked.PageBytes == actual.PageBytes
        && asked.Limits.Admits(actual.Limits.Minimum, actual.Limits.Maximum);

    private static bool Fits(GlobalType? asked, GlobalType actual) =>
        asked is not null
        && asked.IsMutable == actual.IsMutable
        && (asked.Code == actual.Code
            || (!asked.IsMutable
                && Subtyping.Matches(actual.Code, actual.Definition, asked.Code, asked.Definition)));
}
