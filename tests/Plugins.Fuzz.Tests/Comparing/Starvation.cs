using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Generation;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Has calls run out of fuel: all modes that meter stop at the same operator, in the same state.</summary>
internal sealed class Starvation((EmbeddedSetting Setting, Module Module)[] modules, Tally tally)
{
    private const int MostFunctions = 6;

    private readonly (EmbeddedSetting Setting, Module Module)[] _metered =
        [.. modules.Where(pair => pair.Module.MetersFuel)];

    internal void Compare(long seed)
    {
        var random = new SeededBytes(seed ^ 0xF0E1);
        var arguments = new ArgumentSource(~seed);
        Module module = _metered[0].Module;
        foreach (ExportType function in module.Exports.Where(export => export.Type is FunctionType).Take(MostFunctions))
        {
            Compare(module, function, arguments.For((FunctionType)function.Type), random);
        }
    }

    private void Compare(Module module, ExportType function, ulong[] arguments, SeededBytes random)
    {
        // What the call takes is told by one; then all have less.
        long used;
        using (EmbeddedGuest whole = Instantiate(_metered[0]))
        {
            long before = whole.Fuel!.Value;
            whole.Call(function, arguments);
            used = before - whole.Fuel.Value;
        }

        long fuel = (long)(random.Next() % (ulong)(used + 1));
        EmbeddedGuest[] starved = Array.ConvertAll(_metered, Instantiate);
        using var guests = new GuestSet(
            module, [.. starved.Select((guest, i) => (_metered[i].Setting.Name, (IGuest)guest))]);
        Array.ForEach(starved, guest => guest.Fuel = fuel);
        string what = $"'{function.Name}' with {fuel} of {used} fuel";
        Outcome outcome = guests.Call(function, arguments, what);
        if (outcome.Trap is not Trap.StackExhausted)
        {
            guests.CompareState(what);
        }

        tally.Starved += outcome.Trap is Trap.OutOfFuel ? 1 : 0;
    }

    private static EmbeddedGuest Instantiate((EmbeddedSetting Setting, Module Module) pair) =>
        new(pair.Module, pair.Setting.Backing);
}
