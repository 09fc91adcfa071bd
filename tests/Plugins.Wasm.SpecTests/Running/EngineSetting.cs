namespace Plugins.Wasm.SpecTests.Running;

/// <summary>A way to run the engine; every file of the suite passes under each.</summary>
public sealed record EngineSetting(MemoryBacking Memory, bool MetersFuel)
{
    public static IReadOnlyList<EngineSetting> All { get; } =
    [
        new(MemoryBacking.Portable, MetersFuel: false),
        new(MemoryBacking.Portable, MetersFuel: true),
        new(MemoryBacking.Reserved, MetersFuel: false),
        new(MemoryBacking.Reserved, MetersFuel: true),
        new(MemoryBacking.Portable, MetersFuel: true) { HasHugeFunctions = true },
        new(MemoryBacking.Portable, MetersFuel: true) { OutlinesAt = 40 },
        new(MemoryBacking.Portable, MetersFuel: false) { Mode = ExecutionMode.Interpreted },
        new(MemoryBacking.Reserved, MetersFuel: true) { Mode = ExecutionMode.Interpreted },
        new(MemoryBacking.Portable, MetersFuel: true)
        {
            Mode = ExecutionMode.Tiered, Tiering = new() { Calls = 0, Rounds = 1, IsSynchronous = true },
        },
        new(MemoryBacking.Portable, MetersFuel: false)
        {
            Mode = ExecutionMode.Tiered, Tiering = new() { Calls = 1, Rounds = 1, IsSynchronous = true },
        },
        new(MemoryBacking.Portable, MetersFuel: true)
        {
            Mode = ExecutionMode.Tiered,
            Tiering = new() { Calls = 2, Rounds = 1, IsSynchronous = true },
            OutlinesAt = 20,
        },
    ];

    /// <summary>How functions are run.</summary>
    public ExecutionMode Mode { get; init; } = ExecutionMode.Compiled;

    /// <summary>When functions are compiled.</summary>
    internal TieringOptions Tiering { get; init; } = TieringOptions.Default;

    /// <summary>Whether every function is compiled as one too large to be optimised.</summary>
    public bool HasHugeFunctions { get; init; }

    /// <summary>Functions of more instructions are cut into methods; 0 for only those that are too large.</summary>
    public int OutlinesAt { get; init; }

    public Store CreateStore() => new(new StoreOptions { MemoryBacking = Memory }) { FuelRemaining = long.MaxValue };

    /// <summary>Compiles a module that may use these features; null for all that the engine has.</summary>
    public Module Compile(byte[] binary, IReadOnlySet<string>? features) => Module.Compile(
        binary,
        new ModuleOptions
        {
            Features = features,
            Mode = Mode,
            Tiering = Tiering,
            MeterFuel = MetersFuel,
            AssumesHugeFunctions = HasHugeFunctions,
            OutlinesAt = OutlinesAt,
        });

    public override string ToString() =>
        $"{Memory} memory, fuel {(MetersFuel ? "on" : "off")}{(HasHugeFunctions ? ", huge functions" : "")}"
        + $"{(OutlinesAt == 0 ? "" : $", cut at {OutlinesAt}")}"
        + $"{(Mode == ExecutionMode.Compiled ? "" : $", {Mode} after {Tiering.Calls} calls")}";
}
