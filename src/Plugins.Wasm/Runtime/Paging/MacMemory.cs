namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages of macOS, where mapping anew is the one way that is sure to discard contents.</summary>
internal sealed unsafe class MacMemory : UnixMemory
{
    private const int MapFixed = 0x10;

    protected override int MapFlags => 0x1000 | 0x40;

    public override bool Decommit(byte* start, nuint bytes) => MapAnew(start, bytes, ProtectNone);

    public override bool Discard(byte* start, nuint bytes) => MapAnew(start, bytes, ProtectReadWrite);

    public override bool TryGetResidency(byte* start, Span<byte> pages) => false;

    private bool MapAnew(byte* start, nuint bytes, int protection) =>
        Map(start, bytes, protection, MapFixed) == start ? true : throw Lost(bytes);
}
