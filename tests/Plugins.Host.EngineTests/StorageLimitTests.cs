using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Memory and tables, at instantiation and when they grow.</summary>
internal sealed class StorageLimitTests(TestedEngine tested) : EngineContract(tested)
{
    [TestCase(10u, 10u, true)]
    [TestCase(11u, 10u, false)]
    [TestCase(65_536u, 10u, false)]
    public void Memory_AtInstantiation_IsHeldToItsPages(uint pages, uint limit, bool fits) => Expect(
        new ModuleBuilder().Memory(pages, export: "memory"),
        Limits with { MemoryPages = limit },
        fits ? null : (EngineFaultKind.MemoryLimit, nameof(EngineLimits.MemoryPages), limit, pages));

    [TestCase(100u, 100u, true)]
    [TestCase(101u, 100u, false)]
    [TestCase(10_000_000u, 100u, false)]
    public void Table_AtInstantiation_IsHeldToItsElements(uint elements, uint limit, bool fits) => Expect(
        new ModuleBuilder().Table(elements),
        Limits with { TableElements = limit },
        fits ? null : (EngineFaultKind.InstanceLimit, nameof(EngineLimits.TableElements), limit, elements));

    [TestCase(50u, true)]
    [TestCase(51u, false)]
    public void Tables_AtInstantiation_ShareTheirElements(uint elements, bool fits) => Expect(
        new ModuleBuilder().Table(50).Table(elements, kind: ExternRef),
        Limits with { TableElements = 100 },
        fits ? null : (EngineFaultKind.InstanceLimit, nameof(EngineLimits.TableElements), 100, 50 + elements));

    [TestCase(3, 1, 4)]
    [TestCase(0, 1, 1)]
    [TestCase(4, -1, 1)]
    [TestCase(65_535, -1, 1)]
    [TestCase(65_536, -1, 1)]
    [TestCase(-1, -1, 1)]
    [TestCase(int.MinValue, -1, 1)]
    public void Memory_WhenItGrows_IsHeldToItsPages(int pages, int answer, int size)
    {
        var instance = Instantiate(Growing(code => code.I32Const(pages)), Limits with { MemoryPages = 4 });
        instance.GrowthRefused = false;
        Assert.That(instance.Run(), Is.EqualTo(answer));
        Assert.That(instance.Run("size"), Is.EqualTo(size));
        Assert.That(instance.TryGetMemory(0, (uint)size * PageBytes, out _));
        Assert.That(instance.TryGetMemory(0, ((uint)size * PageBytes) + 1, out _), Is.False);
        Assert.That(instance.GrowthRefused, Is.EqualTo(answer < 0 && Traits.TellsRefusedGrowth));
    }

    [Test]
    public void Memory_GrownPageByPage_EndsAtItsLimit()
    {
        var instance = Instantiate(Growing(code => code.I32Const(1)), Limits with { MemoryPages = 100 });
        var answers = Enumerable.Range(0, 110).Select(_ => instance.Run()).ToArray();
        Assert.That(answers[..99], Is.EqualTo(Enumerable.Range(1, 99)));
        Assert.That(answers[99..], Is.All.EqualTo(-1));
    }

    [Test]
    public void Memory_PastItsOwnMaximum_DoesNotGrow()
    {
        var instance = Instantiate(Growing(code => code.I32Const(2), maximum: 2));
        Assert.That((instance.Run(), instance.Run("size")), Is.EqualTo((-1, 1)));
    }

    [Test]
    public void Memory_GrownByStart_IsHeldToItsPages()
    {
        var module = Growing(code => code.I32Const(1))
            .Function([], [], code => code.I32Const(9).Op(Opcode.MemoryGrow, 0).Drop()).Start(2);
        var instance = Create(module, Limits with { MemoryPages = 9 });
        instance.Instantiate([]);
        Assert.That(instance.Run("size"), Is.EqualTo(1));
        Assert.That(instance.GrowthRefused, Is.EqualTo(Traits.TellsRefusedGrowth));
    }

    [Test]
    public void GrowthRefused_SetBack_IsToldAnew()
    {
        var instance = Instantiate(Growing(code => code.I32Const(9)), Limits with { MemoryPages = 4 });
        for (var round = 0; round < 3; round++)
        {
            instance.Run();
            Assert.That(instance.GrowthRefused, Is.EqualTo(Traits.TellsRefusedGrowth));
            instance.GrowthRefused = false;
            Assert.That(instance.GrowthRefused, Is.False);
        }
    }

    [Test]
    public void Memory_WhoseGrowthWasGranted_IsNotToldAsRefused()
    {
        var instance = Instantiate(Growing(code => code.I32Const(1)), Limits with { MemoryPages = 4 });
        instance.GrowthRefused = false;
        instance.Run();
        Assert.That(instance.GrowthRefused, Is.False);
    }

    [TestCase(30, 10)]
    [TestCase(0, 10)]
    [TestCase(31, -1)]
    [TestCase(-1, -1)]
    public void Table_WhenItGrows_IsHeldToItsElements(int elements, int answer)
    {
        var instance = Instantiate(
            new ModuleBuilder().Memory(1, export: "memory").Table(10)
                .Function([], [I32], export: "run", code: code => code
                    .RefNull(FuncRef).I32Const(elements).Op(Opcode.TableGrow, 0))
                .Function([], [I32], code => code.Op(Opcode.TableSize, 0), export: "size"),
            Limits with { TableElements = 40 });
        instance.GrowthRefused = false;

        // An engine may charge for every element asked for, granted or not.
        instance.Fuel = long.MaxValue;
        Assert.That(instance.Run(), Is.EqualTo(answer));
        Assert.That(instance.Run("size"), Is.EqualTo(answer < 0 ? 10 : 10 + elements));
        Assert.That(instance.GrowthRefused, Is.False);
    }

    [Test]
    public void Tables_WhenTheyGrow_NeverHaveMoreThanTheirElementsTogether()
    {
        var instance = Instantiate(
            new ModuleBuilder().Table(10).Table(10, kind: ExternRef)
                .Function([], [I32], c => c.RefNull(FuncRef).I32Const(15).Op(Opcode.TableGrow, 0), export: "one")
                .Function([], [I32], c => c.RefNull(ExternRef).I32Const(15).Op(Opcode.TableGrow, 1), export: "two")
                .Function([], [I32], export: "size", code: code => code
                    .Op(Opcode.TableSize, 0).Op(Opcode.TableSize, 1).Op(Opcode.I32Add)),
            Limits with { TableElements = 40 });
        instance.Run("one");
        instance.Run("two");
        Assert.That(instance.Run("size"), Is.LessThanOrEqualTo(40));
    }

    [Test]
    public void Tables_OfUnequalSizes_FitIfTheEngineCountsThemTogether()
    {
        var instance = Create(new ModuleBuilder().Table(90).Table(5), Limits with { TableElements = 100 });
        var exception = ExceptionOf(() => instance.Instantiate([]));
        Assert.That(
            exception is null ? null : Engine.Describe(exception)?.Kind,
            Traits.CountsTablesTogether ? Is.Null : Is.EqualTo(EngineFaultKind.InstanceLimit));
    }

    [Test]
    public void Limits_OfOneInstance_AreNotThoseOfAnother()
    {
        var module = Compile(Growing(code => code.I32Const(5)));
        var small = Create(module, Limits with { MemoryPages = 4 });
        var large = Create(module, Limits with { MemoryPages = 6 });
        small.Instantiate([]);
        large.Instantiate([]);
        Assert.That((small.Run(), large.Run()), Is.EqualTo((-1, 1)));
    }

    private void Expect(
        ModuleBuilder module, EngineLimits limits, (EngineFaultKind, string?, long, long)? expected)
    {
        var instance = Create(module, limits);
        if (expected is null)
        {
            Assert.That(() => instance.Instantiate([]), Throws.Nothing);
            return;
        }

        var fault = FaultOf(() => instance.Instantiate([]));
        Assert.That((fault.Kind, fault.Subject, fault.Allowed, fault.Requested), Is.EqualTo(expected.Value));
    }

    private static ModuleBuilder Growing(Action<CodeBuilder> pages, uint? maximum = null) => new ModuleBuilder()
        .Memory(1, maximum, export: "memory")
        .Function([], [I32], export: "run", code: code =>
        {
            pages(code);
            code.Op(Opcode.MemoryGrow, 0);
        })
        .Function([], [I32], code => code.Op(Opcode.MemorySize, 0), export: "size");
}
