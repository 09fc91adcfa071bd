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
    ];

    public Store CreateStore() => new(new StoreOptions { MemoryBacking = Memory }) { FuelRemaining = long.MaxValue };

    public Module Compile(byte[] binary) => Module.Compile(binary, new ModuleOptions { MeterFuel = MetersFuel });

    public override string ToString() => $"{Memory} memory, fuel {(MetersFuel ? "on" : "off")}";
}
