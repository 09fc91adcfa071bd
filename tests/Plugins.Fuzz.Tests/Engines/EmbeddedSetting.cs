using Plugins.Fuzz.Tests.Generation;
using Plugins.Wasm;
using Plugins.Wasm.Runtime.Tiering;

namespace Plugins.Fuzz.Tests.Engines;

/// <summary>A way to run a module on the embedded engine.</summary>
/// <param name="Name">What a report calls it.</param>
/// <param name="Options">How the module is run.</param>
/// <param name="Backing">The memories' kind.</param>
internal sealed record EmbeddedSetting(string Name, ModuleOptions Options, MemoryBacking Backing)
{
    /// <summary>The settings that a module of this seed is run under: each mode, with what else varies.</summary>
    internal static EmbeddedSetting[] Of(long seed)
    {
        var random = new SeededBytes(seed ^ 0x7157);
        return
        [
            Create(random, ExecutionMode.Interpreted, new TieringOptions(), metersFuel: true),
            Create(random, ExecutionMode.Compiled, new TieringOptions(), metersFuel: random.Below(2) == 0),
            Create(random, ExecutionMode.Tiered, Switches(random), metersFuel: random.Below(4) != 0),
        ];
    }

    /// <summary>Soon enough that functions and loops of the guest change over in its middle.</summary>
    private static TieringOptions Switches(SeededBytes random) => new()
    {
        Calls = random.Below(5),
        Rounds = 1 + random.Below(4),
        IsSynchronous = random.Below(3) != 0,
    };

    private static EmbeddedSetting Create(
        SeededBytes random, ExecutionMode mode, TieringOptions tiering, bool metersFuel)
    {
        MemoryBacking backing = random.Below(2) == 0 ? MemoryBacking.Reserved : MemoryBacking.Portable;
        int outlinesAt = random.Below(2) == 0 ? 0 : 10 + random.Below(200);
        string cut = outlinesAt == 0 || mode is ExecutionMode.Interpreted ? "" : $", cut at {outlinesAt}";
        string switches = mode is ExecutionMode.Tiered
            ? $" after {tiering.Calls} calls and {tiering.Rounds} rounds{(tiering.IsSynchronous ? "" : ", some time")}"
            : "";
        return new EmbeddedSetting(
            $"{mode}{switches}{(metersFuel ? " with fuel" : "")}{cut}",
            new ModuleOptions { Mode = mode, Tiering = tiering, MeterFuel = metersFuel, OutlinesAt = outlinesAt },
            backing);
    }
}
