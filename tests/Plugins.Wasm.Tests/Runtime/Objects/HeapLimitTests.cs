using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime.Objects;

/// <summary>What the limits on objects stop, and what they let pass.</summary>
[ModeFixture(Modes = ModeSet.Few)]
internal sealed class HeapLimitTests(GuestMode mode) : GuestFixture(mode)
{
    private const long Megabyte = 1 << 20;

    private const string List =
        """
        (type $node (struct (field $next (ref null $node)) (field i32)))
        (global $list (mut (ref null $node)) (ref.null $node))
        (func (export "grow") (param $n i32)
          (loop $again
            (global.set $list (struct.new $node (global.get $list) (local.get $n)))
            (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
        (func (export "waste") (param $n i32)
          (loop $again
            (drop (struct.new $node (ref.null $node) (local.get $n)))
            (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
        (func (export "length") (result i32) (local $n i32) (local $at (ref null $node))
          (local.set $at (global.get $list))
          (block $done (loop $again
            (br_if $done (ref.is_null (local.get $at)))
            (local.set $n (i32.add (local.get $n) (i32.const 1)))
            (local.set $at (struct.get $node $next (local.get $at)))
            (br $again)))
          (local.get $n))
        (func (export "clear") (global.set $list (ref.null $node)))
        """;

    [Test]
    public void Structures_ThatAreKept_StopAtTheLimit()
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(List, store);

        Assert.That(TrapOf(instance, "grow", 1_000_000), Is.EqualTo(TrapKind.HeapExhausted));
        Assert.That(store.HeapBytes, Is.LessThanOrEqualTo(Megabyte));

        // A list node takes 40 bytes; what the runtime's stack still refers to is part of the list.
        Assert.That(instance.RunInt32("length"), Is.EqualTo(Megabyte / 40).Within(500));
    }

    [Test]
    public void Structures_ThatAreDropped_AreNotLimited()
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(List, store);

        Assert.That(TrapOf(instance, "grow", 10_000), Is.Null);
        Assert.That(TrapOf(instance, "waste", 2_000_000), Is.Null);
        Assert.That(instance.RunInt32("length"), Is.EqualTo(10_000));
    }

    // Of 80 MB no more than one in a quarter of the limit is worth a collection that the guest causes.
    [Test]
    public void Collections_ThatAGuestCauses_AreBoundedByWhatItAllocates()
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(List, store);
        TrapOf(instance, "grow", 18_000);
        TrapOf(instance, "waste", 2_000_000);

        Assert.That(store.Heap.Collections, Is.LessThanOrEqualTo(4 * 80));
    }

    [Test]
    public void Collection_AtTheLimit_IsNotRepeatedWithoutProgress()
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(List, store);
        for (int i = 0; i < 1_000; i++)
        {
            Assert.That(TrapOf(instance, "grow", 1_000_000), Is.EqualTo(TrapKind.HeapExhausted));
        }

        Assert.That(store.Heap.Collections, Is.LessThanOrEqualTo(8));
    }

    [Test]
    public void Objects_StopAtTheirNumber()
    {
        using var store = new Store(new StoreOptions { HeapObjects = 5_000 });
        Instance instance = TextGuest.Instantiate(List, store);

        Assert.That(TrapOf(instance, "grow", 4_000), Is.Null);
        Assert.That(TrapOf(instance, "grow", 4_000), Is.EqualTo(TrapKind.HeapExhausted));
        Assert.That(store.HeapObjects, Is.LessThanOrEqualTo(5_000));
    }

    [TestCase("i8", -1)]
    [TestCase("i8", 2_000_000)]
    [TestCase("i64", 0x2000_0000)]
    [TestCase("v128", -1)]
    [TestCase("v128", 100_000)]
    [TestCase("anyref", int.MaxValue)]
    public void Array_LargerThanTheLimit_IsRefusedBeforeItIsMade(string element, int length)
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(
            $"""
            (type $a (array (mut {element})))
            (func (export "run") (param i32) (drop (array.new_default $a (local.get 0))))
            """,
            store);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(TrapOf(instance, "run", length), Is.EqualTo(TrapKind.HeapExhausted));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Megabyte));
    }

    [TestCase("i8", 3_000)]
    [TestCase("i32", 100)]
    [TestCase("v128", 1_000)]
    [TestCase("anyref", 0)]
    public void Arrays_ThatAreKept_StopAtTheLimit(string element, int length)
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(
            $"""
            (type $a (array (mut {element})))
            (type $list (struct (field (ref null $list)) (field (ref null $a))))
            (global $list (mut (ref null $list)) (ref.null $list))
            (func (export "run") (param $length i32) (loop $again
              (global.set $list (struct.new $list (global.get $list) (array.new_default $a (local.get $length))))
              (br $again)))
            """,
            store);

        Assert.That(TrapOf(instance, "run", length), Is.EqualTo(TrapKind.HeapExhausted));
    }

    [Test]
    public void Integers_ThatAreKept_StopAtTheLimit()
    {
        using var store = new Store(new StoreOptions { HeapBytes = Megabyte });
        Instance instance = TextGuest.Instantiate(
            """
            (type $a (array (mut anyref)))
            (func (export "run") (param $n i32) (local $a (ref null $a))
              (local.set $a (array.new_default $a (local.get $n)))
              (loop $again
                (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                (array.set $a (local.get $a) (local.get $n)
                  (ref.i31 (i32.add (local.get $n) (i32.const 1000000))))
                (br_if $again (local.get $n))))
            """,
            store);

        Assert.That(TrapOf(instance, "run", 20_000), Is.Null);
        Assert.That(TrapOf(instance, "run", 30_000), Is.EqualTo(TrapKind.HeapExhausted));
    }

    // The runtime's collector has a stack of its own for what is deep.
    [Test]
    public void List_OfTenMillion_IsCollected()
    {
        using var store = new Store();
        Instance instance = TextGuest.Instantiate(List, store);

        Assert.That(TrapOf(instance, "grow", 10_000_000), Is.Null);
        GC.Collect();
        Assert.That(instance.RunInt32("length"), Is.EqualTo(10_000_000));
        instance.Run("clear");
    }

    [Test]
    public void Allocation_Interrupted_Stops()
    {
        using var store = new Store();
        Instance instance = TextGuest.Instantiate(List, store);
        using var timer = new Timer(_ => store.Interrupt(), null, 50, Timeout.Infinite);

        Assert.That(TrapOf(instance, "waste", int.MaxValue), Is.EqualTo(TrapKind.Interrupted));
    }

    private static TrapKind? TrapOf(Instance instance, string function, int argument)
    {
        Action<int> run = instance.GetFunction(function).CreateDelegate<Action<int>>();
        return Guest.TrapOf(() => run(argument));
    }
}
