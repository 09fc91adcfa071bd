namespace Plugins.Wasm.Text.Instructions;

/// <summary>An instruction as the text and the binary format write it.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Prefix">The first byte of its opcode, where that has a number behind it, else 0.</param>
/// <param name="Code">That number, or its opcode.</param>
/// <param name="Immediates">What follows.</param>
/// <param name="Alignment">Power of two of an access's natural alignment.</param>
internal sealed record InstructionSyntax(
    string Name, byte Prefix, uint Code, Immediates Immediates, uint Alignment = 0)
{
    /// <summary>Whether its word opens a block that <c>end</c> closes.</summary>
    public bool OpensBlock => Immediates is Immediates.Block or Immediates.HandlingBlock;
}
