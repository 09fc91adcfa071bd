using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages of Linux.</summary>
internal sealed unsafe partial class LinuxMemory : UnixMemory
{
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePage = 14;
    private const int ReadOnly = 0x80000;

    // _IOWR('f', 16, struct pm_scan_arg) and page categories: linux/fs.h, from 6.7 on.
    private const nuint Scan = 0xC0606610;
    private const ulong InMemory = 1 << 3;
    private const ulong Elsewhere = 1 << 4;
    private const ulong SharedZeros = 1 << 5;

    // Of /proc/self/pagemap; negative where there is none, or where it cannot be asked.
    private int _pageMap = Open("/proc/self/pagemap", ReadOnly);

    protected override int MapFlags => 0x20 | 0x4000;

    /// <summary>Of x64; where they are larger, less is made accessible ahead than would be of use.</summary>
    public override ulong LargePageBytes => 2 << 20;

    // Refused where the system is built without them, which makes no difference then.
    public override void PreferLargePages(byte* start, nuint bytes) => _ = Advise(start, bytes, AdviseHugePage);

    public override bool Decommit(byte* start, nuint bytes)
    {
        if (!Discard(start, bytes))
        {
            return false;
        }

        // Empty either way: refused for want of room for one more mapping, they stay accessible.
        _ = Protect(start, bytes, ProtectNone);
        return true;
    }

    // Refused for pages that are locked in memory. Mapping anew could not be: a failure may leave a hole.
    public override bool Discard(byte* start, nuint bytes) => Advise(start, bytes, AdviseDontNeed) == 0;

    public override bool TryGetResidency(byte* start, Span<byte> pages)
    {
        fixed (byte* vector = pages)
        {
            return InCore(start, (nuint)pages.Length * (nuint)Environment.SystemPageSize, vector) == 0;
        }
    }

    // One question, where mincore takes longer for as many pages, and cannot tell a page of zeros that was read, or one
    // without contents from one that was moved elsewhere.
    public override nuint FindContents(byte* start, nuint bytes, PageRun* runs, int most, out int found)
    {
        found = 0;
        if (_pageMap < 0)
        {
            return 0;
        }

        var question = new Question
        {
            Size = (ulong)sizeof(Question),
            Start = (ulong)start,
            End = (ulong)start + bytes,
            Runs = runs,
            RunCount = (ulong)most,
            Inverted = SharedZeros,
            AllOf = SharedZeros,
            AnyOf = InMemory | Elsewhere,
            Answer = Elsewhere,
        };
        found = Control(_pageMap, Scan, &question);
        if (found >= 0)
        {
            return (nuint)(question.WalkEnd - question.Start);
        }

        // Older than 6.7, or not allowed: neither will change.
        _pageMap = -1;
        found = 0;
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int file, nuint request, Question* question);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InCore(byte* address, nuint bytes, byte* vector);

    /// <summary>struct pm_scan_arg.</summary>
    private struct Question
    {
        public ulong Size;
        public ulong Flags;
        public ulong Start;
        public ulong End;
        public ulong WalkEnd;
        public PageRun* Runs;
        public ulong RunCount;
        public ulong MostPages;
        public ulong Inverted;
        public ulong AllOf;
        public ulong AnyOf;
        public ulong Answer;
    }
}
