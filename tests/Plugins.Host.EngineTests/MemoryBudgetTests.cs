using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Memory that instances take from a budget which they share.</summary>
internal sealed class MemoryBudgetTests(TestedEngine tested) : EngineContract(tested)
{
    [TestCase(5u, 3, 2)]
    [TestCase(5u, 4, -1)]
    [TestCase(2u, 0, 2)]
    [TestCase(2u, 1, -1)]
    public void Growth_WithABudget_IsAsLargeAsThatAllows(uint limit, int pages, int answer)
    {
        var budget = new CountedBudget(limit);
        var instance = Instantiate(Growing(pages), Within(budget));
        Assert.That(budget.Used, Is.EqualTo(2));
        Assert.That(instance.Run(), Is.EqualTo(answer));
        Assert.That(instance.MemoryBytes, Is.EqualTo((2 + (answer < 0 ? 0 : pages)) * PageBytes));
        Assert.That(budget.Used * PageBytes, Is.EqualTo(instance.MemoryBytes));
    }

    [Test]
    public void Growth_PastTheInstancesOwnLimit_TakesNothing()
    {
        var budget = new CountedBudget(100);
        var instance = Instantiate(Growing(3), Within(budget) with { MemoryPages = 4 });
        Assert.That(instance.Run(), Is.EqualTo(-1));
        Assert.That(budget.Used, Is.EqualTo(2));
    }

    [Test]
    public void Growth_PastTheMemorysOwnMaximum_TakesNothing()
    {
        var budget = new CountedBudget(100);
        var instance = Instantiate(
            new ModuleBuilder().Memory(2, 4, export: "memory")
                .Function([], [I32], code => code.I32Const(3).Op(Opcode.MemoryGrow, 0), export: "run"),
            Within(budget));
        Assert.That(instance.Run(), Is.EqualTo(-1));
        Assert.That(budget.Used, Is.EqualTo(2));
    }

    [Test]
    public void Instance_WithoutRoom_IsRefusedAndTakesNothing()
    {
        var budget = new CountedBudget(1);
        var instance = Create(Growing(1), Within(budget));
        Assert.That(FaultOf(() => instance.Instantiate([])).Kind, Is.EqualTo(EngineFaultKind.MemoryLimit));
        instance.Dispose();
        Assert.That(budget.Used, Is.Zero);
    }

    [Test]
    public void Instance_ThatIsRestored_ReturnsWhatItGrewBy()
    {
        var budget = new CountedBudget(5);
        var instance = Instantiate(Growing(3), Within(budget));
        Assert.That(instance.TryCapture());
        for (var call = 0; call < 3; call++)
        {
            Assert.That(instance.Run(), Is.EqualTo(2));
            instance.Restore();
            Assert.That(budget.Used, Is.EqualTo(2));
        }
    }

    [Test]
    public void Instance_ThatIsDisposed_ReturnsAll([Values] bool isTwice)
    {
        var budget = new CountedBudget(5);
        var instance = Instantiate(Growing(3), Within(budget));
        instance.Run();
        instance.Dispose();
        if (isTwice)
        {
            instance.Dispose();
        }

        Assert.That(budget.Used, Is.Zero);
    }

    [Test]
    public void Instance_DisposedInACall_ReturnsAllAtItsEnd()
    {
        var budget = new CountedBudget(5);
        IEngineInstance? instance = null;
        instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "end", [], [I32]).Memory(2, export: "memory")
                .Function([], [I32], code => code.Call(0), export: "run"),
            Within(budget),
            Import("end", new Func<int>(() =>
            {
                instance!.Dispose();
                Assert.That(budget.Used, Is.GreaterThanOrEqualTo(2));
                return 0;
            })));
        instance.Run();
        Assert.That(budget.Used, Is.Zero);
    }

    [Test]
    public void Start_ThatGrows_TakesWhatItHas()
    {
        var budget = new CountedBudget(4);
        var instance = Instantiate(
            new ModuleBuilder().Memory(1, export: "memory")
                .Function([], [], code => code.I32Const(2).Op(Opcode.MemoryGrow, 0).Drop()).Start(0),
            Within(budget));
        Assert.That(instance.MemoryBytes, Is.EqualTo(3 * PageBytes));
        Assert.That(budget.Used, Is.EqualTo(3));
    }

    [TestCase(2, 2)]
    [TestCase(3, -1)]
    public void Memories_OfOneInstance_HaveNoMoreThanWasTaken(int pages, int answer)
    {
        var budget = new CountedBudget(7);
        var instance = Instantiate(OfTwoMemories(pages), Within(budget));
        Assert.That(instance.Run(), Is.EqualTo(answer));
        Assert.That(budget.Used, Is.InRange(answer < 0 ? 3 : 5, 7));
        instance.Dispose();
        Assert.That(budget.Used, Is.Zero);
    }

    [Test]
    public void Memories_WithoutRoomForAll_AreRefusedAndTakeNothing()
    {
        var budget = new CountedBudget(2);
        var instance = Create(OfTwoMemories(1), Within(budget));
        Assert.That(FaultOf(() => instance.Instantiate([])).Kind, Is.EqualTo(EngineFaultKind.MemoryLimit));
        instance.Dispose();
        Assert.That(budget.Used, Is.Zero);
    }

    [Test]
    public void Instances_ThatRace_HaveExactlyWhatWasTaken()
    {
        const int Threads = 4;
        const int Rounds = 25;
        var budget = new CountedBudget(12);
        var module = Compile(Growing(1));
        var instances = Enumerable.Range(0, Threads).Select(_ => Create(module, Within(budget))).ToArray();
        Array.ForEach(instances, instance =>
        {
            instance.Instantiate([]);
            Assert.That(instance.TryCapture());
        });
        using var barrier = new Barrier(Threads, _ => Assert.That(
            instances.Sum(instance => instance.MemoryBytes), Is.EqualTo(budget.Used * (long)PageBytes)));
        ThreadSet.Run(Threads, thread =>
        {
            var instance = instances[thread];
            for (var round = 0; round < Rounds; round++)
            {
                for (var growth = 0; growth <= thread + (round % 5); growth++)
                {
                    instance.Run();
                }

                barrier.SignalAndWait();
                if ((thread + round) % 3 != 0)
                {
                    instance.Restore();
                }
            }

            instance.Dispose();
        });
        Assert.That(budget.Used, Is.Zero);
    }

    private static EngineLimits Within(CountedBudget budget) => Limits with { MemoryBudget = budget };

    private static ModuleBuilder OfTwoMemories(int growth) => new ModuleBuilder()
        .Memory(1, 3, export: "memory").Memory(2, 4)
        .Function([], [I32], code => code.I32Const(growth).Op(Opcode.MemoryGrow, 1), export: "run");

    private static ModuleBuilder Growing(int pages) => new ModuleBuilder()
        .Memory(2, export: "memory")
        .Function([], [I32], code => code.I32Const(pages).Op(Opcode.MemoryGrow, 0), export: "run");
}
