namespace Plugins.Wasm.Text.Instructions;

/// <summary>Instructions as the specification lists them: words in the order of their opcodes.</summary>
internal sealed class InstructionTable
{
    private readonly List<InstructionSyntax> _all = [];

    public IReadOnlyList<InstructionSyntax> All => _all;

    /// <summary>Adds words that are divided by spaces, with opcodes that count up.</summary>
    public void Add(byte prefix, uint code, Immediates immediates, string names)
    {
        foreach (string name in names.Split(' '))
        {
            _all.Add(new InstructionSyntax(name, prefix, code++, immediates));
        }
    }

    /// <summary>Adds instructions without a prefix.</summary>
    public void Add(uint code, Immediates immediates, string names) => Add(0, code, immediates, names);

    /// <summary>Adds accesses of memory, each word followed by a colon and its natural alignment in bytes.</summary>
    public void AddAccesses(byte prefix, uint code, string names, Immediates immediates = Immediates.Access)
    {
        foreach (string entry in names.Split(' '))
        {
            string[] parts = entry.Split(':');
            uint alignment = uint.Log2(uint.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            _all.Add(new InstructionSyntax(parts[0], prefix, code++, immediates, alignment));
        }
    }
}
