using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Pdk.Runtime;
using Plugins.Pdk.Web;
using Plugins.Testing.InProcess;
using Plugins.Testing.Web;
using Plugins.Wasm;

namespace Plugins.Testing.Tests.InProcess;

/// <summary>What is particular to plugins that run in the test's own process.</summary>
internal sealed class InProcessEngineTests
{
    [Test]
    public void Compile_WithFuel_IsRefused() => Assert.That(
        () => new InProcessEngine(PluginExports.Module).Compile(
            [], new EngineModuleOptions { Limits = new ModuleLimits(), MeterFuel = true }),
        Throws.TypeOf<NotSupportedException>());

    [Test]
    public void Trap_CaughtByThePlugin_EndsTheCallAllTheSame()
    {
        using var host = new PluginTestHost();
        var plugin = Load(host, () =>
        {
            try
            {
                Pdk.Plugin.Fatal("over");
            }
            catch (Exception)
            {
                Pdk.Output.Write("not over");
            }
        });

        var call = plugin.Call("run").ShouldTrap(TrapCode.Unreachable);

        Assert.That(call.Failure?.GuestMessage, Is.EqualTo("over"));
    }

    [Test]
    public void Limit_OfTheHost_PassesThroughThePluginsOwnCatch()
    {
        using var host = new PluginTestHost();
        host.Limits = new() { OutputBytes = 3 };
        var plugin = Load(host, () =>
        {
            try
            {
                Pdk.Output.Write("four");
            }
            catch (Exception)
            {
                // As WebAssembly this could not be caught.
            }
        });

        plugin.Call("run").ShouldFail(PluginErrorCode.OutputLimit);
    }

    [Test]
    public void Exception_OfThePlugin_IsItsFailure()
    {
        using var host = new PluginTestHost();

        Load(host, () => throw new InvalidOperationException("odd")).Call("run")
            .ShouldFail("InvalidOperationException: odd", 1);
    }

    [Test]
    public void Capability_ThatIsNotListed_NamesItself()
    {
        using var host = new PluginTestHost();
        var plugin = Load(host, () => Pdk.Clock.GetNanoseconds());

        Assert.That(
            () => plugin.Call("run"),
            Throws.TypeOf<UnlistedCapabilityException>().With.Property("Capability").EqualTo("clock.now"));
    }

    [Test]
    public void Cancellation_OfACall_EndsItAtTheNextCallOfTheHost()
    {
        using var host = new PluginTestHost();
        using var source = new CancellationTokenSource();
        var wentOn = false;
        var plugin = Load(host, () =>
        {
            source.Cancel();
            Pdk.Output.Write("never");
            wentOn = true;
        });

        Assert.That(
            () => plugin.Plugin.Call("run", ReadOnlySpan<byte>.Empty, cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(wentOn, Is.False);
    }

    [TestCase("https://api.example.com/items", "201 made: order")]
    [TestCase("https://elsewhere.example.com/", "http.send is not permitted")]
    public void HttpSend_ToAStub_StaysWithinTheGrantedAddresses(string url, string expected)
    {
        using var host = new PluginTestHost()
            .GrantWithin("http.send", "api.example.com")
            .StubHttp(request => new StubbedResponse($"made: {request.Text}", 201));
        var plugin = Load(host, () => Send(url), "http.send");

        var call = plugin.Call("run");

        Assert.That(call.Failure is null ? call.OutputText : call.Failure.GuestMessage, Is.EqualTo(expected));
    }

    [TestCase("https://api.example.com/ ", "its url has a character that no url has")]
    [TestCase("ftp://api.example.com/", "its url is neither http nor https")]
    public void HttpSend_OfWhatTheHostWouldNotSend_FailsWithAStubToo(string url, string expected)
    {
        using var host = new PluginTestHost()
            .GrantWithin("http.send", "api.example.com").StubHttp(_ => new StubbedResponse());
        Load(host, () => Send(url), "http.send").Call("run")
            .ShouldFail($"http.send failed: The request is malformed: {expected}.");
    }

    [Test]
    public void HttpSend_ToAStubThatRedirects_GoesWhereItSaysWithinTheGrant()
    {
        var location = "/new";
        using var host = new PluginTestHost().GrantWithin("http.send", "api.example.com").StubHttp(request =>
            request.Url.AbsolutePath == "/new" ? new StubbedResponse($"{request.Method} {request.Text}")
            : new StubbedResponse(307) { Headers = [KeyValuePair.Create("Location", location)] });
        var plugin = Load(host, () => Send("https://api.example.com/old"), "http.send");
        plugin.Call("run").ShouldOutput("200 POST order");
        location = "https://elsewhere.example.com/";
        plugin.Call("run").ShouldFail("http.send is not permitted");
    }

    [Test]
    public void HttpSend_WithoutAStub_SendsNothing()
    {
        using var host = new PluginTestHost().GrantWithin("http.send", "api.example.com");
        var plugin = Load(host, () => Send("https://api.example.com/"), "http.send");
        plugin.Call("run").ShouldFail("http.send failed: The host function failed.");
        Assert.That(host.Notes, Has.Some.Contains("InvalidOperationException"));
    }

    [Test]
    public void StubHttp_AfterAStubOfTheWholeFunction_Throws()
    {
        using var host = new PluginTestHost().Stub("http.send", "answer");
        Assert.That(() => host.StubHttp(_ => new StubbedResponse()), Throws.InvalidOperationException);
    }

    [Test]
    public void Memory_OfALargeRequest_Grows()
    {
        using var host = new PluginTestHost();

        Load(host, () => Pdk.Output.Write(new byte[1 << 20])).Call("run").ShouldOutput(new byte[1 << 20]);
    }

    private static void Send(string url)
    {
        var response = Http.Send(new HttpRequest("POST", url) { Body = "order"u8.ToArray() });
        Pdk.Output.Write($"{response.Status} {System.Text.Encoding.UTF8.GetString(response.Body.Span)}");
    }

    private static TestedPlugin Load(PluginTestHost host, Action function, params string[] capabilities) =>
        host.Load(new PluginModule([new("run", () => PluginEntry.Run(function))], capabilities));
}
