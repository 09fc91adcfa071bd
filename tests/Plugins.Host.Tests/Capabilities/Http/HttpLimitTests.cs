using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

internal sealed class HttpLimitTests
{
    [Test]
    public async Task Requests_OfACall_EndAtTheLimitAndBeginAnewWithTheNext()
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask);
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        sending.Options = sending.Options with { MaximumRequestsPerCall = 2 };
        var url = $"http://api.test:{server.Port}/";
        await sending.GetAsync(url);
        await sending.GetAsync(url);
        var failure = await Sending.FailureOf(() => sending.GetAsync(url));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.TooManyRequests));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        sending.BeginCall();
        Assert.That((await sending.GetAsync(url)).Status, Is.EqualTo(200));
    }

    [TestCase(8, nameof(HttpFailureKind.Unreachable))]
    [TestCase(9, nameof(HttpFailureKind.RequestTooLarge))]
    public async Task Content_OfARequest_PassesUpToTheLimit(int length, string kind)
    {
        using var sending = new Sending { Names = _ => [] }.Within("http://api.test");
        sending.Options = sending.Options with { MaximumRequestBytes = 8 };
        var failure = await Sending.FailureOf(() => sending.SendAsync("POST", "http://api.test/", new byte[length]));
        Assert.That(failure.Kind.ToString(), Is.EqualTo(kind));
    }

    [TestCase(4, nameof(HttpFailureKind.Unreachable))]
    [TestCase(5, nameof(HttpFailureKind.RequestTooLarge))]
    public async Task Url_OfARequest_PassesUpToTheLimit(int length, string kind)
    {
        using var sending = new Sending { Names = _ => [] }.Within("http://api.test");
        sending.Options = sending.Options with { MaximumUrlLength = 20 };
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/" + new string('a', length)));
        Assert.That(failure.Kind.ToString(), Is.EqualTo(kind));
    }

    [Test]
    public async Task Url_ThatGrowsWhenItIsEscaped_CountsAsItIsSent()
    {
        using var sending = new Sending().Within("http://api.test");
        sending.Options = sending.Options with { MaximumUrlLength = 20 };
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/éé"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.RequestTooLarge));
    }

    [TestCase(3, 3, nameof(HttpFailureKind.Unreachable))]
    [TestCase(4, 3, nameof(HttpFailureKind.RequestTooLarge))]
    [TestCase(3, 4, nameof(HttpFailureKind.RequestTooLarge))]
    public async Task Headers_OfARequest_PassUpToTheLimits(int count, int length, string kind)
    {
        using var sending = new Sending { Names = _ => [] }.Within("http://api.test");
        sending.Options = sending.Options with { MaximumHeaders = 3, MaximumHeaderBytes = 12 };
        var headers = Enumerable.Range(0, count).Select(_ => ("X", new string('a', length))).ToArray();
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/", headers));
        Assert.That(failure.Kind.ToString(), Is.EqualTo(kind));
    }

    [Test]
    public async Task Requests_OfAPluginAtATime_WaitForAPlace()
    {
        var arrived = 0;
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.StartAsync(async _ =>
        {
            Interlocked.Increment(ref arrived);
            await go.Task;
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        sending.Options = sending.Options with { MaximumConcurrentRequests = 1 };
        var url = $"http://api.test:{server.Port}/";
        var first = sending.GetAsync(url);
        await EventuallyAsync(() => Volatile.Read(ref arrived) == 1);
        var second = sending.GetAsync(url);
        using var call = new CancellationTokenSource();
        sending.Cancellation = call.Token;
        var third = sending.GetAsync(url);

        await call.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => third);
        Assert.That((first.IsCompleted, second.IsCompleted, arrived), Is.EqualTo((false, false, 1)));
        go.SetResult();
        await Task.WhenAll(first, second);
        Assert.That(arrived, Is.EqualTo(2));
    }

    [Test]
    public async Task Connections_OfTenants_AreApart()
    {
        var connections = new HashSet<string>(StringComparer.Ordinal);
        await using var server = await WebServer.StartAsync(context =>
        {
            lock (connections)
            {
                connections.Add(context.Connection.Id);
            }

            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        foreach (var tenant in new[] { "a", "a", "b", null, "b", null })
        {
            sending.BeginCall(tenant);
            await sending.GetAsync($"http://api.test:{server.Port}/");
        }

        Assert.That(connections, Has.Count.EqualTo(3));
    }

    [Test]
    public void Transports_OfManyTenants_AreAFewAndNoneInUseIsClosed()
    {
        using var sending = new Sending().Within("http://api.test");
        var used = sending.Transports.Rent("used");
        for (var i = 0; i < 3 * HttpTransportPool.MostKept; i++)
        {
            sending.Transports.Return(sending.Transports.Rent($"tenant {i}"));
        }

        Assert.That(sending.Transports.Count, Is.EqualTo(HttpTransportPool.MostKept));
        Assert.That(sending.Transports.Rent("used"), Is.SameAs(used));
        sending.Transports.Dispose();
        Assert.That(sending.Transports.Count, Is.EqualTo(1));
        sending.Transports.Return(used);
        sending.Transports.Return(used);
        Assert.That(sending.Transports.Count, Is.Zero);
    }

    [Test]
    public async Task Connections_ToManyNames_AreClosedBeforeTheyAreTooMany()
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask);
        using var sending = new Sending().Within($"http://*.test:{server.Port}");
        sending.Options = sending.Options with { MaximumRequestsPerCall = 1_000 };
        for (var i = 0; i < 3 * HttpTransportPool.MostConnections; i++)
        {
            await sending.GetAsync($"http://n{i}.test:{server.Port}/");
            Assert.That(sending.Transports.Connections, Is.LessThanOrEqualTo(HttpTransportPool.MostConnections + 1));
        }

        sending.Transports.Dispose();
        await EventuallyAsync(() => sending.Transports.Connections == 0);
    }

    [Test]
    public async Task Names_ThatNobodyAnswers_HoldAFewThreadsAndNoCall()
    {
        var never = new TaskCompletionSource<System.Net.IPAddress[]>();
        using var sending = new Sending { Resolver = _ => never.Task }.Within("http://*.test");
        using var call = new CancellationTokenSource();
        sending.Cancellation = call.Token;
        var pending = Enumerable.Range(0, 10).Select(i => sending.GetAsync($"http://n{i}.test/")).ToArray();
        await EventuallyAsync(() => sending.Resolved.Count == HostResolver.MostAtATime);

        await call.CancelAsync();

        foreach (var request in pending)
        {
            await Assert.CatchAsync<OperationCanceledException>(() => request);
        }

        Assert.That(sending.Resolved, Has.Count.EqualTo(HostResolver.MostAtATime), "they are still at it");
        never.SetResult([]);
        sending.Cancellation = default;
        await Sending.FailureOf(() => sending.GetAsync("http://n.test/"));
        Assert.That(sending.Resolved, Does.Contain("n.test"));
    }

    [TestCase(nameof(PluginHttpOptions.MaximumUrlLength))]
    [TestCase(nameof(PluginHttpOptions.MaximumRequestsPerCall))]
    [TestCase(nameof(PluginHttpOptions.MaximumConcurrentRequests))]
    [TestCase(nameof(PluginHttpOptions.ConnectTimeout))]
    [TestCase(nameof(PluginHttpOptions.RequestTimeout))]
    [TestCase(nameof(PluginHttpOptions.PrivateHosts))]
    public void Options_OutOfRange_AreNamed(string name)
    {
        var options = new PluginHttpOptions();
        options = name switch
        {
            nameof(options.MaximumUrlLength) => options with { MaximumUrlLength = 0 },
            nameof(options.MaximumRequestsPerCall) => options with { MaximumRequestsPerCall = -1 },
            nameof(options.MaximumConcurrentRequests) => options with { MaximumConcurrentRequests = 0 },
            nameof(options.ConnectTimeout) => options with { ConnectTimeout = TimeSpan.Zero },
            nameof(options.RequestTimeout) => options with { RequestTimeout = Timeout.InfiniteTimeSpan },
            _ => options with { PrivateHosts = ["https://a.test"] },
        };
        Assert.That(options.FindFaults("Http.").Single(), Does.StartWith($"Http.{name}"));
    }

    [TestCase("a.test", true)]
    [TestCase("*.a.test", true)]
    [TestCase("localhost", true)]
    [TestCase("a.test:80", false)]
    [TestCase("http://a.test", false)]
    [TestCase("GET a.test", false)]
    [TestCase("A.test", false)]
    [TestCase("*", false)]
    [TestCase("10.0.0.1", false, Description = "an address is granted as an address")]
    [TestCase("[::1]", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void PrivateHost_OfAForm_IsANameOrASuffix(string? host, bool isSound) => Assert.That(
        new PluginHttpOptions { PrivateHosts = [host!] }.FindFaults("").Any(), Is.EqualTo(!isSound));

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5);
        }
    }
}
