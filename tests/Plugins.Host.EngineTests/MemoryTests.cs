using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class MemoryTests(TestedEngine tested) : EngineContract(tested)
{
    private const uint Bytes = 2 * PageBytes;

    [TestCase(0u, 0u, true)]
    [TestCase(0u, 1u, true)]
    [TestCase(0u, Bytes, true)]
    [TestCase(Bytes - 1, 1u, true)]
    [TestCase(Bytes, 0u, true)]
    [TestCase(Bytes + 1, 0u, false)]
    [TestCase(Bytes, 1u, false)]
    [TestCase(Bytes - 1, 2u, false)]
    [TestCase(0u, Bytes + 1, false)]
    [TestCase(0u, uint.MaxValue, false)]
    [TestCase(uint.MaxValue, 0u, false)]
    [TestCase(uint.MaxValue, 1u, false)]
    [TestCase(uint.MaxValue, uint.MaxValue, false)]
    [TestCase(1u, uint.MaxValue, false)]
    [TestCase(0x8000_0000u, 0x8000_0000u, false)]
    public void Range_AnyWhere_IsGivenWholeOrNotAtAll(uint address, uint length, bool isInside)
    {
        var instance = Instantiate(new ModuleBuilder().Memory(2, export: "memory"));
        Assert.That(instance.TryGetMemory(address, length, out var span), Is.EqualTo(isInside));
        Assert.That((uint)span.Length, Is.EqualTo(isInside ? length : 0));
    }

    [Test]
    public void Range_OfNoMemory_IsNotGiven()
    {
        var none = Instantiate(new ModuleBuilder());
        var hidden = Instantiate(new ModuleBuilder().Memory(1, export: "other"));
        var function = Instantiate(new ModuleBuilder().Memory(1).Function([], [], _ => { }, export: "memory"));
        foreach (var instance in (IEngineInstance[])[none, hidden, function])
        {
            Assert.That(instance.TryGetMemory(0, 0, out _), Is.False);
        }
    }

    [Test]
    public void Size_OfNoMemory_IsZero()
    {
        var none = Instantiate(new ModuleBuilder());
        var hidden = Instantiate(new ModuleBuilder().Memory(1, export: "other"));
        var empty = Create(new ModuleBuilder().Memory(1, export: "memory"));
        var disposed = Instantiate(new ModuleBuilder().Memory(1, export: "memory"));
        disposed.Dispose();
        Assert.That(
            new[] { none, hidden, empty, disposed }.Select(instance => instance.MemoryBytes), Is.All.Zero);
    }

    [Test]
    public void Size_OfAMemory_IsTheOneItHasGrownTo()
    {
        var instance = Instantiate(new ModuleBuilder()
            .Memory(2, export: "memory")
            .Function([], [I32], code => code.I32Const(3).Op(Opcode.MemoryGrow, 0), export: "run"));
        Assert.That(instance.MemoryBytes, Is.EqualTo(2 * PageBytes));
        instance.Run();
        Assert.That(instance.MemoryBytes, Is.EqualTo(5 * PageBytes));
    }

    [Test]
    public void Size_WithinAnImport_IsTheOneOfThatMoment([Values] bool inStart)
    {
        IEngineInstance? instance = null;
        var sizes = new List<long>();
        var module = new ModuleBuilder()
            .ImportFunction(Host, "look", [], [I32])
            .Memory(1, export: "memory")
            .Function([], [], export: "act", code: code => code
                .Call(0).Drop().I32Const(1).Op(Opcode.MemoryGrow, 0).Drop().Call(0).Drop());
        instance = Create(inStart ? module.Start(1) : module);
        instance.Instantiate([Import("look", new Func<int>(() => Count(() => sizes.Add(instance.MemoryBytes))))]);
        if (!inStart)
        {
            instance.Act("act");
        }

        Assert.That(sizes, Is.EqualTo(new long[] { PageBytes, 2 * PageBytes }));
    }

    [Test]
    public void Range_BeforeInstantiation_IsNotGiven()
    {
        var instance = Create(new ModuleBuilder().Memory(1, export: "memory"));
        Assert.That(instance.TryGetMemory(0, 0, out _), Is.False);
    }

    [Test]
    public void Bytes_WrittenByEitherSide_AreSeenByTheOther()
    {
        var instance = Instantiate(Adding(100, 1).Data(100, 41));
        Assert.That(instance.ReadInt32(100), Is.EqualTo(41));
        instance.WriteInt32(100, 77);
        Assert.That(instance.Run(), Is.EqualTo(78));
        Assert.That(instance.ReadInt32(100), Is.EqualTo(78));
    }

    [Test]
    public void Memory_OfAnInstance_IsItsOwn()
    {
        var module = Compile(Adding(0, 1));
        var instances = Enumerable.Range(0, 3).Select(_ => Create(module)).ToArray();
        Array.ForEach(instances, instance => instance.Instantiate([]));
        instances[0].WriteInt32(0, 10);
        Assert.That(instances.Select(instance => instance.Run()), Is.EqualTo(new[] { 11, 1, 1 }));
    }

    [Test]
    public void Memory_WithinAnImport_IsReadAndWritten([Values] bool inStart)
    {
        IEngineInstance? instance = null;
        var module = new ModuleBuilder()
            .ImportFunction(Host, "twice", [I32, I32], [])
            .Memory(1, export: "memory")
            .Data(8, 21)
            .Function([], [], code => code.I32Const(8).I32Const(4).Call(0))
            .Function([], [I32], code => code.Call(1).I32Const(8).Access(Opcode.I32Load), export: "run")
            .Function([], [I32], code => code.I32Const(8).Access(Opcode.I32Load), export: "read");
        instance = Create(inStart ? module.Start(1) : module);
        instance.Instantiate([Import("twice", new Action<int, int>((address, length) =>
        {
            Assert.That(instance.TryGetMemory((uint)address, (uint)length, out var span));
            span[0] *= 2;
            Assert.That(instance.TryGetMemory(PageBytes, 1, out _), Is.False);
        }))]);
        Assert.That(inStart ? instance.Run("read") : instance.Run(), Is.EqualTo(42));
    }

    [TestCase("f0", 0)]
    [TestCase("f2", 2)]
    [TestCase("f2r", 2)]
    [TestCase("f3", 3)]
    public void Memory_InStart_IsThereForImportsOfEveryShape(string name, int parameters)
    {
        var seen = -1;
        IEngineInstance? instance = null;
        void Look() => seen = instance!.ReadInt32(4);
        var result = name is "f0" or "f2r" ? new[] { I32 } : [];
        instance = Create(new ModuleBuilder()
            .ImportFunction(Host, name, [.. Enumerable.Repeat(I32, parameters)], result)
            .Memory(1, export: "memory").Data(4, 9)
            .Function([], [], code => (result.Length == 0 ? Call(code) : Call(code).Drop()).Op(Opcode.Nop))
            .Start(1));
        instance.Instantiate(
        [
            Import("f0", new Func<int>(() => Count(Look))),
            Import("f2", new Action<int, int>((_, _) => Look())),
            Import("f2r", new Func<int, int, int>((_, _) => Count(Look))),
            Import("f3", new Action<int, int, int>((_, _, _) => Look())),
        ]);
        Assert.That(seen, Is.EqualTo(9));

        CodeBuilder Call(CodeBuilder code) => code.Repeat(parameters, one => one.I32Const(0)).Call(0);
    }

    [Test]
    public void Memory_GrownDuringACall_IsSeenWhole([Values(1, 40)] int pages)
    {
        IEngineInstance? instance = null;
        var lengths = new List<bool>();
        var module = new ModuleBuilder()
            .ImportFunction(Host, "look", [I32, I32], [])
            .Memory(1, export: "memory").Data(16, 5)
            .Function([], [I32], export: "run", code: code => code
                .I32Const(0).I32Const(0).Call(0)
                .I32Const(pages).Op(Opcode.MemoryGrow, 0).Drop()
                .I32Const(0).I32Const(0).Call(0)
                .I32Const(pages * PageBytes).Access(Opcode.I32Load));
        instance = Instantiate(module, Import("look", new Action<int, int>((_, _) =>
        {
            var isThere = instance!.TryGetMemory((uint)(pages * PageBytes), PageBytes, out var span);
            lengths.Add(isThere);
            if (isThere)
            {
                span[0] = 33;
            }

            Assert.That(instance!.ReadInt32(16), Is.EqualTo(5));
        })));
        Assert.That(instance.Run(), Is.EqualTo(33));
        Assert.That(lengths, Is.EqualTo(new[] { false, true }));
    }

    private static int Count(Action action)
    {
        action();
        return 0;
    }

    private static ModuleBuilder Adding(int address, int amount) => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Function([], [I32], export: "run", code: code => code
            .I32Const(address)
            .I32Const(address).Access(Opcode.I32Load).I32Const(amount).Op(Opcode.I32Add)
            .Access(Opcode.I32Store)
            .I32Const(address).Access(Opcode.I32Load));
}
