using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Wasmtime.Tests.Instances;

/// <summary>Native code does not ask whether its thread has stack left, so it must never run with too little.</summary>
[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class StackTests(string library)
{
    private static readonly int[] StacksKiB = [128, 256, 700, 1536, 8192];

    private WasmtimeEngine Engine => TestEngines.For(library);

    [TestCaseSource(nameof(StacksKiB))]
    public void Recursion_OnAThreadOfAnySize_Traps(int stackKiB)
    {
        using var instance = Engine.Instantiate(Recursive());
        for (var round = 0; round < 3; round++)
        {
            var fault = StackThread.Run(stackKiB, () => Engine.FaultOf(() => instance.Run()));
            Assert.That(fault.Trap, Is.EqualTo(TrapCode.CallStackExhausted));
        }

        Assert.That(StackThread.Run(stackKiB, () => instance.Run("seven")), Is.EqualTo(7));
    }

    [TestCaseSource(nameof(StacksKiB))]
    public void Recursion_ThroughTheHost_Traps(int stackKiB)
    {
        IEngineInstance? instance = null;
        var deepest = 0;
        instance = Engine.Instantiate(Reentrant(), Guests.Import("f", new Func<int>(() =>
        {
            deepest++;
            return UseStack(instance!);
        })));
        var fault = StackThread.Run(stackKiB, () => Engine.FaultOf(() => instance.Run()));
        Assert.That(fault.Trap, Is.EqualTo(TrapCode.CallStackExhausted));
        Assert.That(deepest, Is.GreaterThan(10));
    }

    [TestCaseSource(nameof(StacksKiB))]
    public void HostFunction_AtTheDeepestFrame_HasTheRuntimesReserve(int stackKiB)
    {
        var leastFree = true;
        using var instance = Engine.Instantiate(
            new ModuleBuilder().ImportFunction(Guests.Host, "f", [], [I32])
                .Function([], [I32], code => code.Call(0).Drop().Call(1), export: "run"),
            Guests.Import("f", new Func<int>(() =>
            {
                leastFree &= System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack();
                return 0;
            })));
        StackThread.Run(stackKiB, () => Engine.FaultOf(() => instance.Run()));
        Assert.That(leastFree);
    }

    [Test]
    public void HostFunction_OfACallOnAThreadOfItsOwn_SeesTheCallersContext()
    {
        var local = new AsyncLocal<string>();
        string? seen = null;
        using var instance = Engine.Instantiate(Reentrant(), Guests.Import("f", new Func<int>(() =>
        {
            seen = local.Value;
            return 3;
        })));
        var result = StackThread.Run(128, () =>
        {
            local.Value = "the caller's";
            return instance.Run();
        });
        Assert.That((result, seen), Is.EqualTo((3, "the caller's")));
    }

    [Test]
    public void Exception_OfACallOnAThreadOfItsOwn_ReachesTheCallerUnchanged()
    {
        var thrown = new TimeZoneNotFoundException();
        using var instance = Engine.Instantiate(
            Reentrant(), Guests.Import("f", new Func<int>(() => throw thrown)));
        var caught = StackThread.Run(128, () => Assert.Catch(() => instance.Run()));
        Assert.That(caught, Is.SameAs(thrown));
    }

    [Test]
    public void Fault_InManagedCode_StaysAnOrdinaryException([Values] bool isInGuest)
    {
        // The library's signal handlers come before the runtime's, which makes exceptions of such faults.
        string? nothing = null;
        using var instance = Engine.Instantiate(
            Reentrant(), Guests.Import("f", new Func<int>(() => nothing!.Length)));
        Assert.That(
            () => isInGuest ? instance.Run() : nothing!.Length, Throws.TypeOf<NullReferenceException>());
    }

    [TestCase(64, 128)]
    [TestCase(512, 4_096)]
    public void Stack_OfALargerOption_NestsDeeper(int smallKiB, int largeKiB) =>
        Assert.That(Depth(largeKiB), Is.GreaterThan(Depth(smallKiB) * 3 / 2));

    [Test]
    public void Stack_OfTheLargestOption_IsThereOnAnyThread() =>
        Assert.That(StackThread.Run(256, () => Depth(16 * 1024)), Is.GreaterThan(Depth(4_096)));

    private int Depth(int stackKiB)
    {
        using var engine = new WasmtimeEngine(TestEngines.Options(library) with
        {
            StackBytes = stackKiB * 1024,
        });
        using var instance = engine.Instantiate(Counting());
        Assert.That(engine.FaultOf(() => instance.Run()).Trap, Is.EqualTo(TrapCode.CallStackExhausted));
        return instance.Run("depth");
    }

    private static int UseStack(IEngineInstance instance)
    {
        Span<byte> taken = stackalloc byte[2_000];
        taken[1_999] = 1;
        return instance.Run() + taken[1_998];
    }

    private static ModuleBuilder Reentrant() => new ModuleBuilder()
        .ImportFunction(Guests.Host, "f", [], [I32])
        .Function([], [I32], code => code.Call(0), export: "run");

    private static ModuleBuilder Recursive() => new ModuleBuilder()
        .Function([], [I32], code => code.Call(0).I32Const(1).Op(Opcode.I32Add), export: "run")
        .Function([], [I32], code => code.I32Const(7), export: "seven");

    private static ModuleBuilder Counting() => new ModuleBuilder()
        .Global(I32, isMutable: true)
        .Function([], [I32], export: "run", code: code => code
            .GlobalGet(0).I32Const(1).Op(Opcode.I32Add).GlobalSet(0).Call(0).I32Const(1).Op(Opcode.I32Add))
        .Function([], [I32], code => code.GlobalGet(0), export: "depth");
}
