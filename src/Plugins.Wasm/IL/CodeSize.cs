namespace Plugins.Wasm.IL;

/// <summary>What the just-in-time compiler counts before it decides whether to optimise a method.</summary>
/// <param name="Bytes">Bytes of intermediate language.</param>
/// <param name="Instructions">Instructions.</param>
/// <param name="Blocks">Basic blocks.</param>
/// <param name="References">Loads and stores of locals and arguments.</param>
internal readonly record struct CodeSize(int Bytes, int Instructions, int Blocks, int References)
{
    public static CodeSize operator +(CodeSize left, CodeSize right) => new(
        left.Bytes + right.Bytes,
        left.Instructions + right.Instructions,
        left.Blocks + right.Blocks,
        left.References + right.References);

    public static CodeSize operator -(CodeSize left, CodeSize right) => new(
        left.Bytes - right.Bytes,
        left.Instructions - right.Instructions,
        left.Blocks - right.Blocks,
        left.References - right.References);

    /// <summary>A part of it, at least 1.</summary>
    public CodeSize Times(double part) => new(
        Math.Max(1, (int)(Bytes * part)),
        Math.Max(1, (int)(Instructions * part)),
        Math.Max(1, (int)(Blocks * part)),
        Math.Max(1, (int)(References * part)));

    /// <summary>How much of a limit it takes: more than 1 where any number is larger.</summary>
    public double Of(CodeSize limit) => Math.Max(
        Math.Max((double)Bytes / limit.Bytes, (double)Instructions / limit.Instructions),
        Math.Max((double)Blocks / limit.Blocks, (double)References / limit.References));
}
