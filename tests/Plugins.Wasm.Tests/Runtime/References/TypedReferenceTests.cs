using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Runtime.References;

/// <summary>What passes between host and guest as a typed reference, and what is refused there.</summary>
[ModeFixture]
internal sealed class TypedReferenceTests(GuestMode mode) : GuestFixture(mode)
{
    // 0: i32 -> i32; 1: (ref 0) i32 -> i32; 2: (ref null 0) i32 -> i32; 3: -> (ref 0)
    private static readonly byte[] s_types = ModuleBuilder.Section(
        1, Hex.Bytes("04 60 01 7F 01 7F 60 02 64 00 7F 01 7F 60 02 63 00 7F 01 7F 60 00 01 64 00"));

    private Store _store = null!;
    private Instance _instance = null!;

    [SetUp]
    public void SetUp()
    {
        _store = new Store();
        _instance = new Instance(_store, Guest.Compile(Exporter()));
    }

    [TearDown]
    public void TearDown() => _store.Dispose();

    [TestCase("call")]
    [TestCase("callNullable")]
    public void Call_ThroughAFunctionOfTheType_RunsIt(string export)
    {
        Assert.That(Call(export, _instance.GetFunction("double")), Is.EqualTo(42));
        Assert.That(Call(export, Function.FromDelegate(_store, (int value) => value + 1)), Is.EqualTo(22));
    }

    [Test]
    public void Call_ThroughNull_Traps() => Assert.That(
        Guest.TrapOf(() => Call("callNullable", null)), Is.EqualTo(TrapKind.NullFunctionReference));

    [Test]
    public void Argument_NotOfItsType_IsRefused()
    {
        Assert.That(
            () => Call("call", null), Throws.ArgumentException.With.Message.Contains("(ref func type)"));
        Assert.That(() => Call("call", Function.FromDelegate(_store, () => 1)), Throws.ArgumentException);
    }

    [Test]
    public void Delegate_OfTypedReferences_IsRefused() => Assert.That(
        () => _instance.GetFunction("callNullable").CreateDelegate<Func<Function?, int, int>>(),
        Throws.ArgumentException.With.Message.Contains("(ref null func type)"));

    [Test]
    public void Result_OfAHostFunction_IsOfItsType()
    {
        Function? given = null;
        Module importer = Guest.Compile(Importer());
        var type = (FunctionType)importer.Imports[0].Type;
        Imports imports = new Imports()
            .Add("m", "give", type, (_, _, results) => results[0] = Value.FromReference(ValueKind.FuncRef, given));
        Function run = new Instance(_store, importer, imports).GetFunction("run");
        int Run()
        {
            var result = new Value[1];
            run.Invoke([], result);
            return result[0].AsInt32();
        }

        Assert.That(Run, Throws.InvalidOperationException.With.Message.Contains("(ref func type)"));
        given = Function.FromDelegate(_store, () => { });
        Assert.That(Run, Throws.InvalidOperationException);
        given = _instance.GetFunction("double");
        Assert.That(Run(), Is.EqualTo(42));
    }

    [Test]
    public void Import_OfTheSameTypeInAnotherModule_IsLinked()
    {
        Imports imports = new Imports().Add("m", "give", _instance.GetFunction("give"));
        Assert.That(new Instance(_store, Guest.Compile(Importer()), imports).RunInt32(), Is.EqualTo(42));
    }

    [Test]
    public void Import_OfAnotherType_IsRefused()
    {
        Imports imports = new Imports().Add("m", "give", () => _instance.GetFunction("double"));
        Assert.That(
            () => new Instance(_store, Guest.Compile(Importer()), imports),
            Throws.TypeOf<LinkException>().With.Message.Contains("(ref func type)"));
    }

    [Test]
    public void Table_WithAnInitialElement_HoldsItEverywhere()
    {
        Table table = _instance.GetTable("table");
        Function first = _instance.GetFunction("double");
        Assert.That(new[] { table[0], table[1] }, Is.EqualTo(new object[] { first, first }));
        Assert.That(() => table[0] = null, Throws.ArgumentException.With.Message.Contains("(ref func type)"));
        Assert.That(() => table.Grow(1), Throws.ArgumentException);
        Assert.That(() => table[0] = Function.FromDelegate(_store, () => { }), Throws.ArgumentException);
        table[1] = Function.FromDelegate(_store, (int value) => value);
        Assert.That(table.Grow(1, first), Is.EqualTo(2));
    }

    [Test]
    public void Global_OfATypedReference_HoldsItsTypeOnly()
    {
        Global global = _instance.GetGlobal("global");
        Assert.That(global.Type.Value, Is.EqualTo(ValueKind.FuncRef));
        global.Value = Reference(_instance.GetFunction("double"));
        Assert.That(() => global.Value = Reference(_instance.GetFunction("give")), Throws.ArgumentException);
        global.Value = Reference(null);
    }

    private int Call(string export, Function? function)
    {
        var result = new Value[1];
        _instance.GetFunction(export).Invoke([Reference(function), Value.FromInt32(21)], result);
        return result[0].AsInt32();
    }

    private static Value Reference(Function? function) => Value.FromReference(ValueKind.FuncRef, function);

    // A table of two (ref 0), at first the function 0, and a variable of (ref null 0).
    private static byte[] Exporter() => ModuleBuilder.Assemble(
        s_types,
        ModuleBuilder.Section(3, 4, 0, 1, 2, 3),
        ModuleBuilder.Section(4, Hex.Bytes("01 40 00 64 00 00 02 D2 00 0B")),
        ModuleBuilder.Section(6, Hex.Bytes("01 63 00 01 D0 00 0B")),
        ModuleBuilder.Section(7, [
            6, .. Export("double", 0, 0), .. Export("call", 0, 1), .. Export("callNullable", 0, 2),
            .. Export("give", 0, 3), .. Export("table", 1, 0), .. Export("global", 3, 0),
        ]),
        ModuleBuilder.Section(10, Hex.Bytes(
            "04 07 00 20 00 20 00 6A 0B 08 00 20 01 20 00 14 00 0B 08 00 20 01 20 00 14 00 0B 04 00 D2 00 0B")));

    // Calls what m.give gives, with 21.
    private static byte[] Importer() => ModuleBuilder.Assemble(
        ModuleBuilder.Section(1, Hex.Bytes("03 60 01 7F 01 7F 60 00 01 64 00 60 00 01 7F")),
        ModuleBuilder.Section(2, [1, 1, (byte)'m', 4, .. "give"u8, 0, 1]),
        ModuleBuilder.Section(3, 1, 2),
        ModuleBuilder.Section(7, [1, .. Export("run", 0, 1)]),
        ModuleBuilder.Section(10, Hex.Bytes("01 08 00 41 15 10 00 14 00 0B")));

    private static byte[] Export(string name, byte kind, byte index) =>
        new ByteWriter().Name(name).Byte(kind).Byte(index).ToArray();
}
