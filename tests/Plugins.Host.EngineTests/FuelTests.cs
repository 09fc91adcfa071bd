using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class FuelTests(TestedEngine tested) : EngineContract(tested)
{
    private const int BulkBytes = 64_000;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1_000)]
    [TestCase(100_000)]
    public void Loop_WithoutEnd_RunsOutAndHasNothingLeft(long fuel)
    {
        var instance = Instantiate(Sample());
        instance.Fuel = fuel;
        Assert.That(FaultOf(() => instance.Run("spin")).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
        Assert.That(instance.Fuel, Is.Zero);
    }

    [Test]
    public void Recursion_OfExponentialCost_RunsOut()
    {
        var instance = Instantiate(Sample());
        instance.Fuel = 100_000;
        Assert.That(FaultOf(() => instance.Run("explode")).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
    }

    [Test]
    public void Start_WithoutEnd_RunsOut()
    {
        var module = Sample();
        var start = module.NextFunction;
        var instance = Create(module.Function([], [], code => code.Loop().Br(0).End()).Start(start));
        instance.Fuel = 1_000;
        Assert.That(FaultOf(() => instance.Instantiate(Imports())).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
        Assert.That(instance.Fuel, Is.Zero);
    }

    [Test]
    public void Call_WithEnough_CostsTheSameEachTime()
    {
        var instance = Instantiate(Sample(), Imports());
        var first = Cost(instance, "thousand");
        Assert.That(Cost(instance, "thousand"), Is.EqualTo(first));
        Assert.That(Cost(Instantiate(Sample(), Imports()), "thousand"), Is.EqualTo(first));
        Assert.That(Cost(instance, "ten"), Is.Positive.And.LessThan(first));
    }

    [Test]
    public void Fuel_SetBetweenCalls_IsWhatALookAtMemoryLeaves()
    {
        var instance = Instantiate(Sample(), Imports());
        instance.Run("ten");
        instance.Fuel = 7;
        Assert.That(instance.TryGetMemory(0, 1, out _) && instance.MemoryBytes > 0);
        Assert.That(instance.Fuel, Is.EqualTo(7));
    }

    [Test]
    public void Call_WithExactlyWhatItCosts_Ends([Values("ten", "thousand", "fill", "call")] string function)
    {
        var instance = Instantiate(Sample(), Imports());
        var cost = Cost(instance, function);
        instance.Fuel = cost;
        instance.Run(function);
        Assert.That(instance.Fuel, Is.Zero);
        instance.Fuel = cost - 1;
        Assert.That(FaultOf(() => instance.Run(function)).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
    }

    [TestCase("ten", 2 + (10 * 5) + 1)]
    [TestCase("thousand", 2 + (1_000 * 5) + 1)]
    [TestCase("fill", 4 + (BulkBytes / 64) + 1)]
    [TestCase("call", 1)]
    public void Call_OfKnownOperators_CostsWhatTheDocumentSaysIfExact(string function, long expected)
    {
        var cost = Cost(Instantiate(Sample(), Imports()), function);
        Assert.That(cost, Traits.FuelIsExact ? Is.EqualTo(expected) : Is.Not.EqualTo(expected));
    }

    [Test]
    public void Fuel_OfALargerBulkOperation_IsMoreIfExact()
    {
        var instance = Instantiate(Sample(), Imports());
        var more = Cost(instance, "fill") - Cost(instance, "fill little");
        Assert.That(more, Traits.FuelIsExact ? Is.EqualTo(BulkBytes / 64) : Is.Not.EqualTo(BulkBytes / 64));
    }

    [Test]
    public void Guest_GivenMoreAfterItRanOut_RunsAgain()
    {
        var instance = Instantiate(Sample(), Imports());
        instance.Fuel = 3;
        FaultOf(() => instance.Run("thousand"));
        instance.Fuel = Plenty;
        Assert.That(instance.Run("thousand"), Is.EqualTo(1));
    }

    [Test]
    public void Fuel_SeenByAnImport_IsWhatTheGuestHasLeft()
    {
        var seen = new List<long>();
        IEngineInstance? instance = null;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() =>
        {
            seen.Add(instance!.Fuel);
            return 0;
        })));
        instance.Fuel = 10_000;
        instance.Run();
        Assert.That(seen, Is.Ordered.Descending.And.Count.EqualTo(2));
        Assert.That(seen, Is.All.InRange(instance.Fuel, 10_000));
        Assert.That(seen[0] - seen[1], Is.Positive);
    }

    [Test]
    public void Fuel_SetByAnImport_IsWhatTheGuestGoesOnWith()
    {
        IEngineInstance? instance = null;
        instance = Instantiate(Sample(), Import("f", new Func<int>(() =>
        {
            instance!.Fuel = 20;
            return 0;
        })));
        Assert.That(FaultOf(() => instance.Run("call then thousand")).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
    }

    [Test]
    public void ConsumeFuel_InACall_CountsWithTheGuests()
    {
        IEngineInstance? instance = null;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() =>
        {
            instance!.ConsumeFuel(1_000);
            return 0;
        })));
        instance.Fuel = 10_000;
        instance.Run();
        Assert.That(instance.Fuel, Is.InRange(7_500, 7_999));
        instance.Fuel = 1_500;
        Assert.That(FaultOf(() => instance.Run()).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
        Assert.That(instance.Fuel, Is.Zero);
    }

    [Test]
    public void ConsumeFuel_InAStart_CountsWithTheGuests()
    {
        var instance = Create(Calling().Function([], [], code => code.Call(0).Drop()).Start(2));
        instance.Fuel = 500;
        var import = Import("f", new Func<int>(() =>
        {
            instance.ConsumeFuel(501);
            return 0;
        }));
        Assert.That(FaultOf(() => instance.Instantiate([import])).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
    }

    [TestCase(100, 100, true)]
    [TestCase(101, 100, false)]
    [TestCase(0, 0, true)]
    [TestCase(long.MaxValue, 100, false)]
    [TestCase(long.MaxValue, long.MaxValue, true)]
    public void ConsumeFuel_BetweenCalls_TakesWhatThereIs(long amount, long fuel, bool passes)
    {
        var instance = Instantiate(Sample(), Imports());
        instance.Fuel = fuel;
        if (passes)
        {
            instance.ConsumeFuel(amount);
            Assert.That(instance.Fuel, Is.EqualTo(fuel - amount));
            return;
        }

        Assert.That(FaultOf(() => instance.ConsumeFuel(amount)).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
        Assert.That(instance.Fuel, Is.Zero);
        Assert.That(FaultOf(() => instance.ConsumeFuel(1)).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
    }

    [TestCase(-1)]
    [TestCase(long.MinValue)]
    public void Fuel_Negative_IsMisuse(long amount)
    {
        var instance = Instantiate(Sample(), Imports());
        Assert.That(() => instance.Fuel = amount, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => instance.ConsumeFuel(amount), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(long.MaxValue / 2)]
    [TestCase(long.MaxValue)]
    public void Fuel_WhenSet_IsThere(long amount)
    {
        var instance = Create(Sample());
        instance.Fuel = amount;
        Assert.That(instance.Fuel, Is.EqualTo(amount));
        instance.Fuel = Plenty;
        instance.Instantiate(Imports());
        instance.Fuel = amount;
        Assert.That(instance.Fuel, Is.EqualTo(amount));
    }

    [TestCase(0)]
    [TestCase(10)]
    public void Module_ThatDoesNotMeter_RunsOnAnyFuel(long fuel)
    {
        var instance = Create(Sample(), meterFuel: false);
        instance.Fuel = fuel;
        instance.Instantiate(Imports());
        Assert.That(instance.Run("thousand"), Is.EqualTo(1));
    }

    private long Cost(IEngineInstance instance, string function)
    {
        instance.Fuel = Plenty;
        instance.Run(function);
        return Plenty - instance.Fuel;
    }

    private IEngineInstance Instantiate(ModuleBuilder module) => Instantiate(module, Imports());

    private static HostImport[] Imports() => [Import("f", new Func<int>(() => 0))];

    private static ModuleBuilder Calling() => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .Function([], [I32], code => code.Call(0).Drop().Call(0), export: "run");

    // Functions: 0 the host's, 1 spin, 2 the exponential recursion, 3 its entry, 4 ten, 5 thousand, then the rest.
    private static ModuleBuilder Sample() => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .Memory(1, export: "memory")
        .Function([], [I32], code => code.Loop().Br(0).End().I32Const(1), export: "spin")
        .Function([I32], [], code => code.LocalGet(0).If()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(2)
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(2).End())
        .Function([], [I32], code => code.I32Const(60).Call(2).I32Const(1), export: "explode")
        .Function([], [I32], Countdown(10), [I32], export: "ten")
        .Function([], [I32], Countdown(1_000), [I32], export: "thousand")
        .Function([], [I32], Fill(BulkBytes), export: "fill")
        .Function([], [I32], Fill(0), export: "fill little")
        .Function([], [I32], code => code.Call(0), export: "call")
        .Function([], [I32], code => code.Call(0).Drop().Call(5), export: "call then thousand");

    private static Action<CodeBuilder> Fill(int bytes) => code =>
        code.I32Const(0).I32Const(7).I32Const(bytes).Op(Opcode.MemoryFill, 0).I32Const(1);

    /// <summary>Two operators before, five a round, one after.</summary>
    private static Action<CodeBuilder> Countdown(int rounds) => code => code
        .I32Const(rounds).LocalSet(0)
        .Loop().LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End()
        .I32Const(1);
}
