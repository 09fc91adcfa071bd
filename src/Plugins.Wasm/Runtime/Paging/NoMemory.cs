namespace Plugins.Wasm.Runtime.Paging;

/// <summary>A system whose pages are not known here: nothing can be reserved, so nothing else is asked for.</summary>
internal sealed unsafe class NoMemory : VirtualMemory
{
    public override byte* Reserve(ulong length) => null;

    public override bool Commit(byte* start, nuint bytes) => false;

    public override bool Decommit(byte* start, nuint bytes) => false;

    public override bool Discard(byte* start, nuint bytes) => false;

    public override bool TryGetResidency(byte* start, Span<byte> pages) => false;

    public override void Release(byte* start, ulong bytes)
    {
        // There is nothing that could be released.
    }
}
