using System.Runtime.CompilerServices;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Instances;
using Plugins.Host.Wasmtime.Loading;
using Plugins.Host.Wasmtime.Native;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Wasmtime.Tests;

[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class WasmtimeEngineTests(string library)
{
    private WasmtimeEngine Engine => TestEngines.For(library);

    [Test]
    public void LibraryPath_OfAnEngine_IsTheFileThatWasLoaded()
    {
        var path = Engine.LibraryPath;
        Assert.That(path, Does.Exist.And.EndsWith(LibraryLocator.FileName));
        Assert.That(path, Is.EqualTo(WasmtimeLibraries.PathOf(library) ?? path));
    }

    [Test]
    public void Features_OfTheEngine_AreThoseThatAreSwitchedOn()
    {
        foreach (var proposal in Proposals.Switched)
        {
            Assert.That(Engine.Features.Contains(proposal.Feature), Is.EqualTo(proposal.IsOn), proposal.Feature);
        }

        Assert.That(Proposals.Switched, Has.One.With.Property(nameof(Proposal.Feature)).EqualTo("compact-imports"));
    }

    [Test]
    public void Version_OfAnEngine_IsItsLibrarys() =>
        Assert.That(Engine.Version, Is.EqualTo(library == WasmtimeLibraries.Package ? "50" : library));

    [Test]
    public void Bytes_CompiledTwice_ShareTheirCode()
    {
        var first = Code(Engine.Compile(Answer(1)));
        Assert.That(Code(Engine.Compile(Answer(1))), Is.SameAs(first));
        Assert.That(Code(Engine.Compile(Answer(2))), Is.Not.SameAs(first));
        Assert.That(Code(Engine.Compile(Answer(1), meterFuel: false)), Is.Not.SameAs(first));
    }

    [Test]
    public void Bytes_CompiledByManyThreads_ShareTheirCode()
    {
        var module = Answer(3).Build();
        var engine = Engine;
        var codes = ParallelEnumerable.Range(0, 16).WithDegreeOfParallelism(8)
            .Select(_ => Code(engine.Compile(module, ModuleLimits.Default, meterFuel: true))).ToArray();
        Assert.That(codes.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Code_NobodyUses_IsReleased()
    {
        var code = CompileAndForget();
        for (var round = 0; code.IsAlive && round < 10; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(code.IsAlive, Is.False);
    }

    [Test]
    public void Limits_OfALaterCompilation_HoldForKnownBytes()
    {
        Engine.Compile(Answer(4));
        var fault = Engine.FaultOf(() =>
            Engine.Compile(Answer(4).Build(), ModuleLimits.Default with { Functions = 0 }, meterFuel: true));
        Assert.That((fault.Kind, fault.Subject), Is.EqualTo((EngineFaultKind.ModuleLimit, "Functions")));
    }

    [Test]
    public void Engine_Disposed_RefusesToCompileAndLeavesTheRestAlone()
    {
        var engine = new WasmtimeEngine(Options());
        var module = engine.Compile(Answer(5));
        using var before = module.Start();
        engine.Dispose();
        engine.Dispose();
        using var after = module.Start();
        Assert.That((before.Run(), after.Run()), Is.EqualTo((5, 5)));
        after.Interrupt();
        Assert.That(engine.FaultOf(() => after.Run()).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
        Assert.That(() => engine.Compile(Answer(5)), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Engine_Forgotten_LeavesItsInstancesAlone()
    {
        using var instance = StartAndForgetTheEngine();
        Collect();
        Assert.That(instance.Run(), Is.EqualTo(6));
    }

    [Test]
    public void Pool_ThatIsFull_RefusesWithItsNumbersAndTakesTheNextAfterADisposal()
    {
        using var engine = new WasmtimeEngine(Options() with { PooledInstances = 2 });
        var module = engine.Compile(Answer(7).Memory(1).Table(1));
        using var first = module.Start();
        var second = module.Start();
        var fault = engine.FaultOf(() => module.Start());
        Assert.That(
            (fault.Kind, fault.Subject, fault.Allowed, fault.Requested),
            Is.EqualTo((EngineFaultKind.InstanceLimit, nameof(WasmtimeEngineOptions.PooledInstances), 2, 3)));
        second.Dispose();
        using var third = module.Start();
        Assert.That((first.Run(), third.Run()), Is.EqualTo((7, 7)));
    }

    [Test]
    public void Pool_OfInstancesThatFailed_HasTheirPlacesBack()
    {
        using var engine = new WasmtimeEngine(Options() with { PooledInstances = 1 });
        var trapping = engine.Compile(new ModuleBuilder()
            .Function([], [], code => code.Op(Wasm.Binary.Opcode.Unreachable)).Start(0));
        for (var round = 0; round < 5; round++)
        {
            using var instance = trapping.CreateInstance(Guests.Limits);
            Assert.That(engine.FaultOf(() => instance.Instantiate([])).Kind, Is.EqualTo(EngineFaultKind.Trap));
        }
    }

    [TestCase(0, 1u, 100)]
    [TestCase(1, 200u, 100)]
    public void Module_ThatDoesNotFitThePool_RunsWithoutIt(int places, uint elements, int pooledElements)
    {
        using var engine = new WasmtimeEngine(
            Options() with { PooledInstances = places, PooledTableElements = pooledElements });
        var module = engine.Compile(Answer(8).Memory(1).Table(elements));
        var instances = Enumerable.Range(0, 3).Select(_ => module.Start()).ToArray();
        Assert.That(instances.Select(instance => instance.Run()), Is.All.EqualTo(8));
        Array.ForEach(instances, instance => instance.Dispose());
    }

    [Test]
    public void Pool_LargerThanAnyAddressSpace_IsRefusedInsteadOfEndingTheProcess()
    {
        using var engine = new WasmtimeEngine(Options() with { PooledInstances = 1_000_000 });
        var refusal = Assert.Throws<WasmtimeAddressSpaceException>(() => engine.Compile(Answer(9)))!;
        Assert.That(refusal.Instances, Is.EqualTo(1_000_000));
        Assert.That(refusal.Bytes, Is.GreaterThan(1_000_000L << 32));
    }

    [TestCase(nameof(WasmtimeEngineOptions.StackBytes), (64 * 1024) - 1)]
    [TestCase(nameof(WasmtimeEngineOptions.StackBytes), (16 * 1024 * 1024) + 1)]
    [TestCase(nameof(WasmtimeEngineOptions.PooledInstances), -1)]
    [TestCase(nameof(WasmtimeEngineOptions.PooledInstances), 1_000_001)]
    [TestCase(nameof(WasmtimeEngineOptions.PooledTableElements), -1)]
    [TestCase(nameof(WasmtimeEngineOptions.PooledTableElements), 10_000_001)]
    [TestCase(nameof(WasmtimeEngineOptions.ResidentMemoryBytes), -1)]
    public void Option_OutOfRange_IsMisuse(string option, int value)
    {
        var options = Options();
        typeof(WasmtimeEngineOptions).GetProperty(option)!.SetValue(options, value);
        Assert.That(
            () => new WasmtimeEngine(options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(option));
    }

    [Test]
    public void Exception_OfTheEmbeddedEnginesGuests_IsNotExplained()
    {
        var embedded = EmbeddedEngine.Instance;
        using var instance = embedded.Instantiate(new ModuleBuilder()
            .Function([], [I32], code => code.Op(Wasm.Binary.Opcode.Unreachable), export: "run"));
        var exception = Assert.Catch(() => instance.Run())!;
        Assert.That(Engine.Describe(exception), Is.Null);
        Assert.That(embedded.Describe(exception), Is.Not.Null);
    }

    private static ModuleBuilder Answer(int value) =>
        new ModuleBuilder().Function([], [I32], code => code.I32Const(value), export: "run");

    private static NativeModule Code(IEngineModule module) => ((WasmtimeModule)module).Code;

    private WasmtimeEngineOptions Options() => TestEngines.Options(library);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference CompileAndForget() => new(Code(Engine.Compile(Answer(10))));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IEngineInstance StartAndForgetTheEngine() => new WasmtimeEngine(Options()).Compile(Answer(6)).Start();

    private static void Collect()
    {
        for (var round = 0; round < 5; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
