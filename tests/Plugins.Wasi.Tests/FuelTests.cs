using Plugins.Wasi.Files;
using Plugins.Wasi.Preview1;
using Plugins.Wasi.Tests.Support;

namespace Plugins.Wasi.Tests;

/// <summary>What the host does for a guest costs fuel: one unit for each 64 bytes beside the function's own.</summary>
internal sealed class FuelTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void Write_OfBytes_CostsThemOnce(bool toFile)
    {
        using var guest = NewGuest();
        var descriptor = toFile ? guest.Open("file", OpenFlags.Creates) : 1;
        var before = guest.Fuel;
        Assert.That(guest.Write(descriptor, new byte[6_400], out _), Is.EqualTo(Errno.Success));
        Assert.That(guest.Fuel - before, Is.EqualTo(WasiFunctions.Preview1["fd_write"].Fuel + 100));
    }

    [Test]
    public void Read_OfBytes_CostsWhatWasRead()
    {
        using var guest = NewGuest();
        var file = guest.Open("file", OpenFlags.Creates);
        guest.Write(file, new byte[65], out _, position: 0);
        var before = guest.Fuel;
        Assert.That(guest.Read(file, 6_400, out _), Is.EqualTo(Errno.Success));
        Assert.That(guest.Fuel - before, Is.EqualTo(WasiFunctions.Preview1["fd_read"].Fuel + 2));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(64, 1)]
    [TestCase(int.MaxValue, 33_554_432)]
    public void Charge_OfAnyLength_IsNoGain(int bytes, long fuel)
    {
        using var guest = new FakeGuest(new WasiOptions());
        using var context = new WasiContext(new WasiOptions());
        new GuestCall(context, guest, WasiFunctions.Preview1["fd_write"], []).Charge(bytes);
        Assert.That(guest.Fuel, Is.EqualTo(fuel));
    }

    private static FakeGuest NewGuest() => new(new WasiOptions
    {
        Directories = [WasiDirectory.OfMemory("/", new MemoryFileSystem())],
    });
}
