using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>Short ways from a module builder to something that runs.</summary>
internal static class Guest
{
    /// <summary>How guests are run: as the fixture says, of which one runs at a time.</summary>
    public static GuestMode Mode { get; set; } = GuestMode.Compiled;

    public static Module Compile(this ModuleBuilder builder, bool meterFuel = false) =>
        Compile(builder.Build(), meterFuel);

    public static Module Compile(byte[] binary, bool meterFuel = false) =>
        Module.Compile(binary, Mode.OptionsFor(meterFuel));

    /// <summary>An instance in a store of its own unless one is given; its finalizers release that store.</summary>
    public static Instance Instantiate(
        this ModuleBuilder builder, Store? store = null, Imports? imports = null, bool meterFuel = false) =>
        new(store ?? new Store(), builder.Compile(meterFuel), imports);

    public static void Run(this Instance instance, string function = "run") =>
        instance.GetFunction(function).CreateDelegate<Action>()();

    public static int RunInt32(this Instance instance, string function = "run") =>
        instance.GetFunction(function).CreateDelegate<Func<int>>()();

    /// <summary>The kind of trap an action ends with, or null when it ends without one.</summary>
    public static TrapKind? TrapOf(Action action) => Trap(action)?.Kind;

    /// <summary>The trap an action is sure to end with.</summary>
    public static TrapException ExpectTrap(Action action) => Trap(action) ?? throw new AssertionException("No trap.");

    private static TrapException? Trap(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (TrapException trap)
        {
            return trap;
        }
    }
}
