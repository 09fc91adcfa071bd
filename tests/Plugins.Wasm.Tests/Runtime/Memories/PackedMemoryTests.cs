using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Paging;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Runtime.Memories;

/// <summary>What is in a memory after it was packed, however it is used next.</summary>
[ModeFixture(MemoryBacking.Automatic, SystemFault.None, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Reserved, SystemFault.None, Modes = ModeSet.Few)]
[ModeFixture(MemoryBacking.Portable, SystemFault.None, Modes = ModeSet.Compiled)]
[ModeFixture(MemoryBacking.Automatic, SystemFault.Discard, Modes = ModeSet.Compiled)]
[ModeFixture(MemoryBacking.Automatic, SystemFault.MovesPages, Modes = ModeSet.Compiled)]
[ModeFixture(MemoryBacking.Automatic, SystemFault.Contents, Modes = ModeSet.Compiled)]
internal sealed unsafe class PackedMemoryTests(MemoryBacking backing, SystemFault fault, GuestMode mode)
    : GuestFixture(mode)
{
    private const int Page = LinearMemory.PageBytes;

    private readonly FaultyMemory _system = new(VirtualMemory.System, fault);

    /// <summary>Whether memories can be packed here at all.</summary>
    private bool MayPack => backing != MemoryBacking.Portable
        && fault is SystemFault.None or SystemFault.MovesPages
        && OperatingSystem.IsLinux()
        && Environment.OSVersion.Version >= new Version(6, 7);

    [Test]
    public void Memory_WrittenAnywhere_IsTheSameAfterPacking([Values(1, 2, 3, 4, 5, 6, 7, 8)] int seed)
    {
        var random = new Random(seed);
        using Store store = NewStore();
        Instance instance = OfPages(random.Next(1, 20), store);
        LinearMemory memory = instance.GetMemory("memory");
        Scribble(memory, random);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        byte[] initial = Read(memory);
        for (int i = 0; i < 10; i++)
        {
            memory.Grow((uint)random.Next(0, 4));
            Scribble(memory, random);
            byte[] before = Read(memory);

            _ = instance.TryPack(random.Next(2) == 0 ? snapshot : null);

            Assert.That(Read(memory).AsSpan().SequenceEqual(before), Is.True);
            if (random.Next(3) == 0)
            {
                _ = instance.TryPack(snapshot);
                instance.Restore(snapshot);
                Assert.That(Read(memory).AsSpan().SequenceEqual(initial), Is.True);
            }
        }
    }

    [Test]
    public void Memory_Packed_TakesNoPages()
    {
        using Store store = NewStore();
        Instance instance = Counter(store);
        instance.Run("count");
        LinearMemory memory = instance.GetMemory("memory");
        memory.GetSpan(0, Page).Clear();
        instance.Run("count");

        Assert.That(instance.TryPack(instance.CaptureSnapshot()), Is.EqualTo(MayPack));
        if (MayPack)
        {
            Assert.That(memory.FindContents(ulong.MaxValue), Is.Empty);
            Assert.That(instance.TryPack(), Is.False);
        }

        Assert.That(instance.RunInt32("read"), Is.EqualTo(1));
    }

    [Test]
    public void Guest_OfAPackedMemory_GoesOnWhereItWas()
    {
        using Store store = NewStore();
        Instance instance = Counter(store);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        for (int i = 1; i <= 5; i++)
        {
            instance.Run("count");
            _ = instance.TryPack(i % 2 == 0 ? snapshot : null);
            Assert.That(instance.RunInt32("read"), Is.EqualTo(i));
        }

        _ = instance.TryPack(snapshot);
        instance.Restore(snapshot);
        Assert.That(instance.RunInt32("read"), Is.Zero);
    }

    [Test]
    public void Memory_GrownWhilePacked_KeepsWhatItHad([Values(1, 10, 15, 16, 40)] int pages)
    {
        using Store store = NewStore();
        Instance instance = OfPages(1, store);
        LinearMemory memory = instance.GetMemory("memory");
        memory.GetSpan(Page - 1, 1)[0] = 7;
        _ = instance.TryPack();

        Assert.That(memory.Grow((uint)pages), Is.EqualTo(1));

        byte[] after = Read(memory);
        Assert.That(after[Page - 1], Is.EqualTo(7));
        Assert.That(after.Count(value => value != 0), Is.EqualTo(1));
    }

    [Test]
    public void Snapshot_OfAPackedMemory_HasItsContents()
    {
        using Store store = NewStore();
        Instance instance = Counter(store);
        instance.Run("count");
        _ = instance.TryPack();
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        instance.Run("count");
        instance.Restore(snapshot);
        Assert.That(instance.RunInt32("read"), Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(200)]
    public void Memory_WithoutAnythingToSpare_StaysAsItIs(int pages)
    {
        using Store store = NewStore();
        Instance instance = OfPages(pages, store);
        LinearMemory memory = instance.GetMemory("memory");
        new Random(pages).NextBytes(memory.GetSpan(0, (int)memory.ByteLength));
        byte[] before = Read(memory);

        Assert.That(instance.TryPack(), Is.False);
        Assert.That(Read(memory).AsSpan().SequenceEqual(before), Is.True);
    }

    [Test]
    public void Memory_LikeTheSnapshot_IsPackedHoweverFullItIs()
    {
        using Store store = NewStore();
        Instance instance = OfPages(12, store);
        LinearMemory memory = instance.GetMemory("memory");
        new Random(1).NextBytes(memory.GetSpan(0, (int)memory.ByteLength));
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        memory.GetSpan(Page, 5_000).Clear();
        byte[] before = Read(memory);

        Assert.That(instance.TryPack(), Is.False);
        Assert.That(instance.TryPack(snapshot), Is.EqualTo(MayPack));
        Assert.That(Read(memory).AsSpan().SequenceEqual(before), Is.True);
    }

    [Test]
    public void Memory_OfAGuestThatRuns_IsNotPacked()
    {
        bool? isPacked = null;
        using Store store = NewStore();
        var imports = new Imports().Add("host", "call", (Instance caller) => { isPacked = caller.TryPack(); });
        new ModuleBuilder()
            .ImportFunction("host", "call", [], [])
            .Memory(1)
            .Data(0, 1)
            .Function([], [], code => code.Call(0), export: "run")
            .Instantiate(store, imports)
            .Run();
        Assert.That(isPacked, Is.False);
    }

    [Test]
    public void Instance_WithASnapshotOfAnotherModule_IsNotPacked()
    {
        using Store store = NewStore();
        InstanceSnapshot other = OfPages(1, store).CaptureSnapshot();
        Assert.That(() => OfPages(1, store).TryPack(other), Throws.ArgumentException);
    }

    [Test]
    public void Memories_OfStoresThatCameAfterOthers_AreZero()
    {
        for (int round = 0; round < 3; round++)
        {
            var stores = new List<Store>();
            for (uint pages = 1; pages <= 40; pages++)
            {
                Store store = NewStore();
                LinearMemory memory = OfPages((int)(pages % 16) + 1, store).GetMemory("memory");
                Assert.That(Read(memory).AsSpan().ContainsAnyExcept((byte)0), Is.False);
                memory.Grow(pages % 5);
                memory.GetSpan(0, (int)memory.ByteLength).Fill(0xFF);
                stores.Add(store);
            }

            stores.ForEach(store => store.Dispose());
        }
    }

    private Store NewStore() => new(new StoreOptions { MemoryBacking = backing }) { VirtualMemory = _system };

    private static byte[] Read(LinearMemory memory) => memory.GetSpan(0, (int)memory.ByteLength).ToArray();

    private static Instance OfPages(int pages, Store store) =>
        new ModuleBuilder().Memory((uint)pages, export: "memory").Instantiate(store);

    private static Instance Counter(Store store) => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Function(
            [],
            [],
            c => c.I32Const(8).I32Const(8).Access(Opcode.I32Load).I32Const(1).Op(Opcode.I32Add).Access(Opcode.I32Store),
            export: "count")
        .Function([], [ValueKind.I32], c => c.I32Const(8).Access(Opcode.I32Load), export: "read")
        .Instantiate(store);

    private static void Scribble(LinearMemory memory, Random random)
    {
        for (int i = random.Next(0, 6); i >= 0; i--)
        {
            int start = random.Next(0, (int)memory.ByteLength);
            int length = Math.Min(random.Next(1, 1 << random.Next(1, 14)), (int)memory.ByteLength - start);
            memory.GetSpan((uint)start, length).Fill((byte)random.Next(0, 3));
        }
    }
}
