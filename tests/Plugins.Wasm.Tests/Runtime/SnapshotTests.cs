using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[ModeFixture(MemoryBacking.Portable)]
[ModeFixture(MemoryBacking.Reserved)]
internal sealed class SnapshotTests(MemoryBacking backing, GuestMode mode) : GuestFixture(mode)
{
    private const int Nothing = 0;

    [TestCase("store", 5)]
    [TestCase("store far", 5)]
    [TestCase("grow", 1)]
    [TestCase("set global", 5)]
    [TestCase("set exported global", 5)]
    [TestCase("set reference", 1)]
    [TestCase("set table", 1)]
    [TestCase("grow table", 2)]
    public void State_ChangedAfterTheSnapshot_IsBroughtBack(string change, int changed)
    {
        using Store store = NewStore();
        Instance instance = Sample().Instantiate(store);
        int before = instance.RunInt32("read " + change);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();

        instance.Run(change);
        Assert.That(instance.RunInt32("read " + change), Is.EqualTo(before + changed));
        instance.Restore(snapshot);

        Assert.That(instance.RunInt32("read " + change), Is.EqualTo(before));
    }

    [TestCase("store", 5)]
    [TestCase("store far", 5)]
    [TestCase("grow", 1)]
    [TestCase("set global", 5)]
    [TestCase("set exported global", 5)]
    [TestCase("set reference", 1)]
    [TestCase("set table", 1)]
    [TestCase("grow table", 2)]
    public void State_OfAnotherInstance_IsTakenOver(string change, int changed)
    {
        using Store store = NewStore();
        Module module = Sample().Compile();
        Instance from = new(store, module), to = new(store, module);
        from.Run(change);
        int before = to.RunInt32("read " + change);

        to.Restore(from.CaptureSnapshot());

        Assert.That(to.RunInt32("read " + change), Is.EqualTo(before + changed));
    }

    [Test]
    public void Segment_DroppedAfterTheSnapshot_IsThereAgain()
    {
        using Store store = NewStore();
        Instance instance = Sample().Instantiate(store);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        instance.Run("drop");
        Assert.That(Guest.TrapOf(() => instance.Run("init")), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));

        instance.Restore(snapshot);

        Assert.That(Guest.TrapOf(() => instance.Run("init")), Is.Null);
    }

    [Test]
    public void Memory_GrownAfterTheSnapshot_GivesItsPagesBackAndReadsZeroWhenGrownAgain()
    {
        using Store store = NewStore();
        Instance instance = Sample().Instantiate(store);
        LinearMemory memory = instance.GetMemory("memory");
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        uint pages = store.MemoryPages;
        instance.Run("grow");
        memory.GetSpan(0, (int)memory.ByteLength).Fill(0xFF);

        instance.Restore(snapshot);
        Assert.That(store.MemoryPages, Is.EqualTo(pages));
        instance.Run("grow");

        Assert.That(memory.GetSpan(0, (int)memory.ByteLength).ToArray(), Is.All.Zero);
    }

    [Test]
    public void Snapshot_RestoredManyTimes_GivesTheSameState()
    {
        using Store store = NewStore();
        Instance instance = Sample().Instantiate(store);
        instance.Run("store");
        InstanceSnapshot snapshot = instance.CaptureSnapshot();

        for (int i = 0; i < 10; i++)
        {
            instance.Run("store far");
            instance.Run("grow");
            instance.Restore(snapshot);
        }

        Assert.That(instance.RunInt32("read store"), Is.EqualTo(5));
        Assert.That(instance.RunInt32("read store far"), Is.EqualTo(Nothing));
        Assert.That(instance.RunInt32("read grow"), Is.EqualTo(2));
    }

    [Test]
    public void Snapshot_OfAGrownMemory_IntoAStoreWithoutRoom_IsRefused()
    {
        using Store store = NewStore();
        using var tight = new Store(new StoreOptions { MemoryBacking = backing, MemoryPages = 2 });
        Module module = Sample().Compile();
        Instance from = new(store, module), to = new(tight, module);
        from.Run("grow");

        Assert.That(() => to.Restore(from.CaptureSnapshot()), Throws.TypeOf<StoreLimitException>());
    }

    [Test]
    public void Snapshot_OfAnotherModule_IsRefused()
    {
        using Store store = NewStore();
        InstanceSnapshot other = new ModuleBuilder().Memory(1).Instantiate(store).CaptureSnapshot();

        Assert.That(() => Sample().Instantiate(store).Restore(other), Throws.ArgumentException);
    }

    [Test]
    public void Snapshot_WhileTheGuestRuns_IsRefused()
    {
        using Store store = NewStore();
        Exception? capturing = null;
        var imports = new Imports().Add("host", "call", (Instance caller) =>
        {
            capturing = Assert.Catch(() => caller.CaptureSnapshot());
        });
        new ModuleBuilder()
            .ImportFunction("host", "call", [], [])
            .Function([], [], code => code.Call(0), export: "run")
            .Instantiate(store, imports)
            .Run();

        Assert.That(capturing, Is.TypeOf<InvalidOperationException>());
    }

    private Store NewStore() => new(new StoreOptions { MemoryBacking = backing });

    // Each change comes with a function that reads what it changed.
    private static ModuleBuilder Sample() => new ModuleBuilder()
        .Memory(2, export: "memory")
        .Table(1)
        .Table(1)
        .Global(I32, isMutable: true)
        .Global(I32, isMutable: true, export: "global")
        .Global(FuncRef, isMutable: true)
        .PassiveData(1, 2, 3)
        .DeclareFunctions(0)
        .Function([], [], c => c.I32Const(8).I32Const(5).Access(Opcode.I32Store), export: "store")
        .Function([], [I32], c => c.I32Const(8).Access(Opcode.I32Load), export: "read store")
        .Function([], [], c => c.I32Const(131_000).I32Const(5).Access(Opcode.I32Store), export: "store far")
        .Function([], [I32], c => c.I32Const(131_000).Access(Opcode.I32Load), export: "read store far")
        .Function([], [], c => c.I32Const(1).Op(Opcode.MemoryGrow, 0).Drop(), export: "grow")
        .Function([], [I32], c => c.Op(Opcode.MemorySize, 0), export: "read grow")
        .Function([], [], c => c.I32Const(5).GlobalSet(0), export: "set global")
        .Function([], [I32], c => c.GlobalGet(0), export: "read set global")
        .Function([], [], c => c.I32Const(5).GlobalSet(1), export: "set exported global")
        .Function([], [I32], c => c.GlobalGet(1), export: "read set exported global")
        .Function([], [], c => c.Op(Opcode.RefFunc, 0).GlobalSet(2), export: "set reference")
        .Function([], [I32], c => c.GlobalGet(2).Op(Opcode.RefIsNull).Op(Opcode.I32Eqz), export: "read set reference")
        .Function([], [], c => c.I32Const(0).Op(Opcode.RefFunc, 0).Op(Opcode.TableSet, 0), export: "set table")
        .Function([], [I32], export: "read set table", code: c => c
            .I32Const(0).Op(Opcode.TableGet, 0).Op(Opcode.RefIsNull).Op(Opcode.I32Eqz))
        .Function([], [], c => c.RefNull(FuncRef).I32Const(2).Op(Opcode.TableGrow, 1).Drop(), export: "grow table")
        .Function([], [I32], c => c.Op(Opcode.TableSize, 1), export: "read grow table")
        .Function([], [], c => c.I32Const(0).I32Const(0).I32Const(3).Op(Opcode.MemoryInit, 0, 0), export: "init")
        .Function([], [], c => c.Op(Opcode.DataDrop, 0), export: "drop");
}
