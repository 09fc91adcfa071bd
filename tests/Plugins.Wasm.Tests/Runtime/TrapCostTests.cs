using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[NonParallelizable]
[ModeFixture(Modes = ModeSet.Few)]
internal sealed class TrapCostTests(GuestMode mode) : GuestFixture(mode)
{
    private const int Tries = 15;
    private const int Deep = 10_000;

    [TestCase(1, 1)]
    [TestCase(Deep, 10)]
    public void Trap_AtADepth_CostsFewMilliseconds(int depth, int milliseconds)
    {
        using var store = new Store(new StoreOptions { StackBytes = 8 << 20 });
        Instance instance = new ModuleBuilder()
            .Function([I32], [], export: "run", code: code => code
                .LocalGet(0).Op(Opcode.I32Eqz).If().Op(Opcode.Unreachable).End()
                .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(0))
            .Instantiate(store);
        var run = instance.GetFunction("run").CreateDelegate<Action<int>>();

        TimeSpan[] times = StackThread.Run(
            16 * 1024, () => Enumerable.Range(0, Tries).Select(_ => TimeTrap(run, depth - 1)).ToArray());

        TestContext.Out.WriteLine($"A trap at depth {depth}: {times.Min().TotalMicroseconds:N0} µs at best.");
        Assert.That(times.Min(), Is.LessThan(TimeSpan.FromMilliseconds(milliseconds)));
    }

    private static TimeSpan TimeTrap(Action<int> run, int depth)
    {
        TimeSpan began = Environment.CpuUsage.TotalTime;
        TrapKind? kind = Guest.TrapOf(() => run(depth));
        TimeSpan time = Environment.CpuUsage.TotalTime - began;
        Assert.That(kind, Is.EqualTo(TrapKind.Unreachable));
        return time;
    }
}
