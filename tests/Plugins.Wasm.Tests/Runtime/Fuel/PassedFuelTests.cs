using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Fuel;

/// <summary>Functions that nothing refers to are given their fuel, and return it beside their result.</summary>
[ModeFixture]
internal sealed class PassedFuelTests(GuestMode mode) : GuestFixture(mode)
{
    // Enough for every mode to change over in between.
    private const int Calls = 6;

    private static IEnumerable<TestCaseData> Types()
    {
        ValueKind[][] types =
        [
            [], [I32], [I64], [F32], [F64], [ExternRef], [FuncRef], [I32, F64], [F32, I64, ExternRef, I32],
            [.. Enumerable.Repeat(I64, 9)], [.. Enumerable.Repeat(F64, 20)],
        ];
        return types.Select(type => new TestCaseData([type]).SetArgDisplayNames(string.Join(' ', type)));
    }

    [TestCaseSource(nameof(Types))]
    public void Callee_OfEachType_ReturnsItsValuesAndWhatIsLeft(ValueKind[] kinds)
    {
        using var store = new Store();
        Instance instance = new ModuleBuilder()
            .Function(kinds, kinds, code => LoadAll(code, kinds))
            .Function(kinds, kinds, code => LoadAll(code, kinds).Call(0).Call(0), export: "run")
            .Instantiate(store, meterFuel: true);
        Value[] arguments = [.. kinds.Select((kind, index) => ValueOf(kind, -1 - index))];
        store.FuelRemaining = 10_000;
        for (int call = 1; call <= Calls; call++)
        {
            var results = new Value[kinds.Length];
            instance.GetFunction("run").Invoke(arguments, results);

            Assert.That(results, Is.EqualTo(arguments));
            Assert.That(store.FuelRemaining, Is.EqualTo(10_000 - (call * ((3 * kinds.Length) + 2))));
        }
    }

    [Test]
    public void Callees_ThatAreReferredToAndNot_CountTogether()
    {
        using var store = new Store();

        // 0 is called by its index and by the table, 1 by its index only, and calls 0 both ways.
        Instance instance = new ModuleBuilder()
            .Table(1)
            .Elements(0, 0)
            .Function([I32], [I32], code => code.LocalGet(0))
            .Function([I32], [I32], code => code.LocalGet(0).Call(0).I32Const(0).CallIndirect(0))
            .Function([], [I32], code => code.I32Const(7).Call(1).Call(0).Call(1), export: "run")
            .Instantiate(store, meterFuel: true);
        store.FuelRemaining = 1_000;
        for (int call = 1; call <= Calls; call++)
        {
            Assert.That(instance.RunInt32(), Is.EqualTo(7));
            Assert.That(store.FuelRemaining, Is.EqualTo(1_000 - (call * (4 + 1 + (2 * (4 + 2))))));
        }
    }

    [Test]
    public void Callee_AtTheDepthLimit_LeavesExactFuel()
    {
        const int Depth = 50;
        using var store = new Store(new StoreOptions { CallDepth = Depth });
        Instance instance = new ModuleBuilder()
            .Function([], [], code => code.I32Const(1).Drop().Call(0))
            .Function([], [], code => code.Call(0), export: "run")
            .Instantiate(store, meterFuel: true);
        for (int call = 0; call < Calls; call++)
        {
            store.FuelRemaining = 1_000;

            // The innermost call is refused before it is charged for anything.
            Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.CallStackExhausted));
            Assert.That(store.FuelRemaining, Is.EqualTo(1_000 - 1 - ((Depth - 1) * 2)));
        }
    }

    [Test]
    public void Callee_InterruptedAtItsEntry_LeavesExactFuel()
    {
        using var store = new Store();
        Instance instance = new ModuleBuilder()
            .ImportFunction("host", "interrupt", [], [])
            .Function([], [], code => code.I32Const(1).Drop())
            .Function([I32], [], code => code.LocalGet(0).If().I32Const(0).Call(2).End().Call(1))
            .Function([], [], code => code.I32Const(1).Call(2).Call(0).I32Const(1).Call(2), export: "run")
            .Instantiate(store, new Imports().Add("host", "interrupt", store.Interrupt), meterFuel: true);
        for (int call = 0; call < Calls; call++)
        {
            store.FuelRemaining = 1_000;
            Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
            store.ClearInterrupt();

            // Two calls of three and two, twice one, and what leads to the entry that traps.
            Assert.That(store.FuelRemaining, Is.EqualTo(1_000 - 2 - (5 + 1) - (3 + 1) - 1 - 2));
        }
    }

    private static CodeBuilder LoadAll(CodeBuilder code, ValueKind[] kinds)
    {
        for (uint i = 0; i < kinds.Length; i++)
        {
            code.LocalGet(i);
        }

        return code;
    }

    private static Value ValueOf(ValueKind kind, int number) => kind switch
    {
        I32 => Value.FromInt32(number),
        I64 => Value.FromInt64(number),
        F32 => Value.FromSingle(number),
        F64 => Value.FromDouble(number),
        FuncRef => Value.FromReference(FuncRef, null),
        _ => Value.FromReference(ExternRef, "a reference"),
    };
}
