using System.Buffers.Binary;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Capabilities.Http.Support;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Capabilities.Http;

/// <summary>What a guest gets of it, and the operator.</summary>
internal sealed class HttpSendTests
{
    private const string Granted = "http://*.test";

    [Test]
    public async Task Send_ToAServer_GivesTheResponse()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            context.Response.Headers["X-Why"] = "\"a\"";
            return context.Response.WriteAsync("no such order");
        });
        using var rig = Prepare($"http://api.test:{server.Port}");
        var (status, result) = Ask(rig, Sending.Message("GET", $"http://api.test:{server.Port}/7", []));
        Assert.That(status, Is.Zero);
        var head = BinaryPrimitives.ReadInt32LittleEndian(result);
        using var json = System.Text.Json.JsonDocument.Parse(result.AsMemory(4, head));
        Assert.That(json.RootElement.GetProperty("status").GetInt32(), Is.EqualTo(404));
        Assert.That(json.RootElement.GetProperty("headers").ToString(), Does.Contain("X-Why"));
        Assert.That(Encoding.UTF8.GetString(result.AsSpan(4 + head)), Is.EqualTo("no such order"));
    }

    [TestCase("http://127.0.0.1/", -1, "", 1330, LogLevel.Warning)]
    [TestCase("http://denied.test/", -1, "", 1330, LogLevel.Warning)]
    [TestCase("http://nowhere.test/?token=5ecret", -2, "The server could not be reached.", 1331, LogLevel.Information)]
    [TestCase("ftp://a.test/5ecret", -2, "The request is malformed: its url is neither http nor https.", 1331,
        LogLevel.Information)]
    public void Send_ThatFails_TellsTheGuestLittleAndTheOperatorWhy(
        string url, int status, string message, int logged, LogLevel level)
    {
        using var rig = Prepare(Granted);
        var answer = Ask(rig, Sending.Message("GET", url, [], ("Authorization", "5ecret")));
        Assert.That((answer.Status, Encoding.UTF8.GetString(answer.Result)), Is.EqualTo((status, message)));
        var entry = rig.Loggers.Entries.Single(entry => entry.Id is 1330 or 1331);
        Assert.That((entry.Id, entry.Level), Is.EqualTo((logged, level)));
        Assert.That(rig.Loggers.Entries.Select(each => each.Message), Has.None.Contains("5ecret"));
    }

    [Test]
    public void Send_OverALimit_IsTooLarge()
    {
        using var rig = Prepare(Granted);
        rig.Options.Http = rig.Options.Http with { MaximumRequestBytes = 1 };
        Assert.That(
            Ask(rig, Sending.Message("POST", "http://a.test/", [1, 2])), Is.EqualTo((-3, Array.Empty<byte>())));
    }

    [Test]
    public async Task Response_ThatFitsOnlyWithoutItsHead_IsTooLarge()
    {
        await using var server = await WebServer.StartAsync(
            context => context.Response.Body.WriteAsync(new byte[100]).AsTask());
        using var rig = Prepare($"http://api.test:{server.Port}").Limits(l => l with { CapabilityResultBytes = 100 });
        Assert.That(Ask(rig, Sending.Message("GET", $"http://api.test:{server.Port}/", [])).Status, Is.EqualTo(-3));
    }

    [Test]
    public void Provider_ThatThrows_IsAFaultOfTheHostWithoutItsWords()
    {
        using var rig = Prepare(Granted);
        rig.Options.AddHttpCredential(
            "http://a.test", "Authorization", (_, _) => throw new InvalidOperationException("5ecret"));
        var (status, result) = Ask(rig, Sending.Message("GET", "http://a.test/", []));
        Assert.That((status, Encoding.UTF8.GetString(result)), Is.EqualTo((-2, "The host function failed.")));
        var entry = rig.Loggers.Entries.Single(entry => entry.Id == 1310);
        Assert.That(entry.Exception!.ToString(), Does.Contain("InvalidOperationException").And.Not.Contains("5ecret"));
    }

    [Test]
    public void Permission_ThatIsNotGranted_AnswersDenied()
    {
        using var rig = new Rig().Asks("http.send", required: false, "example.org");
        Assert.That(Ask(rig, Sending.Message("GET", "https://example.org/", [])).Status, Is.EqualTo(-1));
    }

    [Test]
    public void Failures_OfACall_AreLoggedUpToANumber()
    {
        using var rig = Prepare(Granted);
        rig.Imports("http.send").Guest("run", guest =>
        {
            for (var i = 0; i < 10; i++)
            {
                guest.Ask("http.send", Sending.Message("GET", "http://denied.test/", []));
            }

            return 0;
        });
        var plugin = rig.Load();
        plugin.Call("run", []);
        plugin.Call("run", []);
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1330), Is.EqualTo(6));
        Assert.That(
            rig.Loggers.Entries.Where(entry => entry.Id == 1311).Select(entry => entry.Message),
            Has.Exactly(2).Contains("7 further failures"));
    }

    [Test]
    public void Function_OfTheApplication_TakesThePlace()
    {
        using var rig = new Rig().Asks("http.send", true, "example.org").Grants("http.send");
        rig.Options.AddFunction("http.send", (_, request, result) => CapabilityStatus.NotFound);
        Assert.That(Ask(rig, []).Status, Is.EqualTo(-4));
        Assert.That(
            () => rig.Options.AddFunction("http.send", (_, _, _) => CapabilityStatus.NotFound),
            Throws.ArgumentException);
    }

    [Test]
    public async Task Call_WhoseServerNeverAnswers_EndsAtItsDeadline([Values] bool isAsync)
    {
        using var server = new LyingServer("", keepsOpen: true);
        using var rig = Prepare($"http://api.test:{server.Port}").WithSystemTime()
            .Limits(l => l with { WallTime = TimeSpan.FromMilliseconds(300) });
        var message = Sending.Message("GET", $"http://api.test:{server.Port}/", []);
        rig.Imports("http.send").Guest("run", guest =>
        {
            guest.Ask("http.send", message);
            guest.Step();
            return 0;
        });
        var plugin = rig.Load();
        if (isAsync)
        {
            await Assert.ThrowsAsync<PluginTimeException>(
                async () => await plugin.CallAsync("run", ReadOnlyMemory<byte>.Empty));
        }
        else
        {
            Assert.Throws<PluginTimeException>(() => plugin.Call("run", []));
        }

        Assert.That(server.Heads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Call_ThatIsCancelledWhileItWaits_Ends()
    {
        using var server = new LyingServer("", keepsOpen: true);
        using var rig = Prepare($"http://api.test:{server.Port}").WithSystemTime()
            .Limits(l => l with { WallTime = TimeSpan.FromMinutes(10) });
        var message = Sending.Message("GET", $"http://api.test:{server.Port}/", []);
        rig.Imports("http.send").Guest("run", guest =>
        {
            guest.Ask("http.send", message);
            guest.Step();
            return 0;
        });
        using var caller = new CancellationTokenSource();
        var call = rig.Load().CallAsync("run", ReadOnlyMemory<byte>.Empty, cancellationToken: caller.Token);
        while (server.Heads.Count == 0)
        {
            await Task.Delay(5);
        }

        await caller.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(async () => await call);
    }

    private static Rig Prepare(params string[] scope)
    {
        var rig = new Rig().Asks("http.send", required: true, scope);
        rig.Options.Permissions = PermissionCeiling.Of(new PermissionGrant("http.send", scope));
        rig.Options.Http = rig.Options.Http with { PrivateHosts = ["*.test"] };
        rig.Options.HostResolver = host => Task.FromResult<IPAddress[]>(host switch
        {
            "nowhere.test" => [],
            "denied.test" => [IPAddress.Parse("169.254.169.254")],
            _ => [IPAddress.Loopback],
        });
        return rig;
    }

    private static (int Status, byte[] Result) Ask(Rig rig, byte[] request)
    {
        (int, byte[]) answer = default;
        rig.Imports("http.send").Guest("run", guest => (answer = guest.Ask("http.send", request)).Item1 * 0);
        rig.Load().Call("run", []);
        return answer;
    }
}
