namespace Plugins.Wasm.Runtime.Memories;

/// <summary>Bytes of a memory in a row.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">Behind the last.</param>
internal readonly record struct MemoryRun(ulong Start, ulong End)
{
    public int Length => checked((int)(End - Start));
}
