using System.Runtime.CompilerServices;
using Plugins.Host.Engines;
using Plugins.Host.Engines.Embedded;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Sharing;

/// <summary>Code is shared by all hosts of the process, and nothing else is.</summary>
internal sealed class EmbeddedSharingTests
{
    private const string Counter = "tests/guests/kit/kit_c.wasm";

    [Test]
    public void Bytes_InUse_AreNotCompiledAgain()
    {
        var module = Compile(GuestFiles.Read(Counter));
        Assert.That(Compile([.. GuestFiles.Read(Counter)]), Is.SameAs(module));
    }

    [Test]
    public void Bytes_UnderOtherLimitsOrMetering_AreOtherCode()
    {
        var bytes = GuestFiles.Read(Counter);
        var module = Compile(bytes);
        Assert.That(Compile(bytes, ModuleLimits.Default with { NestingDepth = 900 }), Is.Not.SameAs(module));
        Assert.That(Compile(bytes, meterFuel: false), Is.Not.SameAs(module));
    }

    [Test]
    public void Bytes_TakenUnderWideLimits_AreHeldAgainstTheCallersOwn()
    {
        var module = Compile(GuestFiles.Read(Counter));
        Assert.That(
            () => Compile(GuestFiles.Read(Counter), ModuleLimits.Default with { Functions = 1 }),
            Throws.TypeOf<ModuleLimitException>());
        GC.KeepAlive(module);
    }

    [Test]
    public void Bytes_ChangedByTheirOwner_DoNotChangeWhatIsShared()
    {
        var bytes = GuestFiles.Read(Counter);
        var module = Compile(bytes);
        bytes[^1] ^= 1;
        Assert.That(Compile(GuestFiles.Read(Counter)), Is.SameAs(module));
        Assert.That(module.GetCustomSections("name"), Is.Not.Null);
    }

    [Test]
    public void Code_ThatNoPluginUses_IsUnloaded()
    {
        var forgotten = CompileAndForget();
        for (var i = 0; i < 20 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(forgotten.IsAlive, Is.False);
    }

    [Test]
    public void Instances_OfSharedCode_ShareNoState()
    {
        var module = new EmbeddedModule(Compile(GuestFiles.Read("tests/guests/hostile.wasm")));
        var other = new EmbeddedModule(Compile(GuestFiles.Read("tests/guests/hostile.wasm")));
        Assert.That(other.Module, Is.SameAs(module.Module));
        using var mine = Instantiate(module);
        using var theirs = Instantiate(other);

        Assert.That(mine.TryGetMemory(0, 65_536, out var first), Is.True);
        first.Fill(0xA5);
        mine.Fuel = 5;
        mine.Interrupt();

        Assert.That(theirs.TryGetMemory(0, 65_536, out var second), Is.True);
        Assert.That(second.Contains((byte)0xA5), Is.False);
        Assert.That(theirs.Fuel, Is.Not.EqualTo(5));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CompileAndForget() => new(
        Compile(GuestFiles.Read(Counter), ModuleLimits.Default with { NestingDepth = 901 }));

    private static Module Compile(byte[] bytes, ModuleLimits? limits = null, bool meterFuel = true) =>
        ((EmbeddedModule)EmbeddedEngine.Instance.Compile(bytes, limits ?? ModuleLimits.Default, meterFuel)).Module;

    private static IEngineInstance Instantiate(EmbeddedModule module)
    {
        var instance = module.CreateInstance(new EngineLimits(1_000, 10_000, 512 * 1024, 1_000));
        instance.Fuel = 1_000_000;
        instance.Instantiate([.. module.Imports.Select(import => new HostImport(
            import.Module, import.Name, DelegateOf((Wasm.Types.FunctionType)import.Type)))]);
        return instance;
    }

    private static Delegate DelegateOf(Wasm.Types.FunctionType type) =>
        (type.Parameters.Length, type.Results.Length) switch
        {
            (0, _) => () => 0,
            (2, 1) => (int _, int _) => 0,
            (2, _) => (int _, int _) => { },
            _ => (int _, int _, int _) => { },
        };
}
