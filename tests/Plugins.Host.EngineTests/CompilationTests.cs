using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class CompilationTests(TestedEngine tested) : EngineContract(tested)
{
    private static IEnumerable<TestCaseData> NoModules()
    {
        yield return Bytes("nothing", 0, []);
        yield return Bytes("three bytes", 3, [0, 1, 2]);
        yield return Bytes("another magic number", 0, [.. "\0ASM"u8, 1, 0, 0, 0]);
        yield return Bytes("another version", 4, [.. "\0asm"u8, 2, 0, 0, 0]);
        yield return Bytes("text", 0, "(module)"u8.ToArray());
        yield return Bytes("an unknown section", 8, ModuleBuilder.Assemble(ModuleBuilder.Section(77)));
        yield return Bytes("sections out of order", 11, ModuleBuilder.Assemble(
            ModuleBuilder.Section(3, 0), ModuleBuilder.Section(1, 0)));
    }

    [TestCaseSource(nameof(NoModules))]
    public void Bytes_ThatAreNoModule_AreMalformed(byte[] bytes, int offset)
    {
        var fault = FaultOf(() => Engine.Compile(bytes, ModuleLimits.Default, meterFuel: true));
        Assert.That((fault.Kind, fault.Offset), Is.EqualTo((EngineFaultKind.Malformed, (int?)offset)));
        Assert.That(fault.Reason, Is.Not.Empty);
    }

    [Test]
    public void Compilation_Cancelled_Stops() => Assert.That(
        () => Engine.Compile(Sample().Build(), ModuleLimits.Default, true, new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Bytes_CutAnywhere_AreRefused()
    {
        var whole = Sample().Build();
        for (var length = 0; length < whole.Length; length++)
        {
            // A cut between two sections may leave a whole module, which must be compiled or refused as invalid.
            var part = whole[..length];
            var exception = Compiles(part) ? null : FaultOf(() => Engine.Compile(part, ModuleLimits.Default, true));
            Assert.That(
                exception?.Kind,
                Is.Null.Or.EqualTo(EngineFaultKind.Malformed).Or.EqualTo(EngineFaultKind.Invalid),
                $"{length} bytes");
        }
    }

    private static IEnumerable<TestCaseData> InvalidModules()
    {
        yield return Module("no result", new ModuleBuilder().Function([], [I32], _ => { }));
        yield return Module("another type", new ModuleBuilder().Function([], [I32], code => code.I64Const(1)));
        yield return Module("an unknown function", new ModuleBuilder().Function([], [], code => code.Call(7)));
        yield return Module("an unknown local", new ModuleBuilder().Function([], [], c => c.LocalGet(0).Drop()));
        yield return Module("no memory", new ModuleBuilder().Function([], [], c => c.Op(Opcode.MemorySize, 0).Drop()));
        yield return Module("an immutable global set", new ModuleBuilder().Global(I32)
            .Function([], [], code => code.I32Const(1).GlobalSet(0)));
        yield return Module("an export twice", new ModuleBuilder().Table(1, export: "t").Table(1, export: "t"));
        yield return Module("an unknown start", new ModuleBuilder().Start(3));
        yield return Module("a start with a result", new ModuleBuilder()
            .Function([], [I32], code => code.I32Const(1)).Start(0));
        yield return Module("a memory past 4 GiB", new ModuleBuilder().Memory(65_537));
        yield return Module("a maximum below the minimum", new ModuleBuilder().Memory(2, 1));
    }

    [TestCaseSource(nameof(InvalidModules))]
    public void Module_ThatBreaksARule_IsInvalid(object module)
    {
        var fault = FaultOf(() => Compile((ModuleBuilder)module));
        Assert.That(fault.Kind, Is.EqualTo(EngineFaultKind.Invalid));
        Assert.That(fault.Reason, Is.Not.Empty);
    }

    [Test]
    public void Module_ThatBreaksARule_TellsWhere()
    {
        var module = new ModuleBuilder().Function([], [], code => code.Op(Opcode.Nop).Op(Opcode.I32Add).Drop()).Build();
        var fault = FaultOf(() => Engine.Compile(module, ModuleLimits.Default, meterFuel: true));
        Assert.That(fault.Offset, Is.EqualTo(Array.LastIndexOf(module, (byte)Opcode.I32Add)));
    }

    private static IEnumerable<TestCaseData> LargeModules()
    {
        yield return Large(nameof(ModuleLimits.Functions), l => l with { Functions = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.Types), l => l with { Types = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.Imports), l => l with { Imports = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.Exports), l => l with { Exports = 1 }, 1, 3);
        yield return Large(nameof(ModuleLimits.Globals), l => l with { Globals = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.Tables), l => l with { Tables = 0 }, 0, 1);
        yield return Large(nameof(ModuleLimits.Memories), l => l with { Memories = 0 }, 0, 1);
        yield return Large(nameof(ModuleLimits.DataSegments), l => l with { DataSegments = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.ElementSegments), l => l with { ElementSegments = 0 }, 0, 1);
        yield return Large(nameof(ModuleLimits.Locals), l => l with { Locals = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.Parameters), l => l with { Parameters = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.NestingDepth), l => l with { NestingDepth = 1 }, 1, 2);
        yield return Large(nameof(ModuleLimits.FunctionBodyBytes), l => l with { FunctionBodyBytes = 9 }, 9, 18);
        yield return Large(nameof(ModuleLimits.ModuleBytes), l => l with { ModuleBytes = 100 }, 100, 192);
    }

    [TestCaseSource(nameof(LargeModules))]
    public void Module_AboveALimit_IsRefusedWithTheNumbers(
        string limit, Func<ModuleLimits, ModuleLimits> change, long allowed, long requested)
    {
        var module = Sample().Build();
        var fault = FaultOf(() => Engine.Compile(module, change(ModuleLimits.Default), meterFuel: true));
        Assert.That(fault.Kind, Is.EqualTo(EngineFaultKind.ModuleLimit));
        Assert.That(
            (fault.Subject, fault.Allowed, fault.Requested), Is.EqualTo((limit, allowed, requested)));
    }

    [Test]
    public void Module_WithinTheLimits_TellsItsImportsAndExports([Values] bool meterFuel)
    {
        var module = Compile(Sample(), meterFuel);
        Assert.That(
            module.Imports.Select(import => $"{import.Module}.{import.Name} {import.Type}"),
            Is.EqualTo(new[] { "host.f (I32, I32) -> ()", "host.g () -> (I32)" }));
        Assert.That(
            module.Exports.Select(export => $"{export.Name} {export.Type.Kind} {export.Index}"),
            Is.EqualTo(new[] { "memory Memory 0", "run Function 2", "deep Function 3" }));
        Assert.That(((MemoryType)module.Exports[0].Type).Limits, Is.EqualTo(new Wasm.Types.Limits(1, 3)));
    }

    [Test]
    public void Bytes_ChangedAfterCompilation_ChangeNothing()
    {
        var bytes = Answering(42).Build();
        var module = Engine.Compile(bytes, ModuleLimits.Default, meterFuel: true);
        Array.Clear(bytes);
        var instance = Create(module);
        instance.Instantiate([]);
        Assert.That(instance.Run(), Is.EqualTo(42));
    }

    [Test]
    public void Module_CompiledByManyThreads_IsTheSameForAll()
    {
        var bytes = Answering(42).Build();
        var answers = new int[16];
        ThreadSet.Run(answers.Length, number =>
        {
            for (var round = 0; round < 10; round++)
            {
                var module = Engine.Compile(bytes, ModuleLimits.Default, meterFuel: number % 2 == 0);
                using var instance = module.CreateInstance(Limits);
                instance.Fuel = Plenty;
                instance.Instantiate([]);
                answers[number] += instance.Run();
            }
        });
        Assert.That(answers, Is.All.EqualTo(420));
    }

    [Test]
    public void Module_EmptyOrOfCustomSections_IsAModule()
    {
        Assert.That(() => Instantiate(new ModuleBuilder()), Throws.Nothing);
        Assert.That(() => Instantiate(new ModuleBuilder().Custom("name", 9, 9, 9).Custom("x")), Throws.Nothing);
    }

    [Test]
    public void Exception_OfSomebodyElse_IsNotExplained()
    {
        Assert.That(Engine.Describe(new InvalidOperationException("somebody's")), Is.Null);
        Assert.That(Engine.Describe(new TimeoutException("also")), Is.Null);
    }

    private bool Compiles(byte[] bytes)
    {
        try
        {
            return Engine.Compile(bytes, ModuleLimits.Default, meterFuel: true) is not null;
        }
        catch (Exception exception) when (Engine.Describe(exception) is not null)
        {
            return false;
        }
    }

    private static ModuleBuilder Answering(int answer) =>
        new ModuleBuilder().Function([], [I32], code => code.I32Const(answer), export: "run");

    // Two or more of everything that may be there more than once.
    private static ModuleBuilder Sample() => new ModuleBuilder()
        .ImportFunction(Host, "f", [I32, I32], [])
        .ImportFunction(Host, "g", [], [I32])
        .Memory(1, 3, export: "memory")
        .Table(2)
        .Global(I32)
        .Global(I64, isMutable: true)
        .Elements(0, 2)
        .Data(0, 1, 2, 3)
        .PassiveData(4, 5)
        .Function([], [I32], code => code.I32Const(1), export: "run")
        .Function([], [I32], export: "deep", locals: [I32, F64], code: code => code
            .Block().Loop().I32Const(0).BrIf(0).End().End().I32Const(3))
        .Custom("padding", new byte[32]);

    private static TestCaseData Bytes(string name, int offset, byte[] bytes) =>
        new TestCaseData(bytes, offset).SetArgDisplayNames(name);

    private static TestCaseData Module(string name, ModuleBuilder module) =>
        new TestCaseData(module).SetArgDisplayNames(name);

    private static TestCaseData Large(
        string limit, Func<ModuleLimits, ModuleLimits> change, long allowed, long requested) =>
        new TestCaseData(limit, change, allowed, requested).SetArgDisplayNames(limit);
}
