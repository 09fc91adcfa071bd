using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Memories;

[ModeFixture(false)]
[ModeFixture(true)]
internal sealed class ManyMemoriesTests(bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private const uint End = LinearMemory.PageBytes;

    private static IEnumerable<TestCaseData> Accesses()
    {
        for (Opcode load = Opcode.I32Load; load <= Opcode.I64Load32U; load++)
        {
            yield return new TestCaseData(load, StoreFor(load));
        }
    }

    [TestCaseSource(nameof(Accesses))]
    public void Access_OfAnotherMemory_IsThatOfTheFirst(Opcode load, Opcode store)
    {
        ValueKind kind = OpcodeTable.Get(load).Result;
        Instance instance = new ModuleBuilder().Memory(1).Memory(1).Memory(1, export: "third")
            .Function([I32], [kind], code => Fill(code, 0, store, kind).LocalGet(0).Access(load, 8), export: "first")
            .Function([I32], [kind], code => Fill(code, 2, store, kind).LocalGet(0).AccessOf(2, load, 8), export: "far")
            .Instantiate(null, null, meterFuel);
        foreach (uint address in (uint[])[0, 1, 4_000, End - 16])
        {
            Value[] expected = [default], actual = [default];
            instance.GetFunction("first").Invoke([Value.FromInt32((int)address)], expected);
            instance.GetFunction("far").Invoke([Value.FromInt32((int)address)], actual);
            Assert.That(actual, Is.EqualTo(expected));
            Assert.That(instance.GetMemory("third").GetSpan(address + 8, 1)[0], Is.Not.Zero);
        }
    }

    [TestCase(End - 4, 0ul, null)]
    [TestCase(End - 3, 0ul, TrapKind.OutOfBoundsMemoryAccess)]
    [TestCase(0u, End - 4ul, null)]
    [TestCase(0u, End - 3ul, TrapKind.OutOfBoundsMemoryAccess)]
    [TestCase(0xFFFF_FFFFu, 0xFFFF_FFFFul, TrapKind.OutOfBoundsMemoryAccess)]
    public void Access_AtTheEndOfAMemory_IsHeldAgainstItsOwnSize(uint address, ulong offset, TrapKind? expected)
    {
        Instance instance = new ModuleBuilder().Memory(4).Memory(1)
            .Function([I32], [], code => code.LocalGet(0).AccessOf(1, Opcode.I32Load, offset).Drop(), export: "load")
            .Function([I32], [], code => code
                .LocalGet(0).I32Const(1).AccessOf(1, Opcode.I32Store, offset), export: "store")
            .Instantiate(null, null, meterFuel);
        foreach (string function in (string[])["load", "store"])
        {
            var run = instance.GetFunction(function).CreateDelegate<Action<int>>();
            Assert.That(Guest.TrapOf(() => run((int)address)), Is.EqualTo(expected));
        }
    }

    // What is read through the first index has to be read again after a store through the second.
    [Test]
    public void Memory_OfTwoIndices_IsOne()
    {
        using var store = new Store();
        var memory = new LinearMemory(store, new MemoryType(new Limits(1, null)));
        Instance instance = new ModuleBuilder().ImportMemory("a", "m", 1).ImportMemory("a", "m", 1)
            .Function([], [I32], code => code
                .I32Const(0).Access(Opcode.I32Load)
                .I32Const(0).I32Const(40).AccessOf(1, Opcode.I32Store)
                .I32Const(0).Access(Opcode.I32Load)
                .I32Const(1).Op(Opcode.MemoryGrow, 1).Op(Opcode.I32Add)
                .I32Const((int)End).Access(Opcode.I32Load).Op(Opcode.I32Add)
                .Op(Opcode.I32Add), export: "run")
            .Instantiate(store, new Imports().Add("a", "m", memory), meterFuel);
        Assert.That(instance.RunInt32(), Is.EqualTo(41));
    }

    [Test]
    public void Bulk_BetweenMemories_MovesBytes()
    {
        Instance instance = new ModuleBuilder().Memory(1, export: "a").Memory(1, export: "b").PassiveData(1, 2, 3, 4)
            .Function([], [], code => code
                .I32Const(8).I32Const(1).I32Const(3).Op(Opcode.MemoryInit, 0, 1)
                .I32Const(16).I32Const(8).I32Const(2).Op(Opcode.MemoryCopy, 0, 1)
                .I32Const(20).I32Const(9).I32Const(2).Op(Opcode.MemoryFill, 1), export: "run")
            .Function([], [], code => code
                .I32Const(0).I32Const((int)End - 1).I32Const(2).Op(Opcode.MemoryCopy, 0, 1), export: "past")
            .Instantiate(null, null, meterFuel);
        instance.Run();
        Assert.That(instance.GetMemory("a").GetSpan(15, 4).ToArray(), Is.EqualTo(new byte[] { 0, 2, 3, 0 }));
        Assert.That(instance.GetMemory("b").GetSpan(8, 4).ToArray(), Is.EqualTo(new byte[] { 2, 3, 4, 0 }));
        Assert.That(instance.GetMemory("b").GetSpan(19, 4).ToArray(), Is.EqualTo(new byte[] { 0, 9, 9, 0 }));
        Assert.That(Guest.TrapOf(() => instance.Run("past")), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
    }

    [Test]
    public void Growth_OfAnyMemory_CountsForAll()
    {
        using var store = new Store(new StoreOptions { MemoryPages = 5 });
        Instance instance = new ModuleBuilder().Memory(1).Memory(2)
            .Function([I32], [I32], code => code.LocalGet(0).Op(Opcode.MemoryGrow, 1), export: "grow")
            .Function([], [I32], code => code.Op(Opcode.MemorySize, 1), export: "run")
            .Instantiate(store, null, meterFuel);
        var grow = instance.GetFunction("grow").CreateDelegate<Func<int, int>>();
        Assert.That((grow(2), instance.RunInt32(), grow(1), instance.RunInt32()), Is.EqualTo((2, 4, -1, 4)));
        Assert.That(store.MemoryPages, Is.EqualTo(5));
    }

    [Test]
    public void Snapshot_OfSeveralMemories_BringsBackEach()
    {
        using var store = new Store();
        Instance instance = new ModuleBuilder().Memory(1, export: "a").Memory(1, export: "b")
            .Data(code => code.I32Const(0), [7], memory: 1)
            .Function([], [], code => code
                .I32Const(0).I32Const(1).AccessOf(1, Opcode.I32Store)
                .I32Const(1).Op(Opcode.MemoryGrow, 1).Drop(), export: "run")
            .Instantiate(store, null, meterFuel);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        instance.Run();
        instance.Restore(snapshot);
        Assert.That(instance.GetMemory("b").GetSpan(0, 1)[0], Is.EqualTo(7));
        Assert.That(instance.GetMemory("b").PageCount, Is.EqualTo(1));
        Assert.That(store.MemoryPages, Is.EqualTo(2));
    }

    [TestCase(100, true)]
    [TestCase(101, false)]
    [TestCase(1_000, false)]
    public void Memories_PastTheLimit_AreRefused(int count, bool fits)
    {
        ModuleBuilder module = new();
        for (int i = 0; i < count; i++)
        {
            module.Memory(0);
        }

        Assert.That(
            () => module.Compile(),
            fits
                ? Throws.Nothing
                : Throws.TypeOf<ModuleLimitException>().With.Property("Limit").EqualTo(nameof(ModuleLimits.Memories)));
    }

    private static CodeBuilder Fill(CodeBuilder code, uint memory, Opcode store, ValueKind kind)
    {
        code.LocalGet(0);
        _ = kind switch
        {
            I32 => code.I32Const(-0x0102_0305),
            I64 => code.I64Const(-0x0102_0304_0506_0709),
            F32 => code.F32Const(-1.1f),
            _ => code.F64Const(-2.1),
        };
        return memory == 0 ? code.Access(store, 8) : code.AccessOf(memory, store, 8);
    }

    private static Opcode StoreFor(Opcode load) => load switch
    {
        Opcode.I32Load => Opcode.I32Store,
        Opcode.I64Load => Opcode.I64Store,
        Opcode.F32Load => Opcode.F32Store,
        Opcode.F64Load => Opcode.F64Store,
        Opcode.I32Load8S or Opcode.I32Load8U => Opcode.I32Store8,
        Opcode.I32Load16S or Opcode.I32Load16U => Opcode.I32Store16,
        Opcode.I64Load8S or Opcode.I64Load8U => Opcode.I64Store8,
        Opcode.I64Load16S or Opcode.I64Load16U => Opcode.I64Store16,
        _ => Opcode.I64Store32,
    };
}
