using System.Collections.Frozen;
using System.Text;

namespace Plugins.Wasm.Text.Instructions;

/// <summary>All instructions that the text format knows, by word and by opcode.</summary>
/// <remarks>Immutable. WebAssembly 3.0, section 5.4, and the proposals whose tables it is put together from.</remarks>
internal sealed class InstructionSet
{
    private readonly FrozenDictionary<string, InstructionSyntax>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly FrozenDictionary<(byte Prefix, uint Code), InstructionSyntax> _byCode;
    private readonly int _longestName;

    private InstructionSet()
    {
        var table = new InstructionTable();
        CoreInstructions.AddTo(table);
        ReferenceInstructions.AddTo(table);
        VectorInstructions.AddTo(table);
        AtomicInstructions.AddTo(table);
        // Where two have one word, the first is what the word means until its immediates say otherwise.
        _byName = table.All.DistinctBy(syntax => syntax.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(syntax => syntax.Name, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _byCode = table.All.ToFrozenDictionary(syntax => (syntax.Prefix, syntax.Code));
        _longestName = table.All.Max(syntax => syntax.Name.Length);
    }

    public static InstructionSet Instance { get; } = new();

    /// <summary>The instruction of a word, or null.</summary>
    public InstructionSyntax? Find(ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[_longestName];
        return name.Length <= characters.Length
            && _byName.TryGetValue(
                characters[..Encoding.ASCII.GetChars(name, characters)], out InstructionSyntax? found)
                    ? found
                    : null;
    }

    /// <summary>The instruction of an opcode, or null.</summary>
    public InstructionSyntax? Find(byte prefix, uint code) => _byCode.GetValueOrDefault((prefix, code));

    /// <summary>Whether a byte has a number behind it that belongs to the opcode.</summary>
    public static bool IsPrefix(byte opcode) => opcode is 0xFB or 0xFC or 0xFD or 0xFE;
}
