using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Memories;

/// <summary>Memories and tables whose addresses have 64 bits, and sums of them more.</summary>
[ModeFixture(false)]
[ModeFixture(true)]
internal sealed class LongAddressTests(bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private const ulong End = LinearMemory.PageBytes;

    [TestCase(End - 8, 0ul, true)]
    [TestCase(End - 7, 0ul, false)]
    [TestCase(0ul, End - 8, true)]
    [TestCase(8ul, End - 16, true)]
    [TestCase(9ul, End - 16, false)]
    [TestCase(0x1_0000_0000ul, 0ul, false)]
    [TestCase(ulong.MaxValue, 0ul, false)]
    [TestCase(ulong.MaxValue, 1ul, false)]
    [TestCase(ulong.MaxValue - 7, 8ul, false)]
    [TestCase(0ul, ulong.MaxValue, false)]
    [TestCase(8ul, ulong.MaxValue - 7, false)]
    [TestCase(0ul, 0x7FFF_FFFF_FFFF_FFFFul, false)]
    [TestCase(0x8000_0000_0000_0000ul, 0x8000_0000_0000_0000ul, false)]
    public void Access_WithALongAddress_IsWholeInsideOrTraps(ulong address, ulong offset, bool fits)
    {
        Instance instance = new ModuleBuilder().LongMemory(1).Memory(1).LongMemory(1)
            .Function([I64], [I64], code => Swap(code, 0, offset), export: "first")
            .Function([I64], [I64], code => Swap(code, 2, offset), export: "third")
            .Instantiate(null, null, meterFuel);
        foreach (string function in (string[])["first", "third"])
        {
            var swap = instance.GetFunction(function).CreateDelegate<Func<long, long>>();
            Assert.That(
                Guest.TrapOf(() => Assert.That(swap((long)address), Is.EqualTo(77))),
                Is.EqualTo(fits ? null : TrapKind.OutOfBoundsMemoryAccess));
        }
    }

    [Test]
    public void Growth_OfALongMemory_GivesLongSizes()
    {
        using var store = new Store(new StoreOptions { MemoryPages = 8 });
        Instance instance = new ModuleBuilder().LongMemory(2)
            .Function([I64], [I64], code => code.LocalGet(0).Op(Opcode.MemoryGrow, 0), export: "grow")
            .Function([], [I64], code => code.Op(Opcode.MemorySize, 0), export: "size")
            .Instantiate(store, null, meterFuel);
        var grow = instance.GetFunction("grow").CreateDelegate<Func<long, long>>();
        var size = instance.GetFunction("size").CreateDelegate<Func<long>>();
        Assert.That(grow(3), Is.EqualTo(2));
        Assert.That(size(), Is.EqualTo(5));
        Assert.That(
            new long[] { 4, 1L << 32, 1L << 48, long.MaxValue, -1 }.Select(grow), Is.All.EqualTo(-1));
        Assert.That((size(), grow(0)), Is.EqualTo((5, 5)));
    }

    [TestCase(1ul << 48)]
    [TestCase(1ul << 40)]
    [TestCase(65_537ul)]
    public void Memory_OfTooManyPages_IsRefusedBeforeItIsMade(ulong pages)
    {
        byte[] module = new ModuleBuilder().LongMemory(pages).Build();
        var refusal = Assert.Throws<ModuleLimitException>(() => Module.Validate(module))!;
        Assert.That((refusal.Limit, refusal.Actual), Is.EqualTo((nameof(ModuleLimits.MemoryPages), (long)pages)));
        Assert.That(
            () => new LinearMemory(new Store(), new MemoryType(new Limits(pages, null), I64)),
            Throws.TypeOf<StoreLimitException>());
    }

    [Test]
    public void Memory_OfMorePagesThanAddresses_IsInvalid()
    {
        Assert.That(
            () => Module.Validate(new ModuleBuilder().LongMemory(0, (1ul << 48) + 1).Build()),
            Throws.TypeOf<InvalidModuleException>());
        Assert.That(() => Module.Validate(new ModuleBuilder().LongMemory(0, 1ul << 48).Build()), Throws.Nothing);
    }

    [Test]
    public void Bulk_BetweenShortAndLongMemories_MovesBytes()
    {
        Instance instance = new ModuleBuilder().Memory(1, export: "short").LongMemory(1, export: "long")
            .Function([I64, I32, I32], [], code => code
                .LocalGet(0).LocalGet(1).LocalGet(2).Op(Opcode.MemoryCopy, 1, 0), export: "copy")
            .Function([I64, I32, I64], [], code => code
                .LocalGet(0).LocalGet(1).LocalGet(2).Op(Opcode.MemoryFill, 1), export: "fill")
            .Instantiate(null, null, meterFuel);
        var copy = instance.GetFunction("copy").CreateDelegate<Action<long, int, int>>();
        var fill = instance.GetFunction("fill").CreateDelegate<Action<long, int, long>>();
        instance.GetMemory("short").GetSpan(0, 3).Fill(5);
        copy((long)End - 3, 0, 3);
        fill((long)End - 4, 6, 1);
        Assert.That(instance.GetMemory("long").GetSpan(End - 4, 4).ToArray(), Is.EqualTo(new byte[] { 6, 5, 5, 5 }));
        Assert.That(Guest.TrapOf(() => copy((long)End - 3, 0, 4)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
        Assert.That(Guest.TrapOf(() => copy(-1, 0, 1)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
        Assert.That(Guest.TrapOf(() => fill(1, 0, long.MaxValue)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
        Assert.That(Guest.TrapOf(() => fill(-8, 0, 16)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
    }

    [TestCase(0, null)]
    [TestCase(1, TrapKind.UninitializedElement)]
    [TestCase(3, TrapKind.UndefinedElement)]
    [TestCase(1L << 32, TrapKind.UndefinedElement)]
    [TestCase(long.MinValue, TrapKind.UndefinedElement)]
    [TestCase(-1, TrapKind.UndefinedElement)]
    public void Element_OfALongTable_IsFoundByItsWholeIndex(long index, TrapKind? expected)
    {
        Instance instance = new ModuleBuilder().LongTable(3).Elements(code => code.I64Const(0), 0)
            .Function([], [], _ => { })
            .Function([I64], [], code => code.LocalGet(0).CallIndirect(0), export: "call")
            .Function([I64], [], code => code.LocalGet(0).Op(Opcode.ReturnCallIndirect, 0, 0), export: "tail call")
            .Function([I64], [], code => code.LocalGet(0).Op(Opcode.TableGet, 0).Drop(), export: "get")
            .Instantiate(null, null, meterFuel);
        foreach (string function in (string[])["call", "tail call"])
        {
            var call = instance.GetFunction(function).CreateDelegate<Action<long>>();
            Assert.That(Guest.TrapOf(() => call(index)), Is.EqualTo(expected), function);
        }

        var get = instance.GetFunction("get").CreateDelegate<Action<long>>();
        Assert.That(
            Guest.TrapOf(() => get(index)),
            Is.EqualTo(index is >= 0 and < 3 ? null : (TrapKind?)TrapKind.OutOfBoundsTableAccess));
    }

    [Test]
    public void Growth_OfALongTable_GivesLongSizes()
    {
        Instance instance = new ModuleBuilder().LongTable(2, 1ul << 60)
            .Function([I64], [I64], code => code.RefNull(FuncRef).LocalGet(0).Op(Opcode.TableGrow, 0), export: "grow")
            .Function([], [I64], code => code.Op(Opcode.TableSize, 0), export: "size")
            .Instantiate(null, null, meterFuel);
        var grow = instance.GetFunction("grow").CreateDelegate<Func<long, long>>();
        Assert.That(grow(3), Is.EqualTo(2));
        Assert.That(new long[] { 1L << 32, 1L << 50, -1, long.MinValue }.Select(grow), Is.All.EqualTo(-1));
        Assert.That(instance.GetFunction("size").CreateDelegate<Func<long>>()(), Is.EqualTo(5));
    }

    [Test]
    public void Import_OfOtherAddresses_DoesNotFit()
    {
        using var store = new Store();
        var memory = new LinearMemory(store, new MemoryType(new Limits(1, null), I64));
        Imports imports = new Imports().Add("a", "m", memory);
        Assert.That(
            () => new ModuleBuilder().ImportMemory("a", "m", 1).Instantiate(store, imports),
            Throws.TypeOf<LinkException>());
    }

    // Stores 77, so that what is loaded shows that both went to the same place.
    private static void Swap(CodeBuilder code, uint memory, ulong offset) => code
        .LocalGet(0).I64Const(77).AccessOf(memory, Opcode.I64Store, offset)
        .LocalGet(0).AccessOf(memory, Opcode.I64Load, offset);
}
