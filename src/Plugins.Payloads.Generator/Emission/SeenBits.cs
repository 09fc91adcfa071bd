namespace Plugins.Payloads.Generator.Emission;

/// <summary>The bits that remember which members came: one number, or several when there are many members.</summary>
internal sealed class SeenBits(int count)
{
    private const int BitsPerWord = 64;

    private bool IsOneWord => count <= BitsPerWord;

    public string Parameter => IsOneWord ? "ulong seen" : "global::System.ReadOnlySpan<ulong> seen";

    public string Declaration => IsOneWord
        ? "ulong seen = 0;"
        : $"global::System.Span<ulong> seen = stackalloc ulong[] {{ {string.Join(", ", Words().Select(_ => "0"))} }};";

    /// <summary>Of the member whose number the variable has.</summary>
    public string IsSet(string member) => $"({Word(member)} & (1UL << {member})) != 0";

    public string Set(string member) => $"{Word(member)} |= 1UL << {member};";

    public string IsSet(int member) => Bit(member) + " != 0";

    public string IsUnset(int member) => Bit(member) + " == 0";

    public string AreSet(IReadOnlyCollection<int> members) => string.Join(" && ", Words()
        .Select(word => (word, Mask: Mask(members, word)))
        .Where(part => part.Mask != 0)
        .Select(part => (Word: IsOneWord ? "seen" : $"seen[{part.word}]", Mask: $"0x{part.Mask:X}UL"))
        .Select(part => $"({part.Word} & {part.Mask}) == {part.Mask}"));

    private string Bit(int member) =>
        $"({(IsOneWord ? "seen" : $"seen[{member / BitsPerWord}]")} & (1UL << {member % BitsPerWord}))";

    private string Word(string member) => IsOneWord ? "seen" : $"seen[{member} >> 6]";

    private IEnumerable<int> Words() => Enumerable.Range(0, (count + BitsPerWord - 1) / BitsPerWord);

    private static ulong Mask(IEnumerable<int> members, int word) => members
        .Where(member => member / BitsPerWord == word)
        .Aggregate(0UL, (mask, member) => mask | (1UL << (member % BitsPerWord)));
}
