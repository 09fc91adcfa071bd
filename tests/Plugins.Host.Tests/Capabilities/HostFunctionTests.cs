using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Capabilities;

internal sealed partial class HostFunctionTests
{
    [Test]
    public void Function_OverBytes_AnswersTheGuest()
    {
        var answer = Ask((_, request, result) =>
        {
            result.Write(request);
            result.Write("!"u8);
            return CapabilityStatus.Success;
        });
        Assert.That(answer, Is.EqualTo((0, "ask!")));
    }

    [TestCase(CapabilityStatus.Success, "written")]
    [TestCase(CapabilityStatus.Failed, "written")]
    [TestCase(CapabilityStatus.Denied, "")]
    [TestCase(CapabilityStatus.TooLarge, "")]
    [TestCase(CapabilityStatus.NotFound, "")]
    public void Function_WithAStatus_GivesAResultOnlyWhereThereIsOne(CapabilityStatus status, string result)
    {
        var answer = Ask((_, _, writer) =>
        {
            writer.Write("written"u8);
            return status;
        });
        Assert.That(answer, Is.EqualTo(((int)status, result)));
    }

    [Test]
    public void Function_ThatThrows_TellsTheGuestNothingAndTheOperatorAll()
    {
        using var rig = new Rig();
        var answer = Ask((_, _, writer) =>
        {
            writer.Write("half"u8);
            throw new InvalidOperationException("secret path");
        }, rig);
        Assert.That(answer, Is.EqualTo((-2, "The host function failed.")));
        var entry = rig.Loggers.Entries.Single(entry => entry.Id == 1310);
        Assert.That(entry.Exception!.Message, Is.EqualTo("System.InvalidOperationException: secret path"));
        Assert.That(entry.Exception.ToString(), Does.Contain(nameof(HostFunctionTests)));
    }

    [Test]
    public void Function_ThatThrowsForTheGuest_TellsItWhy()
    {
        Assert.That(
            Ask((_, _, _) => throw new GuestVisibleException("no such user")), Is.EqualTo((-2, "no such user")));
    }

    [TestCase(10, 0)]
    [TestCase(11, -3)]
    [TestCase(1_000_000, -3)]
    public void Result_AtTheLimit_IsTold(int bytes, int status)
    {
        using var rig = new Rig().Limits(limits => limits with { CapabilityResultBytes = 10 });
        var answer = Ask((_, _, writer) =>
        {
            writer.Write(new byte[bytes]);
            return CapabilityStatus.Success;
        }, rig);
        Assert.That((answer.Status, answer.Result.Length), Is.EqualTo((status, status == 0 ? bytes : 0)));
    }

    [TestCase(3, 0)]
    [TestCase(2, -3)]
    public void Request_AtTheLimit_IsTold(int limit, int status)
    {
        using var rig = new Rig().Limits(limits => limits with { CapabilityRequestBytes = limit });
        Assert.That(Ask((_, _, _) => CapabilityStatus.Success, rig).Status, Is.EqualTo(status));
    }

    [TestCase(3, true)]
    [TestCase(2, false)]
    public void Calls_AtTheLimit_AreTold(int limit, bool passes)
    {
        using var rig = new Rig().Uses("own").Limits(limits => limits with { HostCalls = limit })
            .Guest("run", guest => Enumerable.Range(0, 3).Sum(_ => guest.Ask("own").Status));
        rig.Options.AddFunction("own", (_, _, _) => CapabilityStatus.Success);
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("run", []), passes ? Throws.Nothing
            : Throws.TypeOf<PluginLimitException>().With.Property("Code").EqualTo(PluginErrorCode.HostCallLimit));
        Assert.That(() => plugin.Call("run", []), passes ? Throws.Nothing : Throws.TypeOf<PluginLimitException>());
    }

    [Test]
    public void Writer_KeptBeyondItsCall_ReachesNoLaterResult()
    {
        IBufferWriter<byte>? kept = null;
        Ask((_, _, writer) =>
        {
            kept = writer;
            return CapabilityStatus.Success;
        });
        Assert.That(() => kept!.Write("late"u8), Throws.InvalidOperationException);
    }

    [Test]
    public void Writer_OfAnotherCall_ReachesNoResultWhileThatIsWritten()
    {
        IBufferWriter<byte>? kept = null;
        Memory<byte> memory = default;
        var results = new List<string>();
        using var rig = new Rig().Uses("own").Guest("run", guest =>
        {
            results.Add(Encoding.UTF8.GetString(guest.Ask("own").Result));
            return 0;
        });
        rig.Options.AddFunction("own", (_, _, writer) =>
        {
            writer.Write("bob's"u8);
            if (kept is not null)
            {
                Assert.That(() => kept.Write("alice's"u8), Throws.InvalidOperationException);
                memory.Span.Fill((byte)'x');
            }

            (kept, memory) = (writer, writer.GetMemory(100));
            return CapabilityStatus.Success;
        });
        var plugin = rig.Load();
        plugin.Call("run", []);
        plugin.Call("run", []);
        Assert.That(results, Is.EqualTo((string[])["bob's", "bob's"]));
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Result_OfTheLastCall_ReplacesTheOneBefore()
    {
        using var rig = new Rig().Uses("own").Guest("run", guest =>
        {
            guest.Ask("own", "first"u8);
            guest.Capability("own", 0, 0);
            return guest.ResultLength();
        });
        rig.Options.AddFunction("own", (_, text) => text);
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
    }

    [TestCase("x", 0, "x?")]
    [TestCase("none", -4, "")]
    public void Function_OverText_AnswersOrFindsNothing(string request, int status, string result)
    {
        using var rig = new Rig();
        rig.Options.AddFunction("own", (_, text) => text == "none" ? null : text + "?");
        Assert.That(AskOwn(rig, Encoding.UTF8.GetBytes(request)), Is.EqualTo((status, result)));
    }

    [TestCase("""{"Number":20}""", 0, """{"Number":21}""")]
    [TestCase("""{"Number":""", -2, "The request is not the JSON that this function takes.")]
    [TestCase("""{"Number":"x"}""", -2, "The request is not the JSON that this function takes.")]
    public void Function_OverJson_ReadsAndWritesIt(string request, int status, string result)
    {
        using var rig = new Rig();
        var type = TestJson.Default.Payload;
        rig.Options.AddFunction("own", (_, payload) => new Payload(payload!.Number + 1), type, type);
        Assert.That(AskOwn(rig, Encoding.UTF8.GetBytes(request)), Is.EqualTo((status, result)));
    }

    [Test]
    public void Text_ThatIsNotUtf8_FailsWithAMessage()
    {
        using var rig = new Rig();
        rig.Options.AddFunction("own", (_, text) => text);
        Assert.That(AskOwn(rig, [0xC3]), Is.EqualTo((-2, "The request is not UTF-8.")));
    }

    [Test]
    public void Context_OfACall_TellsOnWhoseBehalfItIs()
    {
        PluginCallContext? seen = null;
        using var rig = new Rig();
        var options = new PluginCallOptions
        {
            Tenant = "t",
            CallId = "c",
            Items = new Dictionary<string, object?>(StringComparer.Ordinal) { ["user"] = 5 },
        };
        Ask((context, _, _) =>
        {
            seen = context;
            Assert.That(context.TimeRemaining, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That((context.HostCallsRemaining, context.FuelRemaining > 0), Is.EqualTo((999, true)));
            Assert.That(context.ScopeOf("own").IsUnlimited && context.ScopeOf("other").IsEmpty);
            return CapabilityStatus.Success;
        }, rig, options);
        Assert.That(
            (seen!.Tenant, seen.CallId, seen.Items["user"], seen.Function), Is.EqualTo(("t", "c", (object)5, "run")));
        Assert.That(() => seen.FuelRemaining, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Fuel_TakenByAFunction_EndsTheGuest()
    {
        using var rig = new Rig().Limits(limits => limits with { Fuel = 1_000 });
        Assert.That(() => Ask((context, _, _) =>
        {
            context.ConsumeFuel(1_001);
            return CapabilityStatus.Success;
        }, rig), Throws.TypeOf<PluginFuelException>());
    }

    [Test]
    public void Services_OfACall_AreOneScopeThatEndsWithIt()
    {
        var services = new ServiceCollection().AddScoped<Probe>().BuildServiceProvider();
        Probe? probe = null;
        using var rig = new Rig();
        rig.Options.Services = services;
        Ask((context, _, _) =>
        {
            probe = context.Services.GetRequiredService<Probe>();
            Assert.That(context.Services.GetRequiredService<Probe>(), Is.SameAs(probe));
            Assert.That(probe.IsDisposed, Is.False);
            return CapabilityStatus.Success;
        }, rig);
        Assert.That(probe!.IsDisposed);
    }

    [TestCase("clock.now")]
    [TestCase("own")]
    [TestCase("Not.A.Name")]
    public void AddFunction_UnderATakenOrMalformedName_IsMisuse(string name)
    {
        var options = new PluginHostOptions().AddFunction("own", (_, text) => text);
        Assert.That(() => options.AddFunction(name, (_, text) => text), Throws.ArgumentException);
    }

    private static (int Status, string Result) Ask(
        HostFunction function, Rig? rig = null, PluginCallOptions? options = null)
    {
        using var own = rig is null ? new Rig() : null;
        (rig ?? own)!.Options.AddFunction("own", function);
        return AskOwn((rig ?? own)!, "ask"u8.ToArray(), options);
    }

    private static (int Status, string Result) AskOwn(Rig rig, byte[] request, PluginCallOptions? options = null)
    {
        (int Status, byte[] Result) answer = (0, []);
        rig.Uses("own").Guest("run", guest => (answer = guest.Ask("own", request)).Status * 0);
        rig.Load().Call("run", [], options);
        return (answer.Status, Encoding.UTF8.GetString(answer.Result));
    }

    internal sealed record Payload(int Number);

    [JsonSerializable(typeof(Payload))]
    internal sealed partial class TestJson : JsonSerializerContext;

    private sealed class Probe : IDisposable
    {
        internal bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
