using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Who may use a store when: disposal, threads, host functions that throw or call back.</summary>
[ModeFixture]
internal sealed class StoreUseTests(GuestMode mode) : GuestFixture(mode)
{
    private const int Patience = 300_000;

    [Test]
    public void Dispose_DuringACall_KeepsTheMemoryUntilItReturns()
    {
        var store = new Store();
        Instance instance = Calling(() =>
        {
            Task.Run(store.Dispose).Wait(Patience);
        }).Instantiate(store, s_imports);

        Assert.That(instance.RunInt32(), Is.EqualTo(42));
        Assert.That(() => instance.RunInt32(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(instance.GetMemory("memory").ByteLength, Is.Zero);
    }

    [Test]
    public void Dispose_Twice_IsHarmless()
    {
        var store = new Store();
        Calling(() => { }).Instantiate(store, s_imports);

        store.Dispose();

        Assert.That(store.Dispose, Throws.Nothing);
        Assert.That(store.IsDisposed, Is.True);
    }

    [Test]
    public void Store_Disposed_RefusesInstancesAndAccess()
    {
        var store = new Store();
        Instance instance = Calling(() => { }).Instantiate(store, s_imports);
        LinearMemory memory = instance.GetMemory("memory");
        store.Dispose();

        Assert.That(() => Calling(() => { }).Instantiate(store, s_imports), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(memory.TryGetSpan(0, 1, out _), Is.False);
        Assert.That(memory.Grow(1), Is.EqualTo(-1));
    }

    [Test]
    public void Store_InUseByOneThread_RefusesAnother()
    {
        using var store = new Store();
        Exception? refusal = null;
        Instance? instance = null;
        instance = Calling(() => refusal = Task.Run(() => Assert.Catch(() => instance!.RunInt32())).Result)
            .Instantiate(store, s_imports);

        Assert.That(instance.RunInt32(), Is.EqualTo(42));
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void Store_AfterOneThread_ServesAnother()
    {
        using var store = new Store();
        Instance instance = Calling(() => { }).Instantiate(store, s_imports);

        for (int i = 0; i < 4; i++)
        {
            Assert.That(StackThread.Run(StackThread.Small, () => instance.RunInt32()), Is.EqualTo(42));
        }
    }

    [Test]
    public void HostFunction_Throwing_PassesThroughTheGuestUnchanged()
    {
        using var store = new Store();
        var thrown = new TimeZoneNotFoundException("the host's own");
        Instance instance = Calling(() => throw thrown).Instantiate(store, s_imports);

        Assert.That(Assert.Catch(() => instance.RunInt32()), Is.SameAs(thrown));
        Assert.That(Assert.Catch(() => instance.RunInt32()), Is.SameAs(thrown));
    }

    [Test]
    public void HostFunction_Throwing_LeavesTheStoreToOtherThreads()
    {
        using var store = new Store();
        bool throws = true;
        Instance instance = Calling(() =>
        {
            if (throws)
            {
                throw new TimeZoneNotFoundException();
            }
        }).Instantiate(store, s_imports);
        Assert.Catch(() => instance.RunInt32());
        throws = false;

        Assert.That(Task.Run(() => instance.RunInt32()).Result, Is.EqualTo(42));
    }

    [Test]
    public void HostFunction_CallingBack_SeesTheGuestsState()
    {
        using var store = new Store();
        int inner = 0;
        var imports = new Imports().Add("host", "call", (Instance caller) =>
        {
            caller.GetMemory("memory").GetSpan(0, 4)[0] = 5;
            inner = caller.RunInt32("read");
        });
        Instance instance = Calling().Instantiate(store, imports);

        Assert.That(instance.RunInt32(), Is.EqualTo(42));
        Assert.That(inner, Is.EqualTo(5));
    }

    [Test]
    public void HostFunction_CatchingATrapOfTheGuest_LetsTheOuterCallGoOn()
    {
        using var store = new Store();
        TrapKind? inner = null;
        var imports = new Imports().Add("host", "call", (Instance caller) =>
        {
            inner = Guest.TrapOf(() => caller.Run("fail"));
        });
        Instance instance = Calling().Instantiate(store, imports);

        Assert.That(instance.RunInt32(), Is.EqualTo(42));
        Assert.That(inner, Is.EqualTo(TrapKind.Unreachable));
    }

    [Test]
    public void HostFunction_CatchingExhaustion_LetsTheOuterCallGoOn()
    {
        using var store = new Store();
        TrapKind? inner = null;
        var imports = new Imports().Add("host", "call", (Instance caller) =>
        {
            inner = Guest.TrapOf(() => caller.Run("recurse"));
        });
        Instance instance = Calling().Instantiate(store, imports);

        Assert.That(instance.RunInt32(), Is.EqualTo(42));
        Assert.That(inner, Is.EqualTo(TrapKind.CallStackExhausted));
    }

    [Test]
    public void HostFunction_GrowingTheMemory_IsSeenByTheGuest()
    {
        using var store = new Store();
        var imports = new Imports().Add("host", "call", (Instance caller) => { caller.GetMemory("memory").Grow(40); });
        Instance instance = Calling().Instantiate(store, imports);

        Assert.That(instance.RunInt32("touch"), Is.EqualTo(7));
    }

    private static Imports s_imports = new();

    private static ModuleBuilder Calling(Action call)
    {
        s_imports = new Imports().Add("host", "call", call);
        return Calling();
    }

    private static ModuleBuilder Calling() => new ModuleBuilder()
        .ImportFunction("host", "call", [], [])
        .Memory(1, export: "memory")
        .Function([], [I32], code => code.Call(0).I32Const(42), export: "run")
        .Function([], [I32], code => code.I32Const(0).Access(Opcode.I32Load), export: "read")
        .Function([], [], code => code.Op(Opcode.Unreachable), export: "fail")
        .Function([], [], code => code.Call(4).Op(Opcode.Nop), export: "recurse")
        .Function([], [I32], export: "touch", code: code => code
            .I32Const(0).I32Const(1).Access(Opcode.I32Store)
            .Call(0)
            .I32Const(0).I32Const(7).Access(Opcode.I32Store, LinearMemory.PageBytes * 30)
            .I32Const(LinearMemory.PageBytes * 30).Access(Opcode.I32Load));
}
