using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Exchange;

internal sealed class RangeTests
{
    private const int End = FakeGuest.PageBytes;

    private static readonly Dictionary<string, Action<FakeGuest, int, int>> Imports = new(StringComparer.Ordinal)
    {
        ["input_read"] = (guest, address, length) => guest.InputRead(address, length),
        ["output_write"] = (guest, address, length) => guest.OutputWrite(address, length),
        ["error_write"] = (guest, address, length) => guest.ErrorWrite(address, length),
        ["result_read"] = (guest, address, length) => guest.ResultRead(address, length),
        ["log"] = (guest, address, length) => guest.Log(2, address, length),
        ["config.read"] = (guest, address, length) => guest.Capability("config.read", address, length),
    };

    [Test]
    public void Range_OutsideMemory_TrapsAndNamesBoth(
        [ValueSource(nameof(Names))] string import,
        [Values("0,65537", "65535,2", "65537,0", "-1,1", "0,-1", "-1,0", "-2147483648,-2147483648")] string range)
    {
        var (address, length) = Parse(range);
        using var rig = Load(import, address, length);
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call("run", []))!;
        Assert.That(failure.Trap, Is.EqualTo(TrapCode.HostRangeOutOfBounds));
        Assert.That((failure.RangeAddress, failure.RangeLength), Is.EqualTo(((uint?)address, (uint?)length)));
    }

    [Test]
    public void Range_InsideMemory_IsTaken(
        [ValueSource(nameof(Names))] string import, [Values("0,0", "65535,1", "65536,0")] string range)
    {
        var (address, length) = Parse(range);
        using var rig = Load(import, address, length);
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
    }

    private static string[] Names() => [.. Imports.Keys];

    private static (int Address, int Length) Parse(string range)
    {
        var parts = range.Split(',');
        return (int.Parse(parts[0]), int.Parse(parts[1]));
    }

    private static Rig Load(string import, int address, int length) => new Rig().Imports("config.read").Guest(
        "run",
        guest =>
        {
            Imports[import](guest, address, length);
            return 0;
        });
}
