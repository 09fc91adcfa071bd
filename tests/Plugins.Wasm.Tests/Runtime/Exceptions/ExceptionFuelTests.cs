using System.Globalization;
using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime.Exceptions;

/// <summary>What exceptions cost: the same in every mode.</summary>
[ModeFixture]
internal sealed class ExceptionFuelTests(GuestMode mode) : GuestFixture(mode)
{
    private const int Throw = 256, Call = 64;

    // Four of catchDeep, with its one clause; seven of each call that calls; four and the throw, with its one value, of
    // the last; and every call that is left, the last one too.
    [TestCase(0, 4 + 4 + Throw + 1 + Call)]
    [TestCase(10, 4 + (10 * 7) + 4 + Throw + 1 + (11 * Call))]
    [TestCase(400, 4 + (400 * 7) + 4 + Throw + 1 + (401 * Call))]
    public void Throw_CaughtBelowSomeCalls_CostsForEach(int calls, int expected) =>
        Assert.That(CostOf("catchDeep", calls), Is.EqualTo(expected));

    [Test]
    public void Throw_ThatFuelIsJustEnoughFor_IsCaught()
    {
        int cost = CostOf("catchDeep", 10);
        using Store store = new() { FuelRemaining = cost };
        Assert.That(Run(store, "catchDeep", 10), Is.EqualTo(7));
        Assert.That(store.FuelRemaining, Is.Zero);
    }

    [Test]
    public void Throw_ThatFuelDoesNotReachTheHandlerOf_IsNotCaught()
    {
        int cost = CostOf("catchDeep", 10);
        using Store store = new() { FuelRemaining = cost - 1 };
        Assert.That(Guest.TrapOf(() => Run(store, "catchDeep", 10)), Is.EqualTo(TrapKind.OutOfFuel));
        Assert.That(store.FuelRemaining, Is.Zero);
    }

    [Test]
    public void Throw_OfManyValues_CostsForEachAndBringsThem()
    {
        const int Values = 1_000;
        string types = string.Concat(Enumerable.Repeat(" i64", Values));
        string constants = string.Concat(Enumerable.Range(1, Values).Select(value =>
            string.Create(CultureInfo.InvariantCulture, $" i64.const {value}")));
        string sum = string.Concat(Enumerable.Repeat(" i64.add", Values - 1));
        byte[] module = TextFormat.ToBinary($"""
            (module
              (tag $many (param{types}))
              (func $throw{constants} throw $many)
              (func (export "sum") (result i64)
                (block $caught (result{types})
                  (try_table (catch $many $caught) call $throw)
                  unreachable){sum}))
            """);
        using Store store = new() { FuelRemaining = 100_000 };
        var result = new Value[1];
        new Instance(store, Guest.Compile(module, meterFuel: true)).GetFunction("sum").Invoke([], result);
        Assert.That(result[0].AsInt64(), Is.EqualTo(Values * (Values + 1) / 2));

        // A function that calls none is not counted as a call that is left.
        Assert.That(100_000 - store.FuelRemaining, Is.EqualTo(3 + Values + Throw + Values + (Values - 1)));
    }

    [TestCase("try_table (catch $t 0) (catch $t 0) (catch_all 0) call $throw", 4 + 1)]
    [TestCase("try call $throw catch $t catch $t catch_all end", 4 + 1)]
    public void Block_WithClauses_CostsForEach(string block, int expected)
    {
        bool isLegacy = block.StartsWith("try ", StringComparison.Ordinal);
        byte[] module = TextFormat.ToBinary($"""
            (module (tag $t)
              (func $throw throw $t)
              (func (export "run") {block} {(isLegacy ? "" : "end")}))
            """);
        using Store store = new() { FuelRemaining = 10_000 };
        new Instance(store, Guest.Compile(module, meterFuel: true)).GetFunction("run").Invoke([], []);
        Assert.That(10_000 - store.FuelRemaining, Is.EqualTo(expected + Throw));
    }

    private int CostOf(string export, int argument)
    {
        const int Fuel = 100_000;
        using Store store = new() { FuelRemaining = Fuel };
        Run(store, export, argument);
        return (int)(Fuel - store.FuelRemaining);
    }

    private int Run(Store store, string export, int argument)
    {
        Imports imports = new Imports().Add("host", "call", () => { });
        Instance instance = new(store, Guest.Compile(ThrowingModule.Build(), meterFuel: true), imports);
        return instance.GetFunction(export).CreateDelegate<Func<int, int>>()(argument);
    }
}
