using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime.Objects;

/// <summary>No two instances, and no two states of one, share an object that a guest can change.</summary>
[ModeFixture(Modes = ModeSet.Few)]
internal sealed class ObjectSnapshotTests(GuestMode mode) : GuestFixture(mode)
{
    private Store _store = null!;

    [SetUp]
    public void SetUp() => _store = new Store();

    [TearDown]
    public void TearDown() => _store.Dispose();

    [TestCase("(global (ref $s) (struct.new $s (i32.const 1)))")]
    [TestCase("(global anyref (struct.new $s (i32.const 1)))")]
    [TestCase("(global externref (extern.convert_any (struct.new $s (i32.const 1))))")]
    [TestCase("(table 1 (ref null $s)) (elem (i32.const 0) (ref null $s) (struct.new $s (i32.const 1)))")]
    [TestCase("(table 2 (ref $s) (struct.new $s (i32.const 1)))")]
    [TestCase("(elem (ref null $s) (struct.new $s (i32.const 1)))")]
    public void Capture_OfAStateThatHoldsObjects_IsRefused(string state)
    {
        Instance instance = TextGuest.Instantiate($"(type $s (struct (field (mut i32)))) {state}", _store);

        Assert.That(instance.HoldsObjects, Is.True);
        Assert.That(instance.CaptureSnapshot, Throws.InvalidOperationException);
    }

    [TestCase("(global (ref i31) (ref.i31 (i32.const 100000)))")]
    [TestCase("(global anyref (ref.null any))")]
    [TestCase("(global funcref (ref.func $f)) (func $f)")]
    public void Capture_OfOtherReferences_Is(string state) =>
        Assert.That(TextGuest.Instantiate(state, _store).CaptureSnapshot, Throws.Nothing);

    [Test]
    public void Restore_AfterObjectsWereMade_ForgetsThem()
    {
        Instance instance = TextGuest.Instantiate(
            """
            (type $s (struct (field (mut i32)) (field (ref null $s))))
            (global $kept (mut (ref null $s)) (ref.null $s))
            (func (export "keep") (global.set $kept (struct.new $s (i32.const 1) (global.get $kept))))
            (func (export "is_null") (result i32) (ref.is_null (global.get $kept)))
            """,
            _store);
        InstanceSnapshot snapshot = instance.CaptureSnapshot();
        instance.Run("keep");
        Assert.That(instance.HoldsObjects, Is.True);
        Assert.That(_store.HeapBytes, Is.GreaterThan(0));

        instance.Restore(snapshot);

        Assert.That(instance.RunInt32("is_null"), Is.EqualTo(1));
        Assert.That(_store.HeapBytes, Is.Zero);
        instance.Run("keep");
        Assert.That(_store.HeapObjects, Is.GreaterThan(0));
    }

    [Test]
    public void Instances_OfOneModule_HaveObjectsOfTheirOwn()
    {
        Module module = TextGuest.Compile(
            """
            (type $s (struct (field (mut i32))))
            (global $s (ref $s) (struct.new $s (i32.const 1)))
            (func (export "run") (result i32)
              (struct.set $s 0 (global.get $s) (i32.add (struct.get $s 0 (global.get $s)) (i32.const 1)))
              (struct.get $s 0 (global.get $s)))
            """);

        Assert.That(new Instance(_store, module).RunInt32(), Is.EqualTo(2));
        Assert.That(new Instance(_store, module).RunInt32(), Is.EqualTo(2));
    }
}
