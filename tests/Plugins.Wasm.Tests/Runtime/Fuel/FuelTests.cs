using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Fuel;

[ModeFixture]
internal sealed class FuelTests(GuestMode mode) : GuestFixture(mode)
{
    private static IEnumerable<TestCaseData> Programs()
    {
        yield return Case("nothing", 0, _ => { });
        yield return Case("nop, drop and end are free", 1, c => c.Op(Opcode.Nop).I32Const(1).Drop().Op(Opcode.Nop));
        yield return Case("operators", 3, c => c.I32Const(1).I32Const(2).Op(Opcode.I32Add).Drop());
        yield return Case("block and loop are free", 1, c => c.Block().Loop().I32Const(1).Drop().End().End());
        yield return Case("return is free", 1, c => c.I32Const(1).Drop().Return());
        yield return Case("code after return is not run", 0, c => c.Return().I32Const(1).Drop());
        yield return Case("br", 2, c => c.Block().I32Const(1).Drop().Br(0).I32Const(1).Drop().End());
        yield return Case("br_if taken", 2, c => c.Block().I32Const(1).BrIf(0).I32Const(1).Drop().End());
        yield return Case("br_if not taken", 3, c => c.Block().I32Const(0).BrIf(0).I32Const(1).Drop().End());
        yield return Case("br_table", 2, c => c.Block().I32Const(0).BrTable(0, 0).End());
        yield return Case("if taken", 3,
            c => c.I32Const(1).If().I32Const(1).Drop().Else().I32Const(1).I32Const(1).Drop().Drop().End());
        yield return Case("if not taken", 4,
            c => c.I32Const(0).If().I32Const(1).Drop().Else().I32Const(1).I32Const(1).Drop().Drop().End());
        yield return Case("if without else", 2, c => c.I32Const(0).If().I32Const(1).Drop().End());
        yield return Case("select", 4, c => c.I32Const(0).I32Const(0).I32Const(0).Op(Opcode.Select).Drop());
        yield return Case("locals and globals", 5,
            c => c.LocalGet(0).LocalTee(0).LocalSet(0).GlobalGet(0).GlobalSet(0));
        yield return Case("loop of ten rounds", 2 + (10 * 5), Countdown(10, _ => { }));
        yield return Case("call", 1 + 1, c => c.Call(1));
        yield return Case("call_indirect", 2 + 1, c => c.I32Const(0).CallIndirect(0));
        yield return Case("call of the host", 1, c => c.Call(0));
        yield return Case("load and store", 5,
            c => c.I32Const(0).I32Const(0).Access(Opcode.I32Load).Access(Opcode.I32Store).I32Const(0).Drop());
        yield return Case("memory.size", 1, c => c.Op(Opcode.MemorySize, 0).Drop());
        yield return Case("memory.grow", 2 + 3, c => c.I32Const(3).Op(Opcode.MemoryGrow, 0).Drop());
        yield return Case("memory.grow refused", 2, c => c.I32Const(100).Op(Opcode.MemoryGrow, 0).Drop());
        yield return Case("memory.fill", 4 + 100, c => Bulk(c, 0, 6_400, Opcode.MemoryFill, 0));
        yield return Case("memory.fill of few", 4, c => Bulk(c, 0, 63, Opcode.MemoryFill, 0));
        yield return Case("memory.copy", 4 + 100, c => Bulk(c, 0, 6_400, Opcode.MemoryCopy, 0, 0));
        yield return Case("memory.init", 4 + 2, c => Bulk(c, 0, 128, Opcode.MemoryInit, 0, 0));
        yield return Case("table.fill", 4 + 20,
            c => c.I32Const(0).RefNull(FuncRef).I32Const(20).Op(Opcode.TableFill, 0));
        yield return Case("table.copy", 4 + 20, c => Bulk(c, 0, 20, Opcode.TableCopy, 0, 0));
        yield return Case("table.init", 4 + 2, c => Bulk(c, 0, 2, Opcode.TableInit, 0, 0));
        yield return Case("table.grow", 3 + 5, c => c.RefNull(FuncRef).I32Const(5).Op(Opcode.TableGrow, 0).Drop());
        yield return Case("table.grow refused", 3,
            c => c.RefNull(FuncRef).I32Const(500).Op(Opcode.TableGrow, 0).Drop());
    }

    [TestCaseSource(nameof(Programs))]
    public void Program_WithEnough_ConsumesItsExactCost(Action<CodeBuilder> code, long cost)
    {
        using var store = new Store();
        Prepare(store, 1_000, code).Run();

        Assert.That(store.FuelRemaining, Is.EqualTo(1_000 - cost));
    }

    [TestCaseSource(nameof(Programs))]
    public void Program_WithExactlyEnough_Ends(Action<CodeBuilder> code, long cost) =>
        Assert.That(TrapWith(cost, code), Is.Null);

    [TestCaseSource(nameof(ProgramsThatCost))]
    public void Program_WithOneTooFew_RunsOut(Action<CodeBuilder> code, long cost)
    {
        Assert.That(TrapWith(cost - 1, code), Is.EqualTo(TrapKind.OutOfFuel));
    }

    private static IEnumerable<TestCaseData> ProgramsThatCost() =>
        Programs().Where(program => program.Arguments[1] is not 0L);

    private static IEnumerable<TestCaseData> Greedy()
    {
        yield return Case("loop", 0, c => c.Loop().Br(0).End());
        yield return Case("loop that pays in a callee", 0, c => c.Loop().Call(1).Br(0).End());
        yield return Case("recursion", 0, c => c.I32Const(1_000_000).Call(2));
        yield return Case("memory.fill", 0, c => Bulk(c, 0, 65_536, Opcode.MemoryFill, 0));
        yield return Case("table.fill", 0, c => c.I32Const(0).RefNull(FuncRef).I32Const(50).Op(Opcode.TableFill, 0));
    }

    [TestCaseSource(nameof(Greedy))]
    public void Guest_Greedy_RunsOutAndHasNothingLeft(Action<CodeBuilder> code, long _)
    {
        using var store = new Store();
        Instance instance = Prepare(store, 40, code);

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.OutOfFuel));
        Assert.That(store.FuelRemaining, Is.Zero);
    }

    [Test]
    public void BulkOperation_WithoutEnough_DoesNothing()
    {
        using var store = new Store();
        Instance instance = Prepare(store, 10, c => c.I32Const(0).I32Const(7).I32Const(6_400).Op(Opcode.MemoryFill, 0));

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.OutOfFuel));
        Assert.That(instance.GetMemory("memory").GetSpan(0, 6_400).ToArray(), Is.All.Zero);
    }

    [Test]
    public void Refuelling_AfterItRanOut_LetsTheGuestRunAgain()
    {
        using var store = new Store();
        Instance instance = Prepare(store, 1, Countdown(3, _ => { }));
        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.OutOfFuel));

        store.FuelRemaining = 17;
        instance.Run();

        Assert.That(store.FuelRemaining, Is.Zero);
    }

    [Test]
    public void Consumption_UnderEverySetting_IsTheSame()
    {
        long[] consumed =
        [
            .. from backing in new[] { MemoryBacking.Portable, MemoryBacking.Reserved }
               from run in Enumerable.Range(0, 3)
               select Consume(new StoreOptions { MemoryBacking = backing }),
        ];

        Assert.That(consumed, Is.All.EqualTo(consumed[0]));
        Assert.That(consumed[0], Is.EqualTo(2 + (1_000 * (5 + 4 + 100))));

        static long Consume(StoreOptions options)
        {
            using var store = new Store(options);
            Prepare(store, 1_000_000, Countdown(1_000, c => Bulk(c, 0, 6_400, Opcode.MemoryFill, 0))).Run();
            return 1_000_000 - store.FuelRemaining;
        }
    }

    [TestCase(52, null)]
    [TestCase(51, TrapKind.OutOfFuel)]
    public void StartFunction_IsMetered(long fuel, TrapKind? expected)
    {
        using var store = new Store { FuelRemaining = fuel };
        ModuleBuilder builder = new ModuleBuilder().Function([], [], Countdown(10, _ => { }), [I32]).Start(0);

        Assert.That(Guest.TrapOf(() => builder.Instantiate(store, meterFuel: true)), Is.EqualTo(expected));
    }

    [TestCase(20, 21, null)]
    [TestCase(20, 20, TrapKind.OutOfFuel)]
    public void HostFunction_ConsumingFuel_CountsWithTheGuest(long amount, long fuel, TrapKind? expected)
    {
        using var store = new Store();
        Instance instance = Prepare(store, fuel, c => c.Call(0), () => store.ConsumeFuel(amount));

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(expected));
    }

    [Test]
    public void HostFunction_SettingFuel_IsSeenByTheGuest()
    {
        using var store = new Store();
        Instance instance = Prepare(store, 100, c => Countdown(10, _ => { })(c.Call(0)), () => store.FuelRemaining = 5);

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.OutOfFuel));
    }

    [TestCase(-1)]
    [TestCase(long.MinValue)]
    public void Fuel_Negative_IsRefused(long amount)
    {
        using var store = new Store();

        Assert.That(() => store.FuelRemaining = amount, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => store.ConsumeFuel(amount), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ConsumeFuel_OfTheMost_RunsOutWithoutWrapping()
    {
        using var store = new Store { FuelRemaining = 0 };

        Assert.That(Guest.TrapOf(() => store.ConsumeFuel(long.MaxValue)), Is.EqualTo(TrapKind.OutOfFuel));
        Assert.That(Guest.TrapOf(() => store.ConsumeFuel(long.MaxValue)), Is.EqualTo(TrapKind.OutOfFuel));
        Assert.That(store.FuelRemaining, Is.Zero);
    }

    [Test]
    public void Module_WithoutMetering_ConsumesNothing()
    {
        using var store = new Store { FuelRemaining = 0 };
        new ModuleBuilder().Function([], [], Countdown(10, _ => { }), [I32], export: "run").Instantiate(store).Run();

        Assert.That(store.FuelRemaining, Is.Zero);
    }

    private static TrapKind? TrapWith(long fuel, Action<CodeBuilder> code)
    {
        using var store = new Store();
        Instance instance = Prepare(store, fuel, code);
        return Guest.TrapOf(() => instance.Run());
    }

    // Functions: 0 the host's, 1 one operator, 2 recursion, 3 the case.
    private static Instance Prepare(Store store, long fuel, Action<CodeBuilder> code, Action? host = null)
    {
        Instance instance = Sample(code)
            .Instantiate(store, new Imports().Add("host", "called", host ?? (() => { })), meterFuel: true);
        store.FuelRemaining = fuel;
        return instance;
    }

    private static ModuleBuilder Sample(Action<CodeBuilder> code) => new ModuleBuilder()
        .ImportFunction("host", "called", [], [])
        .Memory(1, 10, export: "memory")
        .Table(50, 100)
        .Global(I32, isMutable: true)
        .PassiveElements(1, 1, 1)
        .Elements(0, 1)
        .PassiveData(new byte[200])
        .Function([], [], one => one.I32Const(1).Drop())
        .Function([I32], [], recursion => recursion.LocalGet(0).If().LocalGet(0).Call(2).End())
        .Function([], [], code, [I32], export: "run");

    private static TestCaseData Case(string name, long cost, Action<CodeBuilder> code) =>
        new TestCaseData(code, cost).SetArgDisplayNames(name);

    /// <summary>Runs a body a number of times: two operators before, five a round besides the body's.</summary>
    private static Action<CodeBuilder> Countdown(int rounds, Action<CodeBuilder> body) => code =>
    {
        code.I32Const(rounds).LocalSet(0).Loop();
        body(code);
        code.LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End();
    };

    private static void Bulk(CodeBuilder code, int start, int count, Opcode opcode, params uint[] immediates) =>
        code.I32Const(start).I32Const(start).I32Const(count).Op(opcode, immediates);
}
