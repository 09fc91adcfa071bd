using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>
/// Functions of another store, on every way into a store. A guest that called one would use that store's fuel, stack
/// limit and results, on whatever thread.
/// </summary>
[ModeFixture]
internal sealed class ForeignFunctionTests(GuestMode mode) : GuestFixture(mode)
{
    private static readonly TableType s_table = new(FuncRef, new Limits(1, null));
    private static readonly GlobalType s_global = new(FuncRef, true);

    private Store _store = null!;
    private Instance _instance = null!;
    private Function _foreign = null!;

    [SetUp]
    public void SetUp()
    {
        _store = new Store();
        _foreign = Function.FromDelegate(new Store(), () => { });
        _instance = new ModuleBuilder()
            .ImportFunction("host", "give", [], [FuncRef])
            .Function([FuncRef], [I32], c => c.LocalGet(0).Op(Opcode.RefIsNull), export: "take")
            .Function([], [], c => c.Call(0).Drop(), export: "ask")
            .Instantiate(_store, new Imports().Add("host", "give", () => _foreign));
    }

    [TearDown]
    public void TearDown() => _store.Dispose();

    private static IEnumerable<TestCaseData> Ways()
    {
        yield return Way("a table's element", t => new Table(t._store, s_table)[0] = t._foreign);
        yield return Way("a table's first elements", t => _ = new Table(t._store, s_table, t._foreign));
        yield return Way("a table that grows", t => new Table(t._store, s_table).Grow(1, t._foreign));
        yield return Way("a global's value", t => new Global(t._store, s_global, Reference(null)).Value =
            Reference(t._foreign));
        yield return Way("a global's first value", t => _ = new Global(t._store, s_global, Reference(t._foreign)));
        yield return Way("an argument of a delegate", t => t.Take(t._foreign));
        yield return Way("an argument among values", t =>
            t._instance.GetFunction("take").Invoke([Reference(t._foreign)], new Value[1]));
        yield return Way("the result of a host function", t => t._instance.Run("ask"));
    }

    [TestCaseSource(nameof(Ways))]
    public void Function_OfAnotherStore_IsRefused(Action<ForeignFunctionTests> enter) =>
        Assert.That(() => enter(this), Throws.ArgumentException.With.Message.Contains("another store"));

    [Test]
    public void Function_OfTheStoreItself_IsTaken()
    {
        Function own = Function.FromDelegate(_store, () => { });

        Assert.That(Take(own), Is.Zero);
        Assert.That(Take(null), Is.EqualTo(1));
        Assert.That(new Table(_store, s_table, own)[0], Is.SameAs(own));
    }

    private int Take(Function? function) =>
        _instance.GetFunction("take").CreateDelegate<Func<Function?, int>>()(function);

    private static Value Reference(Function? function) => Value.FromReference(FuncRef, function);

    private static TestCaseData Way(string name, Action<ForeignFunctionTests> enter) =>
        new TestCaseData(enter).SetArgDisplayNames(name);
}
