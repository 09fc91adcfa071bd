using Plugins.Wasm.Tests.Emit.Support;
using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Functions whose shape makes compilers slow: where they are interpreted first, no call waits.</summary>
[TestFixture(ExecutionMode.Interpreted, StackThread.Small)]
[TestFixture(ExecutionMode.Interpreted, Large)]
[TestFixture(ExecutionMode.Tiered, StackThread.Small)]
[TestFixture(ExecutionMode.Tiered, Large)]
[NonParallelizable]
internal sealed class HostileCallTests(ExecutionMode mode, int stackKiB)
{
    private const int Large = 1_024;
    private const int Size = 1_900;
    private const int Tries = 10;

    private static IEnumerable<TestCaseData> Shapes() =>
        CompilerShapes.All.Select(shape => new TestCaseData(shape.Name).SetArgDisplayNames(shape.Name));

    [TestCaseSource(nameof(Shapes))]
    public void Calls_OfAHostileShape_EndByAnInterrupt(string shape)
    {
        using var store = new Store();
        var options = new ModuleOptions { Mode = mode, Tiering = new() { Calls = 1, Rounds = 1 } };
        var instance = new Instance(store, Module.Compile(CompilerInput.Of((shape, Size)).Build(), options));
        using var hasBegun = new ManualResetEventSlim();
        var interrupter = new Thread(() =>
        {
            hasBegun.Wait();
            store.Interrupt();
        });
        interrupter.Start();

        TrapKind? trap = StackThread.Run(stackKiB, () => CallUntilInterrupted(instance, hasBegun));
        interrupter.Join();

        Assert.That(trap, Is.EqualTo(TrapKind.Interrupted));
    }

    /// <summary>It stops while its function is read, which for the largest takes longer than a call may.</summary>
    [Test]
    public void FirstCall_OfALargeFunction_IsInterruptedBeforeItIsTranslated()
    {
        byte[] binary = CompilerInput.Of(("expressions", 36_000)).Build();
        TimeSpan whole = Least(() => TimeOfFirstCall(binary, isInterrupted: false));

        TimeSpan interrupted = Least(() => TimeOfFirstCall(binary, isInterrupted: true));

        Assert.That(interrupted * 5, Is.LessThan(whole));
    }

    private static TimeSpan Least(Func<TimeSpan> time) => Enumerable.Range(0, Tries).Min(_ => time());

    private TimeSpan TimeOfFirstCall(byte[] binary, bool isInterrupted)
    {
        using var store = new Store();
        var instance = new Instance(store, Module.Compile(binary, new ModuleOptions { Mode = mode }));
        Action run = instance.GetFunction("run").CreateDelegate<Action>();
        if (isInterrupted)
        {
            store.Interrupt();
        }

        TimeSpan began = Environment.CpuUsage.TotalTime;
        TrapKind? trap = StackThread.TrapOf(stackKiB, run);
        TimeSpan time = Environment.CpuUsage.TotalTime - began;
        Assert.That(trap, Is.EqualTo(isInterrupted ? TrapKind.Interrupted : null));
        return time;
    }

    // Some end by a trap of their own; the next call then begins anew.
    private static TrapKind? CallUntilInterrupted(Instance instance, ManualResetEventSlim hasBegun)
    {
        Action run = instance.GetFunction("run").CreateDelegate<Action>();
        TrapKind? trap;
        do
        {
            hasBegun.Set();
            trap = Guest.TrapOf(run);
        }
        while (trap != TrapKind.Interrupted);

        return trap;
    }
}
