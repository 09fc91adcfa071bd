using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Every load and store, at and past the end of a memory of one page.</summary>
[ModeFixture(MemoryBacking.Portable)]
[ModeFixture(MemoryBacking.Reserved)]
internal sealed class MemoryBoundsTests(MemoryBacking backing, GuestMode mode) : GuestFixture(mode)
{
    private const uint End = LinearMemory.PageBytes;

    private static IEnumerable<Opcode> Accesses() => Enum.GetValues<Opcode>()
        .Where(opcode => opcode is >= Opcode.I32Load and <= Opcode.I64Store32);

    [TestCaseSource(nameof(Accesses))]
    public void Access_AtTheLastBytes_Works(Opcode opcode)
    {
        Func<uint, uint, TrapKind?> access = Access(opcode);
        uint last = End - OpcodeTable.Get(opcode).AccessBytes;

        Assert.That(access(last, 0), Is.Null);
        Assert.That(access(0, last), Is.Null);
        Assert.That(access(last / 2, last - (last / 2)), Is.Null);
    }

    [TestCaseSource(nameof(Accesses))]
    public void Access_PastTheEnd_Traps(Opcode opcode)
    {
        Func<uint, uint, TrapKind?> access = Access(opcode);
        uint past = End - OpcodeTable.Get(opcode).AccessBytes + 1;

        foreach ((uint address, uint offset) in Hostile(past))
        {
            Assert.That(access(address, offset), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess), $"{address} + {offset}");
        }
    }

    [TestCase(Opcode.I64Store, 8)]
    [TestCase(Opcode.I32Store, 4)]
    [TestCase(Opcode.I32Store16, 2)]
    public void Store_ThatTraps_WritesNothing(Opcode opcode, int bytes)
    {
        using var store = new Store(new StoreOptions { MemoryBacking = backing });
        Instance instance = new ModuleBuilder()
            .Memory(1, export: "memory")
            .Function([], [], export: "run", code: code => code
                .I32Const((int)End - 1).Op(ConstantFor(opcode), 127).Access(opcode))
            .Instantiate(store);

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
        Assert.That(instance.GetMemory("memory").GetSpan(End - (uint)bytes, bytes).ToArray(), Is.All.Zero);
    }

    [Test]
    public void Access_AfterGrowthInTheSameFunction_ReachesTheNewPage()
    {
        using var store = new Store(new StoreOptions { MemoryBacking = backing });
        Instance instance = new ModuleBuilder()
            .Memory(1)
            .Function([], [I32], export: "run", code: code => code
                .I32Const(0).I32Const(0).Access(Opcode.I32Store)
                .I32Const(40).Op(Opcode.MemoryGrow, 0).Drop()
                .I32Const((int)(End * 41) - 4).I32Const(5).Access(Opcode.I32Store)
                .I32Const(0).Access(Opcode.I32Load, End * 41 - 4))
            .Instantiate(store);

        Assert.That(instance.RunInt32(), Is.EqualTo(5));
    }

    [Test]
    public void Access_AfterGrowthInACallee_ReachesTheNewPage()
    {
        using var store = new Store(new StoreOptions { MemoryBacking = backing });
        Instance instance = new ModuleBuilder()
            .Memory(1)
            .Function([], [], code => code.I32Const(40).Op(Opcode.MemoryGrow, 0).Drop())
            .Function([], [I32], export: "run", code: code => code
                .I32Const(0).I32Const(9).Access(Opcode.I32Store)
                .Call(0)
                .I32Const((int)(End * 41) - 4).I32Const(5).Access(Opcode.I32Store)
                .I32Const(0).Access(Opcode.I32Load, End * 41 - 4).I32Const(0).Access(Opcode.I32Load).Op(Opcode.I32Add))
            .Instantiate(store);

        Assert.That(instance.RunInt32(), Is.EqualTo(14));
    }

    [Test]
    public void Access_WithAMemoryOfNoPages_Traps()
    {
        using var store = new Store(new StoreOptions { MemoryBacking = backing });
        Instance instance = new ModuleBuilder()
            .Memory(0)
            .Function([], [I32], code => code.I32Const(0).Access(Opcode.I32Load8U), export: "run")
            .Instantiate(store);

        Assert.That(Guest.TrapOf(() => instance.RunInt32()), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
    }

    // Sums that pass the end, that pass 4 GiB, and that would be small again in 32 bits.
    private static (uint Address, uint Offset)[] Hostile(uint past) =>
    [
        (past, 0), (0, past), (End, 0), (0, End), (1, past - 1), (past - 1, 1), (uint.MaxValue, 0), (0, uint.MaxValue),
        (uint.MaxValue, uint.MaxValue), (uint.MaxValue, 1), (1, uint.MaxValue), (0x8000_0000, 0x8000_0000),
        (0x8000_0000, 0), (0, 0x8000_0000), (uint.MaxValue - 3, 4), (4, uint.MaxValue - 3), (uint.MaxValue, past),
    ];

    /// <summary>Runs the access at an address, given and constant, plus an offset; gives its trap.</summary>
    private Func<uint, uint, TrapKind?> Access(Opcode opcode) => (address, offset) =>
    {
        using var store = new Store(new StoreOptions { MemoryBacking = backing });
        OpcodeInfo info = OpcodeTable.Get(opcode);
        Instance instance = new ModuleBuilder()
            .Memory(1)
            .Function([I32], [], export: "run", code: code => Write(code.LocalGet(0), opcode, info, offset))
            .Function([], [], export: "fixed", code: code => Write(code.I32Const((int)address), opcode, info, offset))
            .Instantiate(store);
        var run = instance.GetFunction("run").CreateDelegate<Action<uint>>();
        TrapKind? trap = Guest.TrapOf(() => run(address));
        Assert.That(Guest.TrapOf(() => instance.Run("fixed")), Is.EqualTo(trap));
        return trap;
    };

    private static void Write(CodeBuilder code, Opcode opcode, OpcodeInfo info, uint offset)
    {
        if (info.HasResult)
        {
            code.Access(opcode, offset).Drop();
        }
        else
        {
            code.Zero(info.Second).Access(opcode, offset);
        }
    }

    private static Opcode ConstantFor(Opcode store) => store == Opcode.I64Store ? Opcode.I64Const : Opcode.I32Const;
}
