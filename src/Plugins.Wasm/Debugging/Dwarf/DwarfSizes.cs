namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>What a unit says about how it is written.</summary>
/// <param name="Version">The version of DWARF.</param>
/// <param name="Offset">Bytes of an offset: 4 or 8.</param>
/// <param name="Address">Bytes of an address.</param>
internal readonly record struct DwarfSizes(int Version, int Offset, int Address)
{
    public const int OldestVersion = 2, NewestVersion = 5;

    /// <summary>Whether both have 4 bytes, as in nearly all modules.</summary>
    public bool AreSmall => Offset == sizeof(uint) && Address == sizeof(uint);

    /// <summary>Takes the sizes, or refuses them.</summary>
    public static DwarfSizes Of(int version, int offset, int address, int position) =>
        version is >= OldestVersion and <= NewestVersion && address is 4 or 8
            ? new DwarfSizes(version, offset, address)
            : throw new MalformedModuleException("unknown version of debug information", position);
}
