namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>What entries of one kind consist of.</summary>
/// <param name="Tag">The kind.</param>
/// <param name="HasChildren">Whether entries inside it follow, up to one of no kind.</param>
/// <param name="Attributes">Its attributes.</param>
/// <remarks>DWARF 5, section 7.5.3.</remarks>
internal sealed record Abbreviation(DwarfTag Tag, bool HasChildren, AttributeSpecification[] Attributes)
{
    /// <summary>Bytes of such an entry where offsets and addresses have 4; -1 where that differs.</summary>
    /// <remarks>Nearly all entries are of types and variables, which are passed over.</remarks>
    public int Length { get; } = LengthOf(Attributes);

    private static int LengthOf(AttributeSpecification[] attributes)
    {
        int length = 0;
        foreach (AttributeSpecification attribute in attributes)
        {
            int bytes = DwarfValue.LengthOf(attribute.Form);
            if (bytes < 0)
            {
                return -1;
            }

            length += bytes;
        }

        return length;
    }
}
