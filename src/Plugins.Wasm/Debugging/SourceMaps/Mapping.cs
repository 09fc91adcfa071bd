namespace Plugins.Wasm.Debugging.SourceMaps;

/// <summary>Where a stretch of code comes from.</summary>
/// <param name="Offset">Its first byte in the module.</param>
/// <param name="Source">The index of its file; -1 for none.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct Mapping(int Offset, int Source, int Line, int Column)
{
    private const int MaximumMappings = 2_000_000;
    private const int Digits = 5;
    private const int MaximumFields = 5;

    /// <summary>Reads mappings of one line, up to the first that is broken.</summary>
    /// <param name="text">Numbers as ECMA-426, section "Mappings" has them.</param>
    /// <returns>In ascending order of their offsets.</returns>
    public static Mapping[] ReadAll(ReadOnlySpan<byte> text)
    {
        List<Mapping> mappings = [];
        Span<int> fields = stackalloc int[MaximumFields];
        long offset = 0, source = 0, line = 0, column = 0;
        while (!text.IsEmpty && mappings.Count < MaximumMappings)
        {
            int end = text.IndexOf((byte)',');
            ReadOnlySpan<byte> segment = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            int count = ReadFields(segment, fields);
            offset += fields[0];
            if (count is not (1 or 4 or 5) || offset < 0 || offset > int.MaxValue || fields[0] < 0)
            {
                break;
            }

            if (count == 1)
            {
                mappings.Add(new Mapping((int)offset, -1, 0, 0));
                continue;
            }

            source += fields[1];
            line += fields[2];
            column += fields[3];
            if (source is < 0 or > int.MaxValue || line is < 0 or >= int.MaxValue || column is < 0 or >= int.MaxValue)
            {
                break;
            }

            mappings.Add(new Mapping((int)offset, (int)source, (int)line + 1, (int)column + 1));
        }

        return [.. mappings];
    }

    /// <summary>Reads the numbers of one segment; 0 of a broken one.</summary>
    private static int ReadFields(ReadOnlySpan<byte> segment, Span<int> fields)
    {
        fields.Clear();
        int count = 0;
        long value = 0;
        int shift = 0;
        foreach (byte character in segment)
        {
            int digit = DigitOf(character);
            if (digit < 0 || shift > 30 || count == fields.Length)
            {
                return 0;
            }

            value |= (long)(digit & 0x1F) << shift;
            shift += Digits;
            if (digit < 0x20)
            {
                // The lowest bit is the sign.
                long number = (value & 1) == 0 ? value >> 1 : -(value >> 1);
                if (number is < -int.MaxValue or > int.MaxValue)
                {
                    return 0;
                }

                fields[count++] = (int)number;
                (value, shift) = (0, 0);
            }
        }

        return shift == 0 ? count : 0;
    }

    private static int DigitOf(byte character) => (char)character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
