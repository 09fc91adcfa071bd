using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime.Objects;

/// <summary>Structures, arrays and casts, in every way to run them.</summary>
[ModeFixture]
internal sealed class ObjectTests(GuestMode mode) : GuestFixture(mode)
{
    private Store _store = null!;

    [SetUp]
    public void SetUp() => _store = new Store();

    [TearDown]
    public void TearDown() => _store.Dispose();

    // Four fields are in the object, the others behind it.
    [TestCase("i32", "(i32.const -5)", "(i32.eq (i32.const -5) {0})")]
    [TestCase("i8", "(i32.const 0x1FF)", "(i32.eq (i32.const 0xFF) {0})")]
    [TestCase("i16", "(i32.const 0x1FFFF)", "(i32.eq (i32.const 0xFFFF) {0})")]
    [TestCase("i64", "(i64.const -5000000000)", "(i64.eq (i64.const -5000000000) {0})")]
    [TestCase("f32", "(f32.const -0.5)", "(f32.eq (f32.const -0.5) {0})")]
    [TestCase("f64", "(f64.const 1e300)", "(f64.eq (f64.const 1e300) {0})")]
    [TestCase("v128", "(v128.const i64x2 7 9)", "(i64x2.all_true (i64x2.eq (v128.const i64x2 7 9) {0}))")]
    [TestCase("i31ref", "(ref.i31 (i32.const 1000))", "(ref.eq (ref.i31 (i32.const 1000)) {0})")]
    public void Field_OfEveryTypeAtEveryPlace_KeepsItsValue(string type, string value, string test)
    {
        string get = type is "i8" or "i16" ? "struct.get_u" : "struct.get";
        string fields = string.Concat(Enumerable.Repeat($"(field i32) (field (mut {type})) (field anyref) ", 3));
        string values = string.Concat(Enumerable.Repeat($"(i32.const 3) {value} (ref.null any) ", 3));
        string Check(string local, int field) =>
            test.Replace("{0}", $"({get} $s {field} (local.get {local}))", StringComparison.Ordinal);
        Instance instance = TextGuest.Instantiate(
            $"""
            (type $s (struct {fields}))
            (func (export "run") (result i32) (local $made (ref null $s)) (local $set (ref null $s))
              (local.set $made (struct.new $s {values}))
              (local.set $set (struct.new_default $s))
              (struct.set $s 1 (local.get $set) {value})
              (struct.set $s 4 (local.get $set) {value})
              (struct.set $s 7 (local.get $set) {value})
              (i32.and (i32.and {Check("$made", 1)} (i32.and {Check("$made", 4)} {Check("$made", 7)}))
                (i32.and {Check("$set", 1)} (i32.and {Check("$set", 4)} {Check("$set", 7)}))))
            """,
            _store);

        Assert.That(instance.RunInt32(), Is.EqualTo(1));
    }

    [TestCase("i8", "i32.const -2", "array.get_s", "i32.const -2", "i32.eq")]
    [TestCase("i16", "i32.const -2", "array.get_s", "i32.const -2", "i32.eq")]
    [TestCase("i32", "i32.const -2", "array.get", "i32.const -2", "i32.eq")]
    [TestCase("i64", "i64.const -2", "array.get", "i64.const -2", "i64.eq")]
    [TestCase("f32", "f32.const 0.5", "array.get", "f32.const 0.5", "f32.eq")]
    [TestCase("f64", "f64.const 0.5", "array.get", "f64.const 0.5", "f64.eq")]
    [TestCase("anyref", "ref.null any", "array.get", "", "ref.is_null")]
    public void Element_OfEveryType_KeepsItsValue(
        string type, string value, string get, string same, string comparison)
    {
        string other = same.Length == 0 ? string.Empty : $"({same})";
        Instance instance = TextGuest.Instantiate(
            $"""
            (type $a (array (mut {type})))
            (func (export "run") (result i32) (local $of (ref null $a)) (local $zero (ref null $a))
              (local.set $of (array.new $a ({value}) (i32.const 20000)))
              (local.set $zero (array.new_default $a (i32.const 20001)))
              (array.set $a (local.get $zero) (i32.const 3) ({value}))
              (array.copy $a $a (local.get $zero) (i32.const 4) (local.get $zero) (i32.const 3) (i32.const 19990))
              (array.fill $a (local.get $zero) (i32.const 4) ({value}) (i32.const 19996))
              (i32.and
                (i32.eq (i32.const 20001) (array.len (local.get $zero)))
                (i32.and
                  ({comparison} {other} ({get} $a (local.get $of) (i32.const 19999)))
                  ({comparison} {other} ({get} $a (local.get $zero) (i32.const 19999))))))
            """,
            _store);

        Assert.That(instance.RunInt32(), Is.EqualTo(1));
    }

    [TestCase("struct.get $s 0 (ref.null $s)", TrapKind.NullReference)]
    [TestCase("array.len (ref.null $a)", TrapKind.NullReference)]
    [TestCase("array.get $a (ref.null $a) (i32.const 0)", TrapKind.NullReference)]
    [TestCase("array.get $a (array.new_default $a (i32.const 3)) (i32.const 3)", TrapKind.OutOfBoundsArrayAccess)]
    [TestCase("array.get $a (array.new_default $a (i32.const 3)) (i32.const -1)", TrapKind.OutOfBoundsArrayAccess)]
    [TestCase("i31.get_s (ref.null i31)", TrapKind.NullReference)]
    [TestCase("struct.get $s 0 (ref.cast (ref $s) (ref.i31 (i32.const 1)))", TrapKind.CastFailure)]
    [TestCase("struct.get $s 0 (ref.cast (ref $s) (ref.null any))", TrapKind.CastFailure)]
    [TestCase("struct.get $s 0 (ref.cast (ref null $s) (ref.null any))", TrapKind.NullReference)]
    public void Access_ToWhatIsNotThere_Traps(string code, TrapKind trap)
    {
        Instance instance = TextGuest.Instantiate(
            $"""(type $s (struct (field i32))) (type $a (array i32)) (func (export "run") (result i32) ({code}))""",
            _store);

        TrapException thrown = Guest.ExpectTrap(() => instance.RunInt32());

        Assert.That(thrown.Kind, Is.EqualTo(trap));
        Assert.That(thrown.Backtrace, Has.Count.EqualTo(1));
    }

    [Test]
    public void Cast_ToTypesOfAHierarchy_GoesByTheObjectsOwn()
    {
        Instance instance = TextGuest.Instantiate(
            """
            (rec (type $a (sub (struct (field i32)))) (type $b (sub $a (struct (field i32) (field i64))))
              (type $c (sub final $b (struct (field i32) (field i64) (field anyref) (field f32) (field f64)))))
            (type $other (sub (struct (field i32))))
            (func $count (param $o anyref) (result i32)
              (i32.add (i32.add (ref.test (ref $a) (local.get $o)) (ref.test (ref null $b) (local.get $o)))
                (i32.add (ref.test (ref $c) (local.get $o)) (ref.test (ref $other) (local.get $o)))))
            (func (export "a") (result i32) (call $count (struct.new $a (i32.const 1))))
            (func (export "c") (result i32) (call $count (struct.new_default $c)))
            (func (export "null") (result i32) (call $count (ref.null none)))
            (func (export "integer") (result i32) (call $count (ref.i31 (i32.const 7))))
            (func (export "field") (result i32)
              (struct.get $a 0 (ref.cast (ref $a) (struct.new $c
                (i32.const 42) (i64.const 1) (ref.null any) (f32.const 2) (f64.const 3)))))
            """,
            _store);

        Assert.That(instance.RunInt32("a"), Is.EqualTo(1));
        Assert.That(instance.RunInt32("c"), Is.EqualTo(3));
        Assert.That(instance.RunInt32("null"), Is.EqualTo(1));
        Assert.That(instance.RunInt32("integer"), Is.Zero);
        Assert.That(instance.RunInt32("field"), Is.EqualTo(42));
    }

    [Test]
    public void Object_PassedToTheHostAndBack_IsTheSame()
    {
        Instance instance = TextGuest.Instantiate(
            """
            (type $s (struct (field (mut i32))))
            (func (export "make") (result anyref) (struct.new $s (i32.const 42)))
            (func (export "read") (param anyref) (result i32) (struct.get $s 0 (ref.cast (ref $s) (local.get 0))))
            (func (export "typed") (param (ref $s)) (result i32) (struct.get $s 0 (local.get 0)))
            """,
            _store);
        var made = new Value[1];
        instance.GetFunction("make").Invoke([], made);
        var read = new Value[1];
        instance.GetFunction("read").Invoke(made, read);
        instance.GetFunction("typed").Invoke(made, read);

        Assert.That(read[0].AsInt32(), Is.EqualTo(42));
        Assert.That(
            () => Value.FromReference(Plugins.Wasm.Types.ValueKind.AnyRef, new object()), Throws.ArgumentException);
        using var other = new Store();
        Instance foreign = new(other, instance.Module);
        Assert.That(() => foreign.GetFunction("read").Invoke(made, read), Throws.ArgumentException);
        Assert.That(
            () => instance.GetFunction("typed").Invoke(
                [Value.FromReference(Plugins.Wasm.Types.ValueKind.AnyRef, null)], read),
            Throws.ArgumentException);
    }

    [Test]
    public void Fuel_OfObjects_IsTheSameInEveryMode()
    {
        const string Text =
            """
            (type $s (struct (field (mut i32)) (field (ref null $s))))
            (type $wide (struct (field i64) (field i64) (field i64) (field i64) (field i64) (field i64) (field i64)
              (field i64) (field i64) (field i64) (field i64) (field i64) (field i64) (field i64) (field i64)
              (field i64) (field i64)))
            (type $a (array (mut i8)))
            (func (export "run") (result i32) (local $s (ref null $s)) (local $i i32) (local $a (ref null $a))
              (loop $again
                (local.set $s (struct.new $s (local.get $i) (local.get $s)))
                (drop (struct.new_default $wide))
                (local.set $a (array.new $a (i32.const 1) (i32.const 1000)))
                (array.fill $a (local.get $a) (i32.const 0) (i32.const 2) (i32.const 640))
                (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))
              (block $out (result anyref)
                (drop (br_on_cast $out anyref (ref i31) (local.get $s)))
                (ref.null any))
              drop
              (struct.get $s 0 (local.get $s)))
            """;
        _store.FuelRemaining = 1_000_000;
        Assert.That(TextGuest.Instantiate(Text, _store, meterFuel: true).RunInt32(), Is.EqualTo(99));

        // 21 operators, 2 for the 136 bytes of the wide structure, 15 for 1,000 bytes and 10 for 640, in each round.
        Assert.That(1_000_000 - _store.FuelRemaining, Is.EqualTo(4_805));
    }
}
