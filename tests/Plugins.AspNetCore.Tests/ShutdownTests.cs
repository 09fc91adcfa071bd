using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;

namespace Plugins.AspNetCore.Tests;

/// <summary>A whole application that stops: no new connections, patience with requests, then an end.</summary>
internal sealed class ShutdownTests
{
    private const string Words = "examples/Pdk-Rust/word_count/plugin.wasm";
    private const string Hostile = "tests/guests/hostile.wasm";

    [Test]
    public async Task Stop_WhileARequestIsSent_AnswersItAndAcceptsNoOther()
    {
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("words", Application.Module("words", Words)),
            app => app.MapPlugin("/words", "words", "word_count"),
            addServices: services => services.Configure<KestrelServerOptions>(
                // On a busy machine the body may be as slow as it likes.
                kestrel => kestrel.Limits.MinRequestBodyDataRate = null));
        var plugin = application.Catalog.Get("words");
        using var content = new HeldContent("to be or not");
        var answer = application.PostAsync("/words", content);
        await content.Started;
        Assert.That(() => plugin.Uses, Is.EqualTo(1).After(600_000, 5));

        var stop = application.StopAsync();

        Assert.That(() => IsListening(application.Client.BaseAddress!), Is.False.After(600_000, 5));
        Assert.That(stop.IsCompleted, Is.False);
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.Active));
        content.GoOn();
        using var response = await answer;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"words\":4"));
        await stop;
        Assert.That(() => plugin.Call("word_count", []), Throws.TypeOf<PluginUnavailableException>());
    }

    [Test]
    public async Task Stop_WhenItsTimeIsOver_InterruptsWhatRuns()
    {
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("hostile", Application.Module("hostile", Hostile)),
            app => app.MapPlugin("/hostile", "hostile", "spin"),
            options =>
            {
                options.MeterFuel = false;
                options.MaximumLimits = options.MaximumLimits with { WallTime = TimeSpan.FromHours(1) };
                options.DefaultLimits = options.DefaultLimits with { WallTime = TimeSpan.FromHours(1) };
            },
            services => services.Configure<HostOptions>(
                options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(500)));
        var plugin = application.Catalog.Get("hostile");
        var request = application.PostAsync("/hostile", new StringContent(""));
        using var lease = plugin.Lease();
        var call = Task.Run(() => lease.Plugin.Call("spin", []));
        Assert.That(() => plugin.Uses, Is.EqualTo(2).After(600_000, 5));

        // Its time is over before all has ended, which the host of an application may say.
        try
        {
            await application.StopAsync();
        }
        catch (OperationCanceledException)
        {
        }

        Assert.That(() => request, Throws.InstanceOf<HttpRequestException>());
        Assert.That(() => call, Throws.TypeOf<ObjectDisposedException>());
    }

    private static bool IsListening(Uri address)
    {
        try
        {
            using var client = new TcpClient(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
