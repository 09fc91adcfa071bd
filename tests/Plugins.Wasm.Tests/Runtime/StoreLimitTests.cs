using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[ModeFixture]
internal sealed class StoreLimitTests(GuestMode mode) : GuestFixture(mode)
{
    [TestCase(10u, 10u, true)]
    [TestCase(11u, 10u, false)]
    public void Instance_WithMemory_IsHeldToTheStoresPages(uint pages, uint limit, bool fits)
    {
        using var store = new Store(new StoreOptions { MemoryPages = limit });

        Expect(store, new ModuleBuilder().Memory(pages), fits, nameof(StoreOptions.MemoryPages), limit, pages);
    }

    [Test]
    public void Memories_OfOneStore_ShareItsPages()
    {
        using var store = new Store(new StoreOptions { MemoryPages = 10 });
        new ModuleBuilder().Memory(6).Instantiate(store);

        Expect(store, new ModuleBuilder().Memory(5), fits: false, nameof(StoreOptions.MemoryPages), 10, 11);
        Expect(store, new ModuleBuilder().Memory(4), fits: true, nameof(StoreOptions.MemoryPages), 10, 10);
    }

    [TestCase(3, 1)]
    [TestCase(4, -1)]
    [TestCase(-1, -1)]
    public void MemoryGrow_ByTheGuest_IsHeldToTheStoresPages(int pages, int expected)
    {
        using var store = new Store(new StoreOptions { MemoryPages = 4 });
        Instance instance = Growing(code => code.I32Const(pages).Op(Opcode.MemoryGrow, 0)).Instantiate(store);

        Assert.That(instance.RunInt32(), Is.EqualTo(expected));
        Assert.That(store.MemoryPages, Is.EqualTo(expected < 0 ? 1 : 1 + pages));
        Assert.That(store.RefusedMemoryGrowth, Is.EqualTo(expected < 0 ? 1 : 0));
    }

    [Test]
    public void TableGrow_Refused_IsNotCountedAsMemory()
    {
        using var store = new Store(new StoreOptions { TableElements = 4 });
        var table = new Table(store, new TableType(ValueKind.ExternRef, new Limits(4, null)));

        Assert.That(table.Grow(1), Is.EqualTo(-1));
        Assert.That(store.RefusedMemoryGrowth, Is.Zero);
    }

    [Test]
    public void MemoryGrow_PastTheMemorysOwnMaximum_IsRefused()
    {
        using var store = new Store();
        Instance instance = new ModuleBuilder()
            .Memory(1, 3)
            .Function([], [I32], code => code.I32Const(3).Op(Opcode.MemoryGrow, 0), export: "run")
            .Instantiate(store);

        Assert.That(instance.RunInt32(), Is.EqualTo(-1));
    }

    [TestCase(100u, 100u, true)]
    [TestCase(101u, 100u, false)]
    public void Instance_WithTable_IsHeldToTheStoresElements(uint elements, uint limit, bool fits)
    {
        using var store = new Store(new StoreOptions { TableElements = limit });

        Expect(store, new ModuleBuilder().Table(elements), fits, nameof(StoreOptions.TableElements), limit, elements);
    }

    [TestCase(30, 10)]
    [TestCase(31, -1)]
    [TestCase(-1, -1)]
    public void TableGrow_ByTheGuest_IsHeldToTheStoresElements(int elements, int expected)
    {
        using var store = new Store(new StoreOptions { TableElements = 40 });
        Instance instance = Growing(code => code.RefNull(FuncRef).I32Const(elements).Op(Opcode.TableGrow, 0))
            .Instantiate(store);

        Assert.That(instance.RunInt32(), Is.EqualTo(expected));
        Assert.That(store.TableElements, Is.EqualTo(expected < 0 ? 10 : 10 + elements));
    }

    [Test]
    public void Instances_OfOneStore_AreHeldToItsNumber()
    {
        using var store = new Store(new StoreOptions { Instances = 2 });
        var builder = new ModuleBuilder();
        builder.Instantiate(store);
        builder.Instantiate(store);

        Expect(store, builder, fits: false, nameof(StoreOptions.Instances), 2, 3);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(17)]
    [TestCase(1_000)]
    public void CallDepth_OfNestedCalls_IsExact(int depth)
    {
        Assert.That(TrapAtDepth(depth, limit: depth), Is.Null);
        Assert.That(TrapAtDepth(depth + 1, limit: depth), Is.EqualTo(TrapKind.CallStackExhausted));
    }

    [TestCase(2)]
    [TestCase(17)]
    public void CallDepth_ThroughTheHost_CountsTheCallsBeforeIt(int depth)
    {
        Assert.That(TrapThroughTheHost(depth, limit: depth), Is.Null);
        Assert.That(TrapThroughTheHost(depth + 2, limit: depth), Is.EqualTo(TrapKind.CallStackExhausted));
    }

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(-1, 1)]
    public void Store_WithoutRoomForACall_IsRefused(int stackBytes, int callDepth) => Assert.That(
        () => new Store(new StoreOptions { StackBytes = stackBytes, CallDepth = callDepth }),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    private static void Expect(
        Store store, ModuleBuilder builder, bool fits, string limit, long allowed, long requested)
    {
        if (fits)
        {
            Assert.That(() => builder.Instantiate(store), Throws.Nothing);
            return;
        }

        var refusal = Assert.Throws<StoreLimitException>(() => builder.Instantiate(store));
        Assert.That((refusal.Limit, refusal.Allowed, refusal.Requested), Is.EqualTo((limit, allowed, requested)));
    }

    private static ModuleBuilder Growing(Action<CodeBuilder> code) =>
        new ModuleBuilder().Memory(1).Table(10).Function([], [I32], code, export: "run");

    private static TrapKind? TrapAtDepth(int depth, int limit)
    {
        using var store = new Store(new StoreOptions { CallDepth = limit });
        Instance instance = new ModuleBuilder()
            .Function([I32], [], Descend(code => code.Call(0)), export: "run")
            .Instantiate(store);
        return Guest.TrapOf(() => instance.GetFunction("run").CreateDelegate<Action<int>>()(depth));
    }

    private static TrapKind? TrapThroughTheHost(int depth, int limit)
    {
        using var store = new Store(new StoreOptions { CallDepth = limit });
        var imports = new Imports().Add("host", "again", (Instance caller, int left) =>
            caller.GetFunction("run").CreateDelegate<Action<int>>()(left));
        Instance instance = new ModuleBuilder()
            .ImportFunction("host", "again", [I32], [])
            .Function([I32], [], Descend(code => code.Call(0)), export: "run")
            .Instantiate(store, imports);
        return Guest.TrapOf(() => instance.GetFunction("run").CreateDelegate<Action<int>>()(depth));
    }

    /// <summary>Calls on with one less while more than one is left.</summary>
    private static Action<CodeBuilder> Descend(Action<CodeBuilder> call) => code =>
    {
        code.LocalGet(0).I32Const(1).Op(Opcode.I32GtS).If().LocalGet(0).I32Const(1).Op(Opcode.I32Sub);
        call(code);
        code.End();
    };
}
