using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Capabilities;

/// <summary>Functions of the application that answer with a task.</summary>
[CancelAfter(600_000)]
internal sealed partial class AsyncFunctionTests
{
    [Test]
    public void Function_OverBytes_AnswersTheGuest([Values] bool isCompleteAtOnce, [Values] bool isAsync)
    {
        var answer = Ask(
            async (_, request, result, _) =>
            {
                result.Write(request.Span);
                await Take(isCompleteAtOnce);
                result.Write("!"u8);
                return CapabilityStatus.Success;
            },
            isAsync);
        Assert.That(answer, Is.EqualTo((0, "ask!")));
    }

    [Test]
    public void Function_OverStreams_AnswersTheGuest()
    {
        using var rig = new Rig();
        rig.Options.AddFunction("own", async (_, request, result, cancellation) =>
        {
            await request.CopyToAsync(result, cancellation);
            await result.WriteAsync("!"u8.ToArray(), cancellation);
            result.Write("?"u8);
            return CapabilityStatus.Success;
        });
        Assert.That(AskOwn(rig, [.. "ask"u8]), Is.EqualTo((0, "ask!?")));
    }

    [Test]
    public void Function_OverStreams_CannotWriteMoreThanThePluginTakes()
    {
        using var rig = new Rig().Limits(limits => limits with { CapabilityResultBytes = 100 });
        rig.Options.AddFunction("own", async (_, request, result, cancellation) =>
        {
            await new MemoryStream(new byte[101]).CopyToAsync(result, cancellation);
            return CapabilityStatus.Success;
        });
        Assert.That(AskOwn(rig, [.. "ask"u8]), Is.EqualTo(((int)CapabilityStatus.TooLarge, "")));
    }

    [TestCase(CapabilityStatus.Success, "written")]
    [TestCase(CapabilityStatus.Failed, "written")]
    [TestCase(CapabilityStatus.Denied, "")]
    public void Function_WithAStatus_GivesAResultOnlyWhereThereIsOne(CapabilityStatus status, string result)
    {
        var answer = Ask(async (_, _, writer, _) =>
        {
            await Task.Yield();
            writer.Write("written"u8);
            return status;
        });
        Assert.That(answer, Is.EqualTo(((int)status, result)));
    }

    [Test]
    public void Function_ThatFails_TellsTheGuestNothingAndTheOperatorAll([Values] bool isAtOnce)
    {
        using var rig = new Rig();
        var answer = Ask(
            async (_, _, writer, _) =>
            {
                writer.Write("half"u8);
                await Take(isAtOnce);
                throw new InvalidOperationException("secret path");
            },
            rig: rig);
        Assert.That(answer, Is.EqualTo((-2, "The host function failed.")));
        var entry = rig.Loggers.Entries.Single(entry => entry.Id == 1310);
        Assert.That(entry.Exception!.Message, Is.EqualTo("System.InvalidOperationException: secret path"));
    }

    [Test]
    public void Function_ThatFailsForTheGuest_TellsItWhy([Values] bool isAtOnce)
    {
        var answer = Ask(async (_, _, _, _) =>
        {
            await Take(isAtOnce);
            throw new GuestVisibleException("no such user");
        });
        Assert.That(answer, Is.EqualTo((-2, "no such user")));
    }

    [TestCase(10, 0)]
    [TestCase(11, -3)]
    public void Result_AtTheLimit_IsTold(int bytes, int status)
    {
        using var rig = new Rig().Limits(limits => limits with { CapabilityResultBytes = 10 });
        var answer = Ask(
            async (_, _, writer, _) =>
            {
                await Task.Yield();
                writer.Write(new byte[bytes]);
                return CapabilityStatus.Success;
            },
            rig: rig);
        Assert.That((answer.Status, answer.Result.Length), Is.EqualTo((status, status == 0 ? bytes : 0)));
    }

    [Test]
    public void Fuel_TakenAfterAnAwait_EndsTheGuest()
    {
        using var rig = new Rig().Limits(limits => limits with { Fuel = 1_000 });
        AsyncHostFunction function = async (context, _, _, _) =>
        {
            await Task.Yield();
            context.ConsumeFuel(1_001);
            return CapabilityStatus.Success;
        };
        Assert.That(() => Ask(function, rig: rig), Throws.TypeOf<PluginFuelException>());
    }

    [TestCase("x", 0, "x?")]
    [TestCase("none", -4, "")]
    [TestCase("\xC3", -2, "The request is not UTF-8.")]
    public void Function_OverText_AnswersOrFindsNothing(string request, int status, string result)
    {
        using var rig = new Rig();
        rig.Options.AddFunction("own", async (_, text, _) =>
        {
            await Task.Yield();
            return text == "none" ? null : text + "?";
        });
        Assert.That(AskOwn(rig, Encoding.Latin1.GetBytes(request)), Is.EqualTo((status, result)));
    }

    [TestCase("""{"Number":20}""", 0, """{"Number":21}""")]
    [TestCase("""{"Number":""", -2, "The request is not the JSON that this function takes.")]
    [TestCase("""{"Number":"x"}""", -2, "The request is not the JSON that this function takes.")]
    public void Function_OverJson_ReadsAndWritesIt(string request, int status, string result)
    {
        using var rig = new Rig();
        var type = CountJson.Default.Count;
        rig.Options.AddFunction(
            "own",
            async (_, payload, token) =>
            {
                await Task.Delay(1, token);
                return new Count(payload!.Number + 1);
            },
            type,
            type);
        Assert.That(AskOwn(rig, Encoding.UTF8.GetBytes(request)), Is.EqualTo((status, result)));
    }

    [Test]
    public void Json_LongerThanAPiece_IsRead()
    {
        using var rig = new Rig();
        var type = CountJson.Default.Count;
        rig.Options.AddFunction("own", (_, payload, _) => ValueTask.FromResult(payload!), type, type);
        var request = Encoding.UTF8.GetBytes("""{"Number":7}""" + new string(' ', 20_000));
        Assert.That(AskOwn(rig, request), Is.EqualTo((0, """{"Number":7}""")));
    }

    [Test]
    public void Request_OfOneFunction_IsNotWrittenOverByTheNextWhileItIsInUse()
    {
        using var rig = new Rig().Uses("own").Uses("left");
        ReadOnlyMemory<byte> kept = default;
        rig.Options.AddFunction("left", (_, request, _, _) =>
        {
            kept = request;
            throw new InvalidOperationException("but something of it still reads the request");
        });
        rig.Options.AddFunction("own", (_, _, _, _) => ValueTask.FromResult(CapabilityStatus.Success));
        rig.Guest("run", guest =>
        {
            guest.Ask("left", "first"u8);
            return guest.Ask("own", "second"u8).Status;
        });
        rig.Load().Call("run", []);
        Assert.That(Encoding.UTF8.GetString(kept.Span), Is.EqualTo("first"));
    }

    [Test]
    public void Context_OfTheCaller_ReachesTheFunction()
    {
        var local = new AsyncLocal<string>();
        string? seen = null;
        local.Value = "traced";
        Ask((_, _, _, _) =>
        {
            seen = local.Value;
            return ValueTask.FromResult(CapabilityStatus.Success);
        });
        Assert.That(seen, Is.EqualTo("traced"));
    }

    private static async Task Take(bool isCompleteAtOnce)
    {
        if (!isCompleteAtOnce)
        {
            await Task.Yield();
        }
    }

    private static (int Status, string Result) Ask(AsyncHostFunction function, bool isAsync = true, Rig? rig = null)
    {
        using var own = rig is null ? new Rig() : null;
        (rig ?? own)!.Options.AddFunction("own", function);
        return AskOwn((rig ?? own)!, "ask"u8.ToArray(), isAsync);
    }

    private static (int Status, string Result) AskOwn(Rig rig, byte[] request, bool isAsync = true)
    {
        (int Status, byte[] Result) answer = (0, []);
        rig.Uses("own").Guest("run", guest => (answer = guest.Ask("own", request)).Status * 0);
        var plugin = rig.Load();
        _ = isAsync ? plugin.CallAsync("run", default).GetAwaiter().GetResult() : plugin.Call("run", []);
        return (answer.Status, Encoding.UTF8.GetString(answer.Result));
    }

    internal sealed record Count(int Number);

    [JsonSerializable(typeof(Count))]
    internal sealed partial class CountJson : JsonSerializerContext;
}
