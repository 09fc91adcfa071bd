namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Where a call goes on that caught an exception.</summary>
internal readonly unsafe struct Landing(Cell* ip, ulong* frame, Activation* activation, int depth)
{
    public Cell* Instruction { get; } = ip;

    public ulong* Frame { get; } = frame;

    public Activation* Activation { get; } = activation;

    public int Depth { get; } = depth;
}
