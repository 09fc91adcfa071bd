using System.Diagnostics;
using System.Net;
using System.Net.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Telemetry;
using Plugins.Host.Tests.Capabilities.Http.Support;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Telemetry;

/// <summary>What is told of requests that guests send.</summary>
// Activities reach every listener of the process.
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HttpTelemetryTests
{
    private const string Sent = "plugin.id=acme/test server.address=api.test server.port=443 url.scheme=https = 1";

    private readonly List<HttpRequestMessage> _requests = [];

    [Test]
    public void Request_ThatIsAnswered_IsMeasuredWithASpanWithinItsCall()
    {
        using var scene = Prepare(_ => new HttpResponseMessage(HttpStatusCode.OK), "api.test");
        Call(scene, "GET", "https://api.test/orders?key=5ecret");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration),
            Is.EqualTo(["http.request.method=GET http.response.status_code=200 " + Sent]));
        var span = SpansOf(scene).Single();
        var call = scene.Activities.Single(activity => activity.OperationName == "plugin.call run");
        Assert.That(span.ParentSpanId, Is.EqualTo(call.SpanId));
        Assert.That(span.OperationName, Is.EqualTo("GET"));
        Assert.That(TagsOf(span), Is.EqualTo(
            "http.request.method=GET http.response.status_code=200 plugin.id=acme/test server.address=api.test "
            + "server.port=443 url.scheme=https"));
        Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset));
    }

    [Test]
    public void Metric_OfAHostThatTheGuestChose_HasTheGrantInItsPlace()
    {
        using var scene = Prepare(_ => new HttpResponseMessage(HttpStatusCode.OK), "http://*.test:8080");
        Call(scene, "GET", "http://chosen.by.guest.test:8080/");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration).Single(),
            Does.Contain("server.address=*.test server.port=8080"));
        Assert.That(TagsOf(SpansOf(scene).Single()), Does.Contain("server.address=chosen.by.guest.test"));
    }

    [Test]
    public void Method_ThatIsNotOfTheStandard_IsInTheSpanAlone()
    {
        using var scene = Prepare(_ => new HttpResponseMessage(HttpStatusCode.OK), "api.test");
        Call(scene, "X-CHOSEN", "https://api.test/");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration).Single(),
            Does.StartWith("http.request.method=_OTHER http.response"));
        Assert.That(TagsOf(SpansOf(scene).Single()), Does.Contain("http.request.method_original=X-CHOSEN"));
    }

    [Test]
    public void Answer_WithAnErrorStatus_IsAnError()
    {
        using var scene = Prepare(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable), "api.test");
        Call(scene, "GET", "https://api.test/");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration),
            Is.EqualTo(["error.type=503 http.request.method=GET http.response.status_code=503 " + Sent]));
        Assert.That(SpansOf(scene).Single().Status, Is.EqualTo(ActivityStatusCode.Error));
    }

    [Test]
    public void Request_ThatIsNotGranted_NamesNoHostInTheMetric()
    {
        using var scene = Prepare(_ => new HttpResponseMessage(HttpStatusCode.OK), "api.test");
        Call(scene, "GET", "https://other.test/");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration),
            Is.EqualTo(["error.type=out_of_scope http.request.method=GET plugin.id=acme/test "
                + "server.address=_OTHER url.scheme=https = 1"]));
        Assert.That(_requests, Is.Empty);
    }

    [Test]
    public void Request_ThatIsRedirected_IsOneForEachHop()
    {
        using var scene = Prepare(
            request =>
            {
                var isFirst = request.RequestUri!.AbsolutePath == "/";
                var response = new HttpResponseMessage(isFirst ? HttpStatusCode.Found : HttpStatusCode.OK);
                response.Headers.Location = isFirst ? new Uri("https://api.test/next") : null;
                return response;
            },
            "api.test");
        Call(scene, "GET", "https://api.test/");
        Assert.That(scene.PointsOf(PluginTelemetry.HttpRequestDuration), Is.EqualTo(
        [
            "http.request.method=GET http.response.status_code=200 " + Sent,
            "http.request.method=GET http.response.status_code=302 " + Sent,
        ]));
        Assert.That(
            SpansOf(scene).Select(span => span.GetTagItem("http.request.resend_count")), Is.EqualTo([null, (object)1]));
    }

    [Test]
    public void Server_ThatCannotBeReached_IsSaidToBeSo()
    {
        using var scene = Prepare(
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError), "api.test");
        Call(scene, "GET", "https://api.test/");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration),
            Is.EqualTo(["error.type=unreachable http.request.method=GET " + Sent]));
    }

    [Test]
    public void Server_ThatDoesNotAnswer_IsToldApartFromACallThatEnds()
    {
        using var scene = Prepare(_ => null, "api.test");
        scene.Rig.Options.Http = scene.Rig.Options.Http with { RequestTimeout = TimeSpan.FromMilliseconds(1) };
        Call(scene, "GET", "https://api.test/");
        Assert.That(
            scene.PointsOf(PluginTelemetry.HttpRequestDuration),
            Is.EqualTo(["error.type=timed_out http.request.method=GET " + Sent]));
    }

    [Test]
    public void Call_ThatEndsMeanwhile_IsToldApartFromAServerThatDoesNotAnswer()
    {
        using var caller = new CancellationTokenSource();
        using var scene = Prepare(
            _ =>
            {
                caller.Cancel();
                return null;
            },
            "api.test");
        Assert.That(
            () => Call(scene, "GET", "https://api.test/", caller.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => scene.PointsOf(PluginTelemetry.HttpRequestDuration),
            Is.EqualTo(["error.type=cancelled http.request.method=GET " + Sent]).After(600_000, 5));
    }

    [TestCase("api.test", true)]
    [TestCase("*.test", true)]
    [TestCase("other.test", false)]
    [TestCase(null, false)]
    public void TraceContext_OfTheRequest_GoesToTheHostsThatAreListed(string? host, bool goes)
    {
        using var scene = Prepare(_ => new HttpResponseMessage(HttpStatusCode.OK), "api.test");
        scene.Rig.Options.Http = scene.Rig.Options.Http with { TraceContextHosts = host is null ? [] : [host] };
        using var outer = new Activity("request") { TraceStateString = "vendor=1" };
        outer.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        outer.AddBaggage("secret", "5ecret").Start();
        Call(scene, "GET", "https://api.test/", ("traceparent", "guest"), ("tracestate", "guest=1"));
        var headers = _requests.Single().Headers.ToString();
        Assert.That(headers, Does.Not.Contain("5ecret").And.Not.Contain("baggage"));
        Assert.That(headers, goes
            ? Does.Contain($"traceparent: {SpansOf(scene).Single().Id}").And.Contain("tracestate: vendor=1")
                .And.Not.Contain("guest")
            : Does.Contain("traceparent: guest").And.Contain("tracestate: guest=1"));
    }

    [Test]
    public async Task Span_OfTheRuntimes_IsNotThereBesides()
    {
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => spans.Add(activity.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        using var server = new LyingServer("HTTP/1.1 204 \r\n\r\n");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        await sending.GetAsync($"http://api.test:{server.Port}/x");
        Assert.That(spans, Is.Empty);
    }

    private TelemetryScene Prepare(Func<HttpRequestMessage, HttpResponseMessage?> answer, params string[] scope)
    {
        var scene = new TelemetryScene();
        scene.Rig.Asks("http.send", required: true, scope).Imports("http.send");
        scene.Rig.Options.Permissions = PermissionCeiling.Of(new PermissionGrant("http.send", scope));
        scene.Rig.Options.HttpHandler = new Answering(request =>
        {
            _requests.Add(request);
            return answer(request);
        });
        scene.Rig.WithSystemTime();
        return scene;
    }

    private static void Call(
        TelemetryScene scene,
        string method,
        string url,
        params (string, string)[] headers) => Call(scene, method, url, default, headers);

    private static void Call(
        TelemetryScene scene,
        string method,
        string url,
        CancellationToken cancellation,
        params (string, string)[] headers)
    {
        var message = Sending.Message(method, url, [], headers);
        scene.Rig.Guest("run", guest =>
        {
            guest.Ask("http.send", message);
            return 0;
        });
        scene.Rig.Load().Call("run", [], cancellationToken: cancellation);
    }

    private static IEnumerable<Activity> SpansOf(TelemetryScene scene) =>
        scene.Activities.Where(activity => activity.Kind == ActivityKind.Client);

    private static string TagsOf(Activity span) => string.Join(
        ' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

    /// <summary>Answers in place of the network; null for never.</summary>
    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage?> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (answer(request) is { } response)
            {
                return response;
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
