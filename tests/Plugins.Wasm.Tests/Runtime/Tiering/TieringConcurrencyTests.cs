using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>Threads that share a module, and calls that go to the guest and back to the host again and again.</summary>
[ModeFixture]
internal sealed class TieringConcurrencyTests(GuestMode mode) : GuestFixture(mode)
{
    private const int Threads = 6;

    [Test]
    public void Module_SharedByManyStores_GivesEachItsResults()
    {
        for (int salt = 0; salt < 8; salt++)
        {
            int[] sizes = [0, 1, 3, 40, 300, 7, 500];
            Module module = TieredSample.Build(salt).Compile();
            using var start = new Barrier(Threads);
            int[][] results = [.. Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    using var store = new Store();
                    var run = new Instance(store, module).GetFunction("run").CreateDelegate<Func<int, int>>();
                    start.SignalAndWait();
                    return Array.ConvertAll(sizes, size => run(size));
                },
                TaskCreationOptions.LongRunning))).GetAwaiter().GetResult()];

            Assert.That(results, Is.All.EqualTo(Array.ConvertAll(sizes, size => TieredSample.Expected(size, salt))));
        }
    }

    [Test]
    public void Trap_CaughtByTheHostInTheMiddle_LeavesTheCallersAsTheyWere()
    {
        using var store = new Store();
        Instance? instance = null;
        var imports = new Imports().Add("host", "nested", (int depth) => Nested(instance!, depth));
        instance = Descent().Instantiate(store, imports);

        // Each call adds its own number after the nested one; the innermost trapped.
        Assert.That(Enumerable.Range(0, 40).Select(_ => Nested(instance, 20)), Is.All.EqualTo((20 * 21 / 2) - 1));
    }

    [Test]
    public void Exception_OfAHostFunction_PassesThroughAllCalls()
    {
        using var store = new Store();
        Instance? instance = null;
        var imports = new Imports()
            .Add("host", "nested", (int depth) => depth == 0
                ? throw new FormatException("deepest")
                : instance!.GetFunction("run").CreateDelegate<Func<int, int>>()(depth));
        instance = Descent().Instantiate(store, imports);
        var run = instance.GetFunction("run").CreateDelegate<Func<int, int>>();

        for (int i = 0; i < 40; i++)
        {
            Assert.That(() => run(12), Throws.TypeOf<FormatException>().With.Message.EqualTo("deepest"));
        }

        Assert.That(instance.GetFunction("plain").CreateDelegate<Func<int, int>>()(12), Is.EqualTo(12));
    }

    [Test]
    public void Backtrace_ThroughHostAndGuest_HasEveryGuestFrameOnce()
    {
        using var store = new Store();
        Instance? instance = null;
        var imports = new Imports().Add(
            "host", "nested", (int depth) => instance!.GetFunction("run").CreateDelegate<Func<int, int>>()(depth));
        instance = Descent().Instantiate(store, imports);
        var run = instance.GetFunction("run").CreateDelegate<Func<int, int>>();

        for (int i = 0; i < 5; i++)
        {
            TrapException trap = Guest.ExpectTrap(() => run(4));

            Assert.That(trap.Backtrace.Select(frame => frame.FunctionName), Is.All.EqualTo("run"));
            Assert.That(trap.Backtrace, Has.Count.EqualTo(5));
        }
    }

    [Test]
    public void Interrupt_WhileModulesTierUp_StopsEveryStore()
    {
        Module module = new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Nop))
            .Function([], [], code => code.Loop().Call(0).Br(0).End(), export: "run")
            .Compile();
        Store[] stores = [.. Enumerable.Range(0, Threads).Select(_ => new Store())];
        Task<TrapKind?>[] running = Array.ConvertAll(stores, store => Task.Factory.StartNew(
            () => Guest.TrapOf(() => new Instance(store, module).Run()), TaskCreationOptions.LongRunning));
        Thread.Yield();

        Array.ForEach(stores, store => store.Interrupt());

        Assert.That(
            Task.WhenAll(running).WaitAsync(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult(),
            Is.All.EqualTo(TrapKind.Interrupted));
        Array.ForEach(stores, store => store.Dispose());
    }

    // run(n) = host.nested(n - 1) + n, and run(0) traps; plain(n) = n.
    private static ModuleBuilder Descent() => new ModuleBuilder()
        .ImportFunction("host", "nested", [I32], [I32])
        .Function([I32], [I32], export: "run", locals: [I32], code: code => code
            .LocalGet(0).LocalSet(1)
            .LocalGet(0).Op(Opcode.I32Eqz).If().Op(Opcode.Unreachable).End()
            .Block().Loop()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(0).LocalGet(1).Op(Opcode.I32Add).Return()
            .End().End().Op(Opcode.Unreachable))
        .Function([I32], [I32], export: "plain", code: code => code.LocalGet(0));

    private static int Nested(Instance instance, int depth)
    {
        try
        {
            return instance.GetFunction("run").CreateDelegate<Func<int, int>>()(depth);
        }
        catch (TrapException)
        {
            return -1;
        }
    }
}
