using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host;
using Plugins.Host.Limits;
using Plugins.Manifest;

namespace Plugins.AspNetCore.Tests;

/// <summary>Endpoints whose bodies are passed on as they come.</summary>
[CancelAfter(600_000)]
internal sealed class StreamingTests
{
    private const string Hostile = "tests/guests/hostile.wasm";
    private const string Echo = "tests/guests/echo.wasm";

    [Test]
    public async Task Body_LargerThanWhatIsKept_IsPassedOnInPieces()
    {
        const int pieces = 3_000;
        await using var application = await StartAsync(
            Echo,
            "echo",
            limits => limits with { StreamedInputBytes = 1L << 30, StreamedOutputBytes = 1L << 30 },
            protocols: HttpProtocols.Http2);
        var piece = new byte[64 * 1024];
        Random.Shared.NextBytes(piece);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var highest = 0L;
        using var response = await SendAsync(application, async body =>
        {
            for (var index = 0; index < pieces; index++)
            {
                await body.WriteAsync(piece);
            }
        });
        await using var answer = await response.Content.ReadAsStreamAsync();
        var back = new byte[piece.Length];
        for (var index = 0; index < pieces; index++)
        {
            await answer.ReadExactlyAsync(back);
            Assert.That(back.AsSpan().SequenceEqual(piece), Is.True);
            highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false));
        }

        Assert.That(await answer.ReadAsync(back), Is.Zero);
        Assert.That(highest - before, Is.LessThan(64 << 20), "of 190 MiB");
    }

    [Test]
    public async Task Answer_ToABodyThatGoesOn_HasBegun()
    {
        await using var application = await StartAsync(Echo, "echo", protocols: HttpProtocols.Http2);
        var isRead = new TaskCompletionSource();
        using var response = await SendAsync(application, async body =>
        {
            await body.WriteAsync("one"u8.ToArray());
            await body.FlushAsync();
            await isRead.Task;
            await body.WriteAsync("two"u8.ToArray());
        });
        await using var answer = await response.Content.ReadAsStreamAsync();
        var back = new byte[3];
        await answer.ReadExactlyAsync(back);
        isRead.SetResult();
        Assert.That(back, Is.EqualTo("one"u8.ToArray()));
        await answer.ReadExactlyAsync(back);
        Assert.That(back, Is.EqualTo("two"u8.ToArray()));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/octet-stream"));
        Assert.That(response.Content.Headers.ContentLength, Is.Null);
    }

    [TestCase("fail_with_text", HttpStatusCode.UnprocessableEntity, "guest")]
    [TestCase("trap_unreachable", HttpStatusCode.BadGateway, "trap")]
    public async Task Failure_BeforeTheFirstByte_IsAProblem(string function, HttpStatusCode status, string type)
    {
        await using var application = await StartAsync(Hostile, function);
        using var response = await application.PostAsync("/stream", new StringContent(""));
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("urn:plugins:error:" + type));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [TestCase("trap_after_output")]
    [TestCase("fail_after_output")]
    [TestCase("flood_output")]
    public async Task Failure_AfterTheFirstByte_EndsTheConnection(string function)
    {
        await using var application = await StartAsync(Hostile, function);

        // What was written last may be lost with the connection, the head of the answer with it.
        Assert.That(
            async () =>
            {
                using var response = await application.PostAsync("/stream", new StringContent(""));
            },
            Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Body_LongerThanTheLimit_IsRefused(bool hasLength)
    {
        await using var application = await StartAsync(
            "examples/Pdk-Rust/word_count/plugin.wasm",
            "word_count",
            limits => limits with { StreamedInputBytes = 1_000 });
        using var body = new StreamContent(new MemoryStream(new byte[100_000]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/stream") { Content = body };
        request.Headers.TransferEncodingChunked = !hasLength;
        using var response = await application.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("urn:plugins:error:input-limit"));
        Assert.That(response.Headers.ConnectionClose, Is.True, "what is left of the body is not read");
    }

    [Test]
    public async Task Body_LongerThanTheLimitOfInputHeldWhole_IsTaken()
    {
        await using var application = await StartAsync(
            "examples/Pdk-Rust/word_count/plugin.wasm",
            "word_count",
            limits => limits with { InputBytes = 1_000, StreamedInputBytes = 100_000 });
        using var response = await application.PostAsync("/stream", new ByteArrayContent(new byte[100_000]));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Body_ThatDoesNotComeToItsEnd_EndsTheCallAtItsDeadline()
    {
        await using var application = await StartAsync(
            "examples/Pdk-Rust/word_count/plugin.wasm",
            "word_count",
            limits => limits with { WallTime = TimeSpan.FromMilliseconds(200) },
            protocols: HttpProtocols.Http2);
        var isOver = new TaskCompletionSource();
        using var response = await SendAsync(application, body => isOver.Task);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("urn:plugins:error:time-limit"));
        Assert.That(() => application.Catalog.Get("guest").Uses, Is.Zero.After(600_000, 5));
        isOver.SetResult();
    }

    [Test]
    public async Task Deadline_AfterTheFirstByte_EndsTheAnswerInTheMiddle()
    {
        await using var application = await StartAsync(
            Echo,
            "echo",
            limits => limits with { WallTime = TimeSpan.FromSeconds(2) },
            protocols: HttpProtocols.Http2);
        var isOver = new TaskCompletionSource();
        using var response = await SendAsync(application, async body =>
        {
            await body.WriteAsync("one"u8.ToArray());
            await body.FlushAsync();
            await isOver.Task;
        });
        await using var answer = await response.Content.ReadAsStreamAsync();
        var back = new byte[3];
        await answer.ReadExactlyAsync(back);
        Assert.That(async () => await answer.ReadAsync(back), Throws.InstanceOf<IOException>());
        Assert.That(() => application.Catalog.Get("guest").Uses, Is.Zero.After(600_000, 5));
        isOver.SetResult();
    }

    [Test]
    public async Task Client_ThatLeaves_EndsTheCall()
    {
        await using var application = await StartAsync(
            Echo, "echo", limits => limits with { WallTime = TimeSpan.FromHours(1) });
        using var leaving = new CancellationTokenSource();
        var content = new HeldContent("body");
        var request = application.Client.PostAsync("/stream", content, leaving.Token);
        var plugin = application.Catalog.Get("guest");
        Assert.That(() => plugin.Uses, Is.EqualTo(1).After(600_000, 5));
        await leaving.CancelAsync();
        Assert.That(() => request, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => plugin.Uses, Is.Zero.After(600_000, 5));
    }

    [Test]
    public async Task Output_OfAMediaTypeThatIsNotAllowed_IsRefused()
    {
        await using var application = await StartAsync(
            Echo, "echo", change: function => function with { OutputMediaType = "text/html" });
        using var response = await application.PostAsync("/stream", new StringContent("<script>"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("output-media-type"));
    }

    private static Task<Application> StartAsync(
        string module,
        string function,
        Func<PluginLimits, PluginLimits>? limits = null,
        Func<ExportedFunction, ExportedFunction>? change = null,
        HttpProtocols protocols = HttpProtocols.Http1) => Application.StartAsync(
        plugins => plugins.AddPlugin("guest", Application.Module("guest", module, change)),
        app => app.MapPlugin("/stream", "guest", function, new PluginEndpointOptions { Streams = true }),
        options =>
        {
            var set = options.DefaultLimits with { WallTime = TimeSpan.FromMinutes(9) };
            options.DefaultLimits = limits?.Invoke(set) ?? set;
            options.MaximumLimits = options.MaximumLimits with { WallTime = TimeSpan.FromHours(1) };
        },
        services => services.Configure<KestrelServerOptions>(server =>
            server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols)));

    /// <summary>Sends a body over HTTP/2, by which the client reads while it sends.</summary>
    private static Task<HttpResponseMessage> SendAsync(Application application, Func<Stream, Task> write) =>
        application.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/stream")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new PiecesContent(write),
            },
            HttpCompletionOption.ResponseHeadersRead);
}
