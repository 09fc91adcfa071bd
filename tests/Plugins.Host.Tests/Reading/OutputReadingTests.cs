using System.Diagnostics;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Errors;
using Plugins.Host.MessagePack;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Reading;

/// <summary>Payloads are read in the time of the call, and in time that is linear in their length.</summary>
[CancelAfter(600_000)]
internal sealed class OutputReadingTests
{
    private const int Short = 3;
    private const int Long = 20_000;
    private const int PieceBytes = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _reads;

    [SetUp]
    public void ForgetReads() => _reads = 0;

    [TearDown]
    public void ReadAsUsual()
    {
        SlowNumber.OnRead = null;
        SlowParcel.OnRead = null;
    }

    [TestCase(Short)]
    [TestCase(Long)]
    public void Output_ThatTakesLongToRead_IsTheCallsTime(int count)
    {
        using var rig = Answering(Numbers(count));
        var plugin = rig.Load();
        SlowNumber.OnRead = number => rig.Time.Advance(TimeSpan.FromSeconds(++_reads == 2 ? 2 : 0));
        var failure = Assert.Throws<PluginTimeException>(() => Read(plugin))!;
        Assert.That((failure.Limit, failure.Function), Is.EqualTo((TimeSpan.FromSeconds(1), "run")));
        Assert.That(_reads, Is.LessThan(Math.Max(Short + 1, Long / 2)));
    }

    [Test]
    public void Output_OfACallThatTookItsTime_HasTheRest()
    {
        using var rig = Answering(Numbers(Long), TimeSpan.FromMilliseconds(700));
        var plugin = rig.Load();
        SlowNumber.OnRead = number => rig.Time.Advance(TimeSpan.FromMilliseconds(++_reads == 2 ? 400 : 0));
        Assert.That(() => Read(plugin), Throws.TypeOf<PluginTimeException>());
    }

    [Test]
    public void Output_ThatIsReadInTime_IsPartOfTheDuration([Values(Short, Long)] int count)
    {
        using var rig = Answering(Numbers(count), TimeSpan.FromMilliseconds(300));
        var plugin = rig.Load();
        SlowNumber.OnRead = number => rig.Time.Advance(TimeSpan.FromMilliseconds(++_reads == 2 ? 400 : 0));
        var result = Read(plugin);
        Assert.That(
            (result.Value!.Count, result.Duration), Is.EqualTo((count, TimeSpan.FromMilliseconds(700))));
    }

    [Test]
    public void Output_InASessionWithATimeOfItsOwn_HasThat()
    {
        using var rig = Answering(Numbers(Short));
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(20) };
        using var session = rig.Load().OpenSession(options);
        SlowNumber.OnRead = number => rig.Time.Advance(TimeSpan.FromMilliseconds(10));
        var failure = Assert.Throws<PluginTimeException>(() => Read(session))!;
        Assert.That(failure.Limit, Is.EqualTo(options.WallTime));
    }

    [Test]
    public void Output_OfACallThatIsCancelled_IsReadNoFurther()
    {
        using var source = new CancellationTokenSource();
        using var rig = Answering(Numbers(Long));
        var plugin = rig.Load();
        SlowNumber.OnRead = number =>
        {
            _reads++;
            source.Cancel();
        };
        Assert.That(() => Read(plugin, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_reads, Is.LessThan(Long / 2));
    }

    [Test]
    public void Output_OfATypedCall_IsReadInTheTimeOfTheCall()
    {
        using var rig = Answering(Numbers(Long));
        rig.Options.UseJson(ReadingJson.Default);
        var plugin = rig.Load(manifest => manifest with
        {
            Functions =
            [
                new() { Name = "run", InputMediaType = "application/json", OutputMediaType = "application/json" },
            ],
        });
        SlowNumber.OnRead = number => rig.Time.Advance(TimeSpan.FromSeconds(++_reads == 2 ? 2 : 0));
        Assert.That(() => plugin.Call<int, List<SlowNumber>>("run", 1), Throws.TypeOf<PluginTimeException>());
        Assert.That(_reads, Is.LessThan(Long / 2));
    }

    [Test]
    public void Output_InMessagePack_IsReadInTheTimeOfTheCall()
    {
        const int Parcels = 1_000;
        byte[] parcel = [0x81, 0xA6, .. "Number"u8, 0x01];
        byte[] output = [0xDC, Parcels >> 8, Parcels & 0xFF, .. Enumerable.Repeat(parcel, Parcels).SelectMany(b => b)];
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Output(output);
            return 0;
        });
        rig.Options.UseMessagePack();
        var plugin = rig.Load(manifest => manifest with
        {
            Functions =
            [
                new() { Name = "run", InputMediaType = "application/msgpack", OutputMediaType = "application/msgpack" },
            ],
        });
        SlowParcel.OnRead = () => rig.Time.Advance(TimeSpan.FromSeconds(++_reads == 2 ? 2 : 0));
        Assert.That(() => plugin.Call<int, SlowParcel[]>("run", 1), Throws.TypeOf<PluginTimeException>());
        Assert.That(_reads, Is.InRange(2, Parcels / 2));
    }

    [Test]
    public void Request_ThatTakesLongToRead_EndsWithTheCall()
    {
        FakeGuest? running = null;
        using var rig = new Rig().Uses("take").Guest("run", guest =>
        {
            running = guest;
            guest.Ask("take", Encoding.UTF8.GetBytes(Numbers(Long / 2)));
            return guest.SpinForever();
        });
        rig.Options.AddFunction(
            "take", (_, numbers) => numbers!.Count, ReadingJson.Default.ListSlowNumber, ReadingJson.Default.Int32);
        var plugin = rig.Load();
        SlowNumber.OnRead = number =>
        {
            if (++_reads == 2)
            {
                rig.Time.Advance(TimeSpan.FromSeconds(2));
                SpinWait.SpinUntil(() => running!.IsInterrupted, Patience);
            }
        };
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginTimeException>());
        Assert.That(_reads, Is.LessThan(Long / 4));
    }

    [Test]
    public void Output_MadeToCollide_TakesTheTimeOfAnyOther()
    {
        using var rig = Answering(Object(i => i * 1_003));
        using var hostile = Answering(Object(i => (i << 32) | i));
        var (ordinary, colliding) = (rig.Load(), hostile.Load());
        ReadMap(ordinary);
        var usual = CpuMilliseconds(() => ReadMap(ordinary));
        Assert.That(CpuMilliseconds(() => ReadMap(colliding)), Is.LessThan((20 * usual) + 300));
    }

    private static string Numbers(int count) => "[" + string.Join(',', Enumerable.Range(0, count)) + "]";

    private static string Object(Func<long, long> key) =>
        "{" + string.Join(',', Enumerable.Range(0, 40_000).Select(i => $"\"{key(i)}\":0")) + "}";

    private static Rig Answering(string json, TimeSpan time = default)
    {
        var rig = new Rig();
        return rig.Guest("run", guest =>
        {
            rig.Time.Advance(time);
            foreach (var piece in Encoding.UTF8.GetBytes(json).Chunk(PieceBytes))
            {
                guest.Output(piece);
            }

            return 0;
        });
    }

    private static PluginResult<List<SlowNumber>?> Read(
        PluginCaller caller, CancellationToken cancellation = default) =>
        caller.CallJson(
            "run", 1, ReadingJson.Default.Int32, ReadingJson.Default.ListSlowNumber, null, cancellation);

    private static void ReadMap(PluginCaller caller)
    {
        JsonTypeInfo<Dictionary<long, int>> type = ReadingJson.Default.DictionaryInt64Int32;
        Assert.That(caller.CallJson("run", 1, ReadingJson.Default.Int32, type).Value, Has.Count.EqualTo(40_000));
    }

    private static double CpuMilliseconds(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }
}
