using Plugins.Wasm.Runtime.Paging;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>What restoring a memory leaves behind, whatever the system makes of the requests for its pages.</summary>
[ModeFixture(MemoryBacking.Portable, SystemFault.None, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Automatic, SystemFault.None, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Automatic, SystemFault.All, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.None, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.Decommit, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.Discard, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.Contents, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.Contents | SystemFault.Discard, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.MovesPages, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.MovesPages | SystemFault.Discard, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.Knowledge, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.All, Modes = ModeSet.Few)]
internal sealed unsafe class RestoredMemoryTests(MemoryBacking backing, SystemFault fault, GuestMode mode)
    : GuestFixture(mode)
{
    private const int Grain = 4_096;

    // Less than what stays in memory, and more than what large pages begin at.
    [TestCase(30, 40)]
    [TestCase(200, 300)]
    public void Memory_GrownAgainAfterARestore_ReadsZero(int pages, int pagesAfter)
    {
        using Store store = NewStore();
        Instance instance = OfPages(2, store);
        LinearMemory memory = instance.GetMemory("memory");
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        for (int i = 0; i < 3; i++)
        {
            memory.Grow((uint)pages);
            memory.GetSpan(0, (int)memory.ByteLength).Fill(0xFF);

            instance.Restore(snapshot);
            Assert.That(memory.ByteLength, Is.EqualTo(2 * LinearMemory.PageBytes));
            memory.Grow((uint)pagesAfter);

            Assert.That(memory.GetSpan(0, (int)memory.ByteLength).ContainsAnyExcept((byte)0), Is.False);
            instance.Restore(snapshot);
        }
    }

    [Test]
    public void Memory_WrittenAnywhere_IsWhatItWas([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        var random = new Random(seed);
        using Store store = NewStore();
        Instance instance = OfPages(random.Next(1, 80), store);
        LinearMemory memory = instance.GetMemory("memory");
        Scribble(memory, random);
        byte[] before = memory.GetSpan(0, (int)memory.ByteLength).ToArray();
        InstanceSnapshot snapshot = instance.CaptureSnapshot();

        for (int i = 0; i < 5; i++)
        {
            Scribble(memory, random);
            memory.Grow((uint)random.Next(0, 20));
            Scribble(memory, random);
            instance.Restore(snapshot);

            Assert.That(memory.GetSpan(0, (int)memory.ByteLength).SequenceEqual(before), Is.True);
        }
    }

    [Test]
    public void Snapshot_OfFarApartBytes_HoldsOnlyWhatIsAroundThem()
    {
        using Store store = NewStore();
        Instance instance = OfPages(1_024, store);
        LinearMemory memory = instance.GetMemory("memory");
        memory.GetSpan(7, 1)[0] = 1;
        memory.GetSpan((uint)memory.ByteLength - 7, 1)[0] = 1;

        Assert.That(instance.CaptureSnapshot().ByteLength, Is.EqualTo(2 * Grain));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Memory_RestoredAgainAndAgain_TakesLittleMoreThanWasTouched(bool grows)
    {
        if (backing == MemoryBacking.Portable || fault != SystemFault.None || !OperatingSystem.IsLinux())
        {
            Assert.Ignore("Only Linux tells which pages of a reservation are in memory.");
        }

        const int Pages = 4_096;
        using Store store = NewStore();
        Instance instance = OfPages(grows ? 1 : Pages, store);
        LinearMemory memory = instance.GetMemory("memory");
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        for (uint i = 0; i < 20; i++)
        {
            memory.Grow(grows ? Pages - 1 : 0u);
            memory.GetSpan(i * 12 << 20, 10 << 20).Fill(1);
            instance.Restore(snapshot);
        }

        var resident = new byte[Pages * LinearMemory.PageBytes / Environment.SystemPageSize];
        Assert.That(VirtualMemory.System.TryGetResidency(memory.Base, resident), Is.True);
        long bytes = resident.LongCount(page => (page & 1) != 0) * Environment.SystemPageSize;
        Assert.That(bytes, Is.LessThanOrEqualTo(4 << 20));
    }

    private Store NewStore() => new(new StoreOptions { MemoryBacking = backing })
    {
        VirtualMemory = new FaultyMemory(VirtualMemory.System, fault),
    };

    private static Instance OfPages(int pages, Store store) =>
        new ModuleBuilder().Memory((uint)pages, export: "memory").Instantiate(store);

    private static void Scribble(LinearMemory memory, Random random)
    {
        for (int i = random.Next(0, 12); i >= 0; i--)
        {
            int start = random.Next(0, (int)memory.ByteLength);
            int length = Math.Min(random.Next(1, 1 << random.Next(1, 21)), (int)memory.ByteLength - start);
            memory.GetSpan((uint)start, length).Fill((byte)random.Next(0, 3));
        }
    }
}
