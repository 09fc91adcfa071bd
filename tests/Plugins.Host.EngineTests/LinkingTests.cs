using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class LinkingTests(TestedEngine tested) : EngineContract(tested)
{
    private static readonly int[] Edges = [0, 1, -1, int.MaxValue, int.MinValue];

    [TestCaseSource(nameof(Edges))]
    public void Import_OfNoParameters_GivesItsResult(int value)
    {
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [], [I32])
                .Function([], [I32], code => code.Call(0), export: "run"),
            Import("f", new Func<int>(() => value)));
        Assert.That(instance.Run(), Is.EqualTo(value));
    }

    [Test]
    public void Import_OfTwoParametersAndAResult_SeesAndGivesThem(
        [ValueSource(nameof(Edges))] int first, [ValueSource(nameof(Edges))] int second)
    {
        var seen = (0, 0);
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [I32, I32], [I32])
                .Function([], [I32], code => code.I32Const(first).I32Const(second).Call(0), export: "run"),
            Import("f", new Func<int, int, int>((a, b) =>
            {
                seen = (a, b);
                return a ^ (b << 1);
            })));
        Assert.That(instance.Run(), Is.EqualTo(first ^ (second << 1)));
        Assert.That(seen, Is.EqualTo((first, second)));
    }

    [Test]
    public void Import_OfTwoParameters_SeesThem(
        [ValueSource(nameof(Edges))] int first, [ValueSource(nameof(Edges))] int second)
    {
        var seen = (0, 0);
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [I32, I32], [])
                .Function([], [], code => code.I32Const(first).I32Const(second).Call(0), export: "act"),
            Import("f", new Action<int, int>((a, b) => seen = (a, b))));
        instance.Act("act");
        Assert.That(seen, Is.EqualTo((first, second)));
    }

    [TestCaseSource(nameof(Edges))]
    public void Import_OfThreeParameters_SeesThem(int value)
    {
        var seen = (0, 0, 0);
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [I32, I32, I32], [])
                .Function([], [], code => code.I32Const(1).I32Const(value).I32Const(3).Call(0), export: "act"),
            Import("f", new Action<int, int, int>((a, b, c) => seen = (a, b, c))));
        instance.Act("act");
        Assert.That(seen, Is.EqualTo((1, value, 3)));
    }

    [Test]
    public void Imports_InAnyOrder_AreFoundByTheirNames()
    {
        var module = new ModuleBuilder()
            .ImportFunction("a", "f", [], [I32])
            .ImportFunction("b", "f", [], [I32])
            .ImportFunction("a", "g", [], [I32])
            .Function([], [I32], export: "run", code: code => code
                .Call(0).I32Const(100).Op(Opcode.I32Mul)
                .Call(1).I32Const(10).Op(Opcode.I32Mul).Op(Opcode.I32Add)
                .Call(2).Op(Opcode.I32Add));
        var instance = Instantiate(
            module,
            new HostImport("a", "unused", new Func<int>(() => 9)),
            new HostImport("a", "g", new Func<int>(() => 3)),
            new HostImport("b", "f", new Func<int>(() => 2)),
            new HostImport("a", "f", new Func<int>(() => 1)));
        Assert.That(instance.Run(), Is.EqualTo(123));
    }

    [Test]
    public void Import_AskedForTwice_IsLinkedTwice()
    {
        var calls = 0;
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [], [I32]).ImportFunction(Host, "f", [], [I32])
                .Function([], [I32], code => code.Call(0).Drop().Call(1), export: "run"),
            Import("f", new Func<int>(() => ++calls)));
        Assert.That(instance.Run(), Is.EqualTo(2));
    }

    [Test]
    public void Import_ThatIsExportedAgain_CanBeCalled()
    {
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [], [I32]).Export("run", ExternKind.Function, 0),
            Import("f", new Func<int>(() => 7)));
        Assert.That(instance.Run(), Is.EqualTo(7));
    }

    [Test]
    public void Import_ThroughATable_CanBeCalled()
    {
        var instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [], [I32]).Table(1).Elements(0, 0)
                .Function([], [I32], code => code.I32Const(0).CallIndirect(0), export: "run"),
            Import("f", new Func<int>(() => 7)));
        Assert.That(instance.Run(), Is.EqualTo(7));
    }

    [TestCase("other", "f")]
    [TestCase(Host, "other")]
    [TestCase("", "")]
    [TestCase("HOST", "f")]
    public void Import_ThatNobodyDefines_IsRefused(string module, string name)
    {
        var builder = new ModuleBuilder().ImportFunction(module, name, [], [I32]);
        Expect(builder, name);
    }

    private static IEnumerable<TestCaseData> OtherTypes()
    {
        yield return new TestCaseData(new ValueKind[] { I32 }, new[] { I32 }).SetArgDisplayNames("a parameter more");
        yield return new TestCaseData(Array.Empty<ValueKind>(), Array.Empty<ValueKind>())
            .SetArgDisplayNames("no result");
        yield return new TestCaseData(Array.Empty<ValueKind>(), new[] { I64 }).SetArgDisplayNames("another result");
        yield return new TestCaseData(Array.Empty<ValueKind>(), new[] { I32, I32 }).SetArgDisplayNames("two results");
        yield return new TestCaseData(new ValueKind[] { I64 }, new[] { I32 }).SetArgDisplayNames("another parameter");
    }

    [TestCaseSource(nameof(OtherTypes))]
    public void Import_OfAnotherType_IsRefused(ValueKind[] parameters, ValueKind[] results) =>
        Expect(new ModuleBuilder().ImportFunction(Host, "f", parameters, results), "f");

    private static IEnumerable<TestCaseData> OtherKinds()
    {
        yield return new TestCaseData(new ModuleBuilder().ImportMemory(Host, "f", 1)).SetArgDisplayNames("memory");
        yield return new TestCaseData(new ModuleBuilder().ImportTable(Host, "f", 1)).SetArgDisplayNames("table");
        yield return new TestCaseData(new ModuleBuilder().ImportGlobal(Host, "f", I32)).SetArgDisplayNames("global");
    }

    [TestCaseSource(nameof(OtherKinds))]
    public void Import_OfAnotherKind_IsRefused(object module) => Expect((ModuleBuilder)module, "f");

    [Test]
    public void Import_WhoseStartWouldRun_IsRefusedBeforeIt()
    {
        var calls = 0;
        var instance = Create(new ModuleBuilder()
            .ImportFunction(Host, "f", [], [I32])
            .ImportFunction(Host, "missing", [], [])
            .Function([], [], code => code.Call(0).Drop())
            .Start(2));
        var fault = FaultOf(() => instance.Instantiate([Import("f", new Func<int>(() => ++calls))]));
        Assert.That((fault.Kind, fault.Subject, calls), Is.EqualTo((EngineFaultKind.Link, "missing", 0)));
    }

    [Test]
    public void Function_OfAnUnsupportedShape_IsMisuse()
    {
        var instance = Create(new ModuleBuilder().ImportFunction(Host, "f", [I64], []));
        Assert.That(
            () => instance.Instantiate([Import("f", new Action<long>(_ => { }))]), Throws.ArgumentException);
    }

    private void Expect(ModuleBuilder module, string name)
    {
        var instance = Create(module);
        var fault = FaultOf(() => instance.Instantiate([Import("f", new Func<int>(() => 1))]));
        Assert.That((fault.Kind, fault.Subject), Is.EqualTo((EngineFaultKind.Link, name)));
        Assert.That(fault.Reason, Is.Not.Empty);
    }
}
