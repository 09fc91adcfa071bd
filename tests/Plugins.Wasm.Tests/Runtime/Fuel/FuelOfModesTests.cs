using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime.Fuel;

/// <summary>Compiled code and the interpreter count fuel on their own; random programs must find them equal.</summary>
internal sealed class FuelOfModesTests
{
    private const int Programs = 400;

    private static readonly ModuleOptions s_interpreted =
        new() { MeterFuel = true, Mode = ExecutionMode.Interpreted };

    private static readonly ModuleOptions[] s_compiled =
    [
        new() { MeterFuel = true, Mode = ExecutionMode.Compiled },
        new() { MeterFuel = true, Mode = ExecutionMode.Compiled, AssumesHugeFunctions = true },
        new() { MeterFuel = true, Mode = ExecutionMode.Compiled, OutlinesAt = 20 },
        new() { MeterFuel = true, Mode = ExecutionMode.Compiled, OutlinesAt = 100 },
        GuestMode.TieredAfterOne.OptionsFor(meterFuel: true),
    ];

    [Test]
    public void Fuel_OfRandomPrograms_IsTheSameCompiledAndInterpreted()
    {
        HashSet<string> ends = [];
        for (int seed = 0; seed < Programs; seed++)
        {
            byte[] binary = FuelProgram.Build(seed);
            long fuel = seed % 2 == 0 ? 100_000 : (seed * 7919) % 300;
            (string end, long left, string seen) expected = Run(binary, s_interpreted, seed, fuel);
            ends.Add(expected.end);
            foreach (ModuleOptions options in s_compiled)
            {
                Assert.That(Run(binary, options, seed, fuel), Is.EqualTo(expected), $"Seed {seed}, {options}.");
            }
        }

        Assert.That(
            ends,
            Is.SupersetOf(new[]
            {
                "returned",
                nameof(TrapKind.OutOfFuel),
                nameof(TrapKind.Unreachable),
                nameof(TrapKind.IntegerDivideByZero),
                nameof(TrapKind.OutOfBoundsMemoryAccess),
            }));
    }

    private static (string End, long Left, string Seen) Run(
        byte[] binary, ModuleOptions options, int argument, long fuel)
    {
        using var store = new Store();
        List<long> seen = [];
        var imports = new Imports().Add("host", "called", (int value) =>
        {
            seen.Add(store.FuelRemaining);
            return value + 1;
        });
        var instance = new Instance(store, Module.Compile(binary, options), imports);
        store.FuelRemaining = fuel;
        var run = instance.GetFunction("run").CreateDelegate<Func<int, int>>();
        TrapKind? trap = Guest.TrapOf(() => seen.Add(run(argument)));
        return (trap?.ToString() ?? "returned", store.FuelRemaining, string.Join(' ', seen));
    }
}
