using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Work that takes long without a loop or a recursion: an interrupt lands before it, and inside it.</summary>
[ModeFixture(false, Modes = ModeSet.Few)]
[ModeFixture(true, Modes = ModeSet.Compiled)]
internal sealed class InterruptedWorkTests(bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private const int RegionBytes = 16 << 20;
    private const int RegionElements = 500_000;
    private const int Repetitions = 1_000;

    // Whether the interrupt comes in the middle is luck, and the less so the busier the machine.
    private const int Attempts = 1_000;

    private const uint LargeGrowthPages = 256;
    private const int OldBytes = (int)LargeGrowthPages * LinearMemory.PageBytes;

    private static IEnumerable<TestCaseData> Operations()
    {
        yield return Case("memory.grow", c => c.I32Const(0).Op(Opcode.MemoryGrow, 0).Drop());
        yield return Case("memory.grow refused", c => c.I32Const(-1).Op(Opcode.MemoryGrow, 0).Drop());
        yield return Case("memory.fill", c => Bulk(c, Opcode.MemoryFill, 0));
        yield return Case("memory.copy", c => Bulk(c, Opcode.MemoryCopy, 0, 0));
        yield return Case("memory.init", c => Bulk(c, Opcode.MemoryInit, 0, 0));
        yield return Case("table.grow", c => c.RefNull(FuncRef).I32Const(0).Op(Opcode.TableGrow, 0).Drop());
        yield return Case("table.grow refused", c => c.RefNull(FuncRef).I32Const(-1).Op(Opcode.TableGrow, 0).Drop());
        yield return Case("table.fill", c => c.I32Const(0).RefNull(FuncRef).I32Const(0).Op(Opcode.TableFill, 0));
        yield return Case("table.copy", c => Bulk(c, Opcode.TableCopy, 0, 0));
        yield return Case("table.init", c => Bulk(c, Opcode.TableInit, 0, 0));
        yield return Case("call of the host", c => c.Call(1));
        yield return Case("calls of small functions", c => c.Repeat(1_024, calls => calls.Call(2)));
        yield return Case("indirect calls", c => c.Repeat(1_024, calls => calls.I32Const(0).CallIndirect(0)));
        yield return Case("calls past blocks that are not entered", c => c.Repeat(600, calls => calls
            .Call(2).I32Const(0).If().Repeat(3, skipped => skipped.Call(2)).End()));
    }

    [TestCaseSource(nameof(Operations))]
    public void StraightCode_Interrupted_DoesNotGoPastTheOperation(Action<CodeBuilder> operation)
    {
        using var store = new Store();
        bool hostWasCalled = false;
        Imports imports = new Imports()
            .Add("host", "interrupt", store.Interrupt)
            .Add("host", "call", () => { hostWasCalled = true; });
        Instance instance = new ModuleBuilder()
            .ImportFunction("host", "interrupt", [], [])
            .ImportFunction("host", "call", [], [])
            .Memory(1, export: "memory")
            .Table(1)
            .PassiveData(1)
            .PassiveElements(2)
            .Elements(0, 2)
            .Function([], [], empty => empty.Op(Opcode.Nop))
            .Function([], [], export: "run", code: run =>
            {
                operation(run.Call(0));
                run.I32Const(0).I32Const(1).Access(Opcode.I32Store);
            })
            .Instantiate(store, imports, meterFuel);

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
        Assert.That(instance.GetMemory("memory").GetSpan(0, 1)[0], Is.Zero);
        Assert.That(hostWasCalled, Is.False);
    }

    [TestCase("memory.fill")]
    [TestCase("memory.init")]
    [TestCase("memory.copy down")]
    [TestCase("memory.copy up")]
    public void MemoryOperation_InterruptedWhileItWrites_StopsBeforeItsEnd(string operation)
    {
        using var store = new Store();
        Instance instance = LongMemoryWork(operation).Instantiate(store, meterFuel: meterFuel);
        LinearMemory memory = instance.GetMemory("memory");
        uint written = (uint)(operation.EndsWith("up", StringComparison.Ordinal) ? 2 : 0) * RegionBytes;
        ref byte At(uint address) => ref memory.GetSpan(address, 1)[0];

        bool isCutShort = IsCutShort(
            store,
            instance,
            clear: () => At(written) = At(written + RegionBytes - 1) = 0,
            hasBegun: () =>
                Volatile.Read(ref At(written)) != 0 || Volatile.Read(ref At(written + RegionBytes - 1)) != 0,
            isPartial: () => At(written) != At(written + RegionBytes - 1));

        Assert.That(isCutShort, Is.True);
    }

    [TestCase("table.fill")]
    [TestCase("table.init")]
    [TestCase("table.copy down")]
    [TestCase("table.copy up")]
    public void TableOperation_InterruptedWhileItWrites_StopsBeforeItsEnd(string operation)
    {
        using var store = new Store();
        Instance instance = LongTableWork(operation).Instantiate(store, meterFuel: meterFuel);
        Table table = instance.GetTable("table");
        int written = (operation.EndsWith("up", StringComparison.Ordinal) ? 2 : 0) * RegionElements;
        ref object? At(int index) => ref table.Elements[index];

        bool isCutShort = IsCutShort(
            store,
            instance,
            clear: () => At(written) = At(written + RegionElements - 1) = null,
            hasBegun: () => Volatile.Read(ref At(written)) is not null
                || Volatile.Read(ref At(written + RegionElements - 1)) is not null,
            isPartial: () => At(written) != At(written + RegionElements - 1));

        Assert.That(isCutShort, Is.True);
    }

    [Test]
    public void TableGrowth_InterruptedWhileItFills_LeavesTheTableAsItWas()
    {
        for (int i = 0; i < Attempts; i++)
        {
            using var store = new Store();
            var table = new Table(store, new TableType(ExternRef, new Limits(1, null)));
            Task<TrapKind?> growing = Task.Run(() => Guest.TrapOf(() => table.Grow(9_000_000, store, store)));
            while (Volatile.Read(ref table.Elements) is not { Length: > 1 } && !growing.IsCompleted)
            {
                Thread.SpinWait(1);
            }

            store.Interrupt();
            if (growing.GetAwaiter().GetResult() == TrapKind.Interrupted && table.Elements.Length > 1)
            {
                Assert.That(table.Size, Is.EqualTo(1));
                Assert.That(store.TableElements, Is.EqualTo(1));
                Assert.That(table.Elements, Is.All.Null);
                return;
            }
        }

        Assert.Fail("No interrupt was noticed.");
    }

    [Test]
    public void DataSegments_Interrupted_AreNotFilledIn()
    {
        using var store = new Store();
        store.Interrupt();

        Assert.That(
            Guest.TrapOf(() => new ModuleBuilder().Memory(1).Data(0, 1).Instantiate(store, meterFuel: meterFuel)),
            Is.EqualTo(TrapKind.Interrupted));
    }

    [Test]
    public void ElementSegments_Interrupted_AreNotFilledIn()
    {
        using var store = new Store();
        store.Interrupt();
        ModuleBuilder builder = new ModuleBuilder().Table(1).Elements(0, 0).Function([], [], _ => { });

        Assert.That(
            Guest.TrapOf(() => builder.Instantiate(store, meterFuel: meterFuel)), Is.EqualTo(TrapKind.Interrupted));
    }

    [TestCase(1u)]
    [TestCase(LargeGrowthPages)]
    public void MemoryGrowth_InterruptedAtAnyTime_IsWholeOrNotAtAll(uint pages)
    {
        using var store = new Store(new StoreOptions { MemoryBacking = MemoryBacking.Portable });
        Instance instance = new ModuleBuilder().Memory(LargeGrowthPages, export: "memory").Function(
            [], [], c => c.I32Const((int)pages).Op(Opcode.MemoryGrow, 0).Drop(), export: "run")
            .Instantiate(store, meterFuel: meterFuel);
        LinearMemory memory = instance.GetMemory("memory");
        InstanceSnapshot before = instance.CaptureSnapshot();

        for (int i = 0; i < 20; i++)
        {
            memory.GetSpan(0, (int)memory.ByteLength).Fill(1);
            Task<TrapKind?> running = Task.Run(() => Guest.TrapOf(() => instance.Run()));
            Thread.SpinWait(i * 1_000);
            store.Interrupt();
            uint added = running.GetAwaiter().GetResult() == TrapKind.Interrupted ? 0 : pages;
            store.ClearInterrupt();

            Assert.That(memory.PageCount, Is.EqualTo(LargeGrowthPages + added));
            Assert.That(store.MemoryPages, Is.EqualTo(memory.PageCount));
            Span<byte> bytes = memory.GetSpan(0, (int)memory.ByteLength);
            Assert.That(bytes[..OldBytes].ContainsAnyExcept((byte)1), Is.False);
            Assert.That(bytes[OldBytes..].ContainsAnyExcept((byte)0), Is.False);
            instance.Restore(before);
        }
    }

    /// <summary>
    /// Whether an interrupt that lands anywhere in seconds of straight code is noticed inside an operation.
    /// </summary>
    private static bool IsCutShort(
        Store store, Instance instance, Action clear, Func<bool> hasBegun, Func<bool> isPartial)
    {
        for (int i = 0; i < Attempts; i++)
        {
            // What an attempt before wrote would be taken for this one's beginning.
            clear();
            Task<TrapKind?> running = Task.Run(() => Guest.TrapOf(() => instance.Run()));
            while (!hasBegun() && !running.IsCompleted)
            {
                Thread.SpinWait(1);
            }

            store.Interrupt();
            TrapKind? trap = running.GetAwaiter().GetResult();
            store.ClearInterrupt();
            if (trap == TrapKind.Interrupted && isPartial())
            {
                return true;
            }
        }

        return false;
    }

    // Three regions: one is written with the contents of the two others in turn, or with what those would hold.
    private static ModuleBuilder LongMemoryWork(string operation) => new ModuleBuilder()
        .Memory(3 * RegionBytes / LinearMemory.PageBytes, export: "memory")
        .PassiveData([.. Enumerable.Repeat((byte)1, RegionBytes)])
        .PassiveData([.. Enumerable.Repeat((byte)2, RegionBytes)])
        .Function([], [], export: "run", code: run => run
            .I32Const(RegionBytes).I32Const(1).I32Const(RegionBytes).Op(Opcode.MemoryFill, 0)
            .I32Const(operation == "memory.copy up" ? 0 : 2 * RegionBytes).I32Const(2).I32Const(RegionBytes)
            .Op(Opcode.MemoryFill, 0)
            .Repeat(Repetitions, c => MemoryOperation(MemoryOperation(c, operation, 0), operation, 1)));

    private static CodeBuilder MemoryOperation(CodeBuilder code, string operation, int turn) => operation switch
    {
        "memory.fill" => code.I32Const(0).I32Const(turn + 1).I32Const(RegionBytes).Op(Opcode.MemoryFill, 0),
        "memory.init" => code
            .I32Const(0).I32Const(0).I32Const(RegionBytes).Op(Opcode.MemoryInit, (uint)turn, 0),
        "memory.copy down" => code
            .I32Const(0).I32Const((turn + 1) * RegionBytes).I32Const(RegionBytes).Op(Opcode.MemoryCopy, 0, 0),
        _ => code
            .I32Const(2 * RegionBytes).I32Const(turn * RegionBytes).I32Const(RegionBytes).Op(Opcode.MemoryCopy, 0, 0),
    };

    private static ModuleBuilder LongTableWork(string operation) => new ModuleBuilder()
        .Table(3 * RegionElements, export: "table")
        .PassiveElements(new uint[RegionElements])
        .PassiveElements([.. Enumerable.Repeat(1u, RegionElements)])
        .Function([], [], _ => { })
        .Function([], [], export: "run", code: run => run
            .I32Const(RegionElements).Op(Opcode.RefFunc, 0).I32Const(RegionElements).Op(Opcode.TableFill, 0)
            .I32Const(operation == "table.copy up" ? 0 : 2 * RegionElements).Op(Opcode.RefFunc, 1)
            .I32Const(RegionElements).Op(Opcode.TableFill, 0)
            .Repeat(Repetitions, c => TableOperation(TableOperation(c, operation, 0), operation, 1)));

    private static CodeBuilder TableOperation(CodeBuilder code, string operation, int turn) => operation switch
    {
        "table.fill" => code
            .I32Const(0).Op(Opcode.RefFunc, (uint)turn).I32Const(RegionElements).Op(Opcode.TableFill, 0),
        "table.init" => code
            .I32Const(0).I32Const(0).I32Const(RegionElements).Op(Opcode.TableInit, (uint)turn, 0),
        "table.copy down" => code
            .I32Const(0).I32Const((turn + 1) * RegionElements).I32Const(RegionElements).Op(Opcode.TableCopy, 0, 0),
        _ => code
            .I32Const(2 * RegionElements).I32Const(turn * RegionElements).I32Const(RegionElements)
            .Op(Opcode.TableCopy, 0, 0),
    };

    private static CodeBuilder Bulk(CodeBuilder code, Opcode opcode, params ReadOnlySpan<uint> immediates) =>
        code.I32Const(0).I32Const(0).I32Const(0).Op(opcode, immediates);

    private static TestCaseData Case(string name, Action<CodeBuilder> code) =>
        new TestCaseData(code).SetArgDisplayNames(name);
}
