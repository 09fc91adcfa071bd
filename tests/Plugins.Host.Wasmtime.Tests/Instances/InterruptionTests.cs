using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Wasmtime.Tests.Instances;

/// <summary>All instances share an engine's epoch, and yet each is interrupted for itself.</summary>
[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
[CancelAfter(600_000)]
internal sealed class InterruptionTests(string library)
{
    private const int Siblings = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private WasmtimeEngine Engine => TestEngines.For(library);

    [Test]
    public void Siblings_OfAnInterruptedInstance_GoOn([Values] bool meterFuel)
    {
        var isOver = 0;
        var module = Engine.Compile(Waiting(), meterFuel);
        var instances = Enumerable.Range(0, Siblings + 1).Select(_ => module.Start(
            Guests.Import("f", new Func<int>(() => Volatile.Read(ref isOver))))).ToArray();
        var running = instances.Select(instance => Task.Factory.StartNew(
            () => Outcome(instance), TaskCreationOptions.LongRunning)).ToArray();
        SpinWait.SpinUntil(() => false, 20);
        instances[0].Interrupt();
        Assert.That(running[0].Wait(Patience));
        Assert.That(running.Skip(1).Any(task => task.IsCompleted), Is.False);
        Volatile.Write(ref isOver, 1);
        Assert.That(Task.WaitAll(running, Patience));
        Assert.That(running[0].Result, Is.EqualTo(EngineFaultKind.Interrupted));
        Assert.That(running.Skip(1).Select(task => task.Result), Is.All.Null);
        Array.ForEach(instances, instance => instance.Dispose());
    }

    [Test]
    public void Interrupts_OfManyAtAnyMoment_AreAllNoticed()
    {
        // Each looks at the epoch again because the others are interrupted, which is when an interrupt could be missed.
        var module = Engine.Compile(Endless());
        for (var round = 0; round < 200; round++)
        {
            var instances = Enumerable.Range(0, 2).Select(_ => module.Start()).ToArray();
            var running = instances.Select(instance => Task.Run(() => Outcome(instance))).ToArray();
            Parallel.ForEach(instances, instance => instance.Interrupt());
            Assert.That(Task.WaitAll(running, Patience));
            Assert.That(running.Select(task => task.Result), Is.All.EqualTo(EngineFaultKind.Interrupted));
            Array.ForEach(instances, instance => instance.Dispose());
        }
    }

    [Test]
    public void Interrupt_OfAnUnmeteredGuest_IsNoticedToo()
    {
        using var instance = Engine.Compile(Endless(), meterFuel: false).Start();
        var running = Task.Run(() => Outcome(instance));
        instance.Interrupt();
        Assert.That(running.Wait(Patience));
        Assert.That(running.Result, Is.EqualTo(EngineFaultKind.Interrupted));
        instance.ClearInterrupt();
        Assert.That(instance.Run("seven"), Is.EqualTo(7));
    }

    private EngineFaultKind? Outcome(IEngineInstance instance)
    {
        try
        {
            instance.Run();
            return null;
        }
        catch (Exception exception) when (Engine.Describe(exception) is { } fault)
        {
            return fault.Kind;
        }
    }

    // Runs until the host says that it is over.
    private static ModuleBuilder Waiting() => new ModuleBuilder()
        .ImportFunction(Guests.Host, "f", [], [I32])
        .Function([], [I32], export: "run", code: code => code
            .Loop().Call(0).Op(Wasm.Binary.Opcode.I32Eqz).BrIf(0).End().I32Const(1));

    private static ModuleBuilder Endless() => new ModuleBuilder()
        .Function([], [I32], code => code.Loop().Br(0).End().I32Const(1), export: "run")
        .Function([], [I32], code => code.I32Const(7), export: "seven");
}
