using Plugins.Wasm.Runtime.Tiering;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>A way to run guests; what tests see is the same under each.</summary>
/// <param name="Name">What a fixture is called.</param>
/// <param name="Mode">How functions are run.</param>
internal sealed record GuestMode(string Name, ExecutionMode Mode)
{
    public static GuestMode Compiled { get; } = new("compiled", ExecutionMode.Compiled);

    public static GuestMode Interpreted { get; } = new("interpreted", ExecutionMode.Interpreted);

    /// <summary>Functions are compiled before their first call.</summary>
    public static GuestMode TieredAtOnce { get; } = new("tiered at once", ExecutionMode.Tiered)
    {
        Tiering = new TieringOptions { Calls = 0, Rounds = 1, IsSynchronous = true },
    };

    /// <summary>The first call of each function is interpreted; loops change over at their first round.</summary>
    public static GuestMode TieredAfterOne { get; } = new("tiered after one", ExecutionMode.Tiered)
    {
        Tiering = new TieringOptions { Calls = 1, Rounds = 1, IsSynchronous = true },
    };

    /// <summary>Functions are compiled as several methods.</summary>
    public static GuestMode Cut { get; } = new("cut", ExecutionMode.Compiled) { OutlinesAt = 20 };

    /// <summary>Functions change over at any time.</summary>
    public static GuestMode TieredSomeTime { get; } = new("tiered some time", ExecutionMode.Tiered)
    {
        Tiering = new TieringOptions { Calls = 2, Rounds = 2 },
    };

    public static IReadOnlyList<GuestMode> Of(ModeSet modes) => modes switch
    {
        ModeSet.All => [Compiled, Cut, Interpreted, TieredAtOnce, TieredAfterOne, TieredSomeTime],
        ModeSet.Few => [Compiled, Cut, Interpreted, TieredAfterOne],
        _ => [Compiled],
    };

    /// <summary>When functions are compiled.</summary>
    public TieringOptions Tiering { get; private init; } = TieringOptions.Default;

    /// <summary>Of how many instructions they are then.</summary>
    public int OutlinesAt { get; private init; }

    public ModuleOptions OptionsFor(bool meterFuel) =>
        new() { Mode = Mode, Tiering = Tiering, MeterFuel = meterFuel, OutlinesAt = OutlinesAt };

    public override string ToString() => Name;
}
