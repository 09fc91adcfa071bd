using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Memories;

[ModeFixture(MemoryBacking.Portable)]
[ModeFixture(MemoryBacking.Reserved)]
internal sealed class BytePagesTests(MemoryBacking backing, GuestMode mode) : GuestFixture(mode)
{
    private static readonly ModuleBuilder s_module = new ModuleBuilder().ByteMemory(5_000, export: "memory")
        .Function([I32], [I32], code => code.LocalGet(0).Op(Opcode.MemoryGrow, 0), export: "grow")
        .Function([], [I32], code => code.Op(Opcode.MemorySize, 0), export: "size")
        .Function([I32], [I32], code => code.LocalGet(0).Access(Opcode.I32Load8U), export: "load")
        .Function([I32], [], code => code.LocalGet(0).I32Const(9).Access(Opcode.I32Store8), export: "store");

    [Test]
    public void Memory_OfBytes_EndsAtItsLast()
    {
        using Store store = NewStore();
        Instance instance = s_module.Instantiate(store);
        var load = instance.GetFunction("load").CreateDelegate<Func<int, int>>();
        var grow = instance.GetFunction("grow").CreateDelegate<Func<int, int>>();
        Assert.That(Guest.TrapOf(() => load(4_999)), Is.Null);
        Assert.That(Guest.TrapOf(() => load(5_000)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
        Assert.That((grow(1), instance.RunInt32("size")), Is.EqualTo((5_000, 5_001)));
        Assert.That(Guest.TrapOf(() => load(5_000)), Is.Null);
        Assert.That(Guest.TrapOf(() => load(5_001)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
    }

    [Test]
    public void Growth_ByBytes_IsWithinTheStoresPages()
    {
        using Store store = NewStore();
        Instance instance = s_module.Instantiate(store);
        var grow = instance.GetFunction("grow").CreateDelegate<Func<int, int>>();
        Assert.That(grow((2 * LinearMemory.PageBytes) - 5_000), Is.EqualTo(5_000));
        Assert.That((grow(1), grow(-1)), Is.EqualTo((-1, -1)));
        Assert.That(store.MemoryPages, Is.EqualTo(2));
    }

    [Test]
    public void Snapshot_OfBytes_BringsBackThoseAndTheirNumber()
    {
        using Store store = NewStore();
        Instance instance = s_module.Instantiate(store);
        var write = instance.GetFunction("store").CreateDelegate<Action<int>>();
        write(4_999);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        instance.GetFunction("grow").CreateDelegate<Func<int, int>>()(3);
        write(5_002);
        write(100);
        instance.Restore(snapshot);
        Span<byte> bytes = instance.GetMemory("memory").GetSpan(0, 5_000);
        Assert.That((bytes[100], bytes[4_999]), Is.EqualTo(((byte)0, (byte)9)));
        Assert.That(instance.RunInt32("size"), Is.EqualTo(5_000));
        Assert.That(instance.GetFunction("grow").CreateDelegate<Func<int, int>>()(3), Is.EqualTo(5_000));
        Assert.That(instance.GetMemory("memory").GetSpan(5_002, 1)[0], Is.Zero);
    }

    [TestCase(new byte[] { 8, 0, 1 })]
    [TestCase(new byte[] { 8, 0, 15 })]
    [TestCase(new byte[] { 8, 0, 17 })]
    public void PageSize_ThatNobodyHas_IsInvalid(byte[] type) => Assert.That(
        () => Module.Validate(new ModuleBuilder().MemoryOf(item => item.Bytes(type)).Build()),
        Throws.TypeOf<InvalidModuleException>());

    [Test]
    public void PageSize_ThatIsStated_IsAFeature() => Assert.That(
        Module.Describe(new ModuleBuilder().MemoryOf(item => item.Bytes(8, 1, 16)).Build()).Features,
        Is.EqualTo(new[] { "custom-page-sizes" }));

    private Store NewStore() => new(new StoreOptions { MemoryBacking = backing, MemoryPages = 2 });
}
