using Plugins.Wasm.Runtime.Paging;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>The system's pages, but for requests that it refuses.</summary>
internal sealed unsafe class FaultyMemory(VirtualMemory system, SystemFault fault) : VirtualMemory
{
    public override ulong LargePageBytes => system.LargePageBytes;

    public override byte* Reserve(ulong length) => system.Reserve(length);

    public override bool Commit(byte* start, nuint bytes) => system.Commit(start, bytes);

    public override bool Decommit(byte* start, nuint bytes) =>
        !fault.HasFlag(SystemFault.Decommit) && system.Decommit(start, bytes);

    public override bool Discard(byte* start, nuint bytes) =>
        !fault.HasFlag(SystemFault.Discard) && system.Discard(start, bytes);

    public override bool TryGetResidency(byte* start, Span<byte> pages) =>
        !fault.HasFlag(SystemFault.Residency) && system.TryGetResidency(start, pages);

    public override nuint FindContents(byte* start, nuint bytes, PageRun* runs, int most, out int found)
    {
        found = 0;
        nuint seen = fault.HasFlag(SystemFault.Contents) ? 0 : system.FindContents(start, bytes, runs, most, out found);
        for (int i = 0; i < found && fault.HasFlag(SystemFault.MovesPages); i++)
        {
            runs[i] = runs[i] with { Elsewhere = 1 };
        }

        return seen;
    }

    public override void Release(byte* start, ulong bytes) => system.Release(start, bytes);
}
