using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

/// <summary>Servers that are slow, endless, or lie.</summary>
internal sealed class HostileServerTests
{
    [TestCase(100, 100, null)]
    [TestCase(101, 100, nameof(HttpFailureKind.ResponseTooLarge))]
    [TestCase(0, 0, null)]
    [TestCase(1, 0, nameof(HttpFailureKind.ResponseTooLarge))]
    public async Task Content_OfALength_PassesUpToTheLimit(int length, int limit, string? kind)
    {
        foreach (var isChunked in new[] { true, false })
        {
            await using var server = await WebServer.StartAsync(async context =>
            {
                context.Response.ContentLength = isChunked ? null : length;
                await context.Response.Body.WriteAsync(new byte[length]);
            });
            using var sending = new Sending { ResultBytes = limit }.Within($"http://api.test:{server.Port}");
            var url = $"http://api.test:{server.Port}/";
            if (kind is null)
            {
                Assert.That((await sending.GetAsync(url)).Body.Length, Is.EqualTo(length));
            }
            else
            {
                Assert.That((await Sending.FailureOf(() => sending.GetAsync(url))).Kind.ToString(), Is.EqualTo(kind));
            }
        }
    }

    [Test]
    public async Task Content_WithoutEnd_IsLeftAtTheLimit()
    {
        var written = 0L;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LyingServer(async (stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 \r\n\r\n"u8.ToArray(), cancellation);
            try
            {
                while (true)
                {
                    await stream.WriteAsync(new byte[4_096], cancellation);
                    written += 4_096;
                }
            }
            catch (IOException)
            {
                closed.SetResult();
            }
        });
        using var sending = new Sending { ResultBytes = 10_000 }.Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.ResponseTooLarge));
        await closed.Task;
        Assert.That(written, Is.LessThan(64 << 20), "what the buffers of the two sockets hold");
    }

    [TestCase("HTTP/1.1 200 \r\nContent-Length: 10\r\n\r\nshort", nameof(HttpFailureKind.Truncated))]
    [TestCase("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort", nameof(HttpFailureKind.Truncated))]
    [TestCase("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", nameof(HttpFailureKind.InvalidResponse))]
    [TestCase("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
        nameof(HttpFailureKind.InvalidResponse))]
    [TestCase("", nameof(HttpFailureKind.Truncated))]
    [TestCase("SSH-2.0-OpenSSH_9.9\r\n\r\n", nameof(HttpFailureKind.InvalidResponse))]
    [TestCase("HTTP/1.1 abc \r\n\r\n", nameof(HttpFailureKind.InvalidResponse))]
    [TestCase("HTTP/1.1 200 \r\nbad header\r\n\r\n", nameof(HttpFailureKind.InvalidResponse))]
    public async Task Response_ThatIsNone_HasAKindOfFailure(string response, string kind)
    {
        using var server = new LyingServer(response);
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind.ToString(), Is.EqualTo(kind));
    }

    [Test]
    public async Task Connection_ThatIsResetInTheMiddle_HasAKindOfFailure()
    {
        await using var server = await WebServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.Truncated));
    }

    [Test]
    public async Task Response_WithMoreThanItSays_AnswersOneRequestOnly()
    {
        // The second response is there before the second request: whoever sent that must not get it.
        using var server = new LyingServer(
            "HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\noneHTTP/1.1 200 \r\nContent-Length: 6\r\n\r\npoison");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var url = $"http://api.test:{server.Port}/";
        var first = await sending.GetAsync(url, ("X", "keep-this"));
        await Task.Yield();
        var second = await sending.GetAsync(url, ("X", "keep-this"));
        Assert.That((Sending.TextOf(first), Sending.TextOf(second)), Is.EqualTo(("one", "one")));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Server_ThatNeverAnswers_IsLeftInTime(bool isCancelled)
    {
        using var server = new LyingServer("HTTP/1.1 200 \r\nContent-Length: 9\r\n\r\nslow", keepsOpen: true);
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        using var call = new CancellationTokenSource();
        sending.Options = sending.Options with
        {
            RequestTimeout = TimeSpan.FromMilliseconds(isCancelled ? 3_600_000 : 200),
        };
        if (isCancelled)
        {
            call.CancelAfter(200);
            sending.Cancellation = call.Token;
            await Assert.CatchAsync<OperationCanceledException>(
                () => sending.GetAsync($"http://api.test:{server.Port}/"));
        }
        else
        {
            var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
            Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.TimedOut));
        }

        await sending.Transports.EnterAsync(default);
        sending.Transports.Leave();
        Assert.That(sending.Transports.Count, Is.EqualTo(1));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task Content_Compressed_IsDecompressedForTheGuest(string coding)
    {
        await using var server = await CompressingServerAsync(coding, Encoding.UTF8.GetBytes("words and words"));
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var response = await sending.GetAsync($"http://api.test:{server.Port}/");
        Assert.That(Sending.TextOf(response), Is.EqualTo("words and words"));
        Assert.That(
            response.Headers.Select(header => header.Key),
            Has.None.EqualTo("Content-Encoding").And.None.EqualTo("Content-Length"));
    }

    [TestCase("Accept-Encoding", "gzip")]
    [TestCase("Range", "bytes=0-9")]
    public async Task Content_ThatTheGuestWantsAsItIs_IsNotDecompressed(string header, string value)
    {
        await using var server = await CompressingServerAsync("gzip", Encoding.UTF8.GetBytes("words"));
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var response = await sending.GetAsync($"http://api.test:{server.Port}/", (header, value));
        Assert.That(response.Body.Span[0], Is.EqualTo(0x1f));
        Assert.That(response.Headers.Select(entry => entry.Key), Has.Some.EqualTo("Content-Encoding"));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task Content_ThatIsABomb_IsLeftAtTheLimit(string coding)
    {
        await using var server = await CompressingServerAsync(coding, new byte[50 << 20]);
        using var sending = new Sending { ResultBytes = 1 << 20 }.Within($"http://api.test:{server.Port}");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.ResponseTooLarge));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(20 << 20));
    }

    [TestCase("gzip", "this is no gzip at all")]
    [TestCase("br", "this is no brotli at all, is it?")]
    [TestCase("gzip, gzip", "x")]
    [TestCase("zstd", "x")]
    public async Task Content_ThatIsNotWhatItSays_HasAKindOfFailure(string coding, string content)
    {
        using var server = new LyingServer(
            $"HTTP/1.1 200 \r\nContent-Encoding: {coding}\r\nContent-Length: {content.Length}\r\n\r\n{content}");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.InvalidEncoding));
    }

    [Test]
    public async Task Headers_OverALimit_AreTooLarge([Values] bool inNumber)
    {
        var headers = inNumber
            ? string.Concat(Enumerable.Range(0, 11).Select(i => $"X-{i}: a\r\n"))
            : $"X: {new string('a', 2_000)}\r\n";
        using var server = new LyingServer($"HTTP/1.1 200 \r\n{headers}\r\n");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        sending.Options = sending.Options with { MaximumHeaders = 10, MaximumHeaderBytes = 1_500 };
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.ResponseTooLarge));
    }

    [Test]
    public async Task Headers_WithoutEnd_AreLeftAtTheLimit()
    {
        using var server = new LyingServer(async (stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 \r\n"u8.ToArray(), cancellation);
            for (var i = 0; ; i++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-{i}: a\r\n"), cancellation);
            }
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.ResponseTooLarge));
    }

    [Test]
    public async Task Headers_OfTheConnection_AreNotForTheGuest()
    {
        using var server = new LyingServer(
            "HTTP/1.1 200 \r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: a\r\nProxy-Authenticate: Basic\r\n"
            + "Upgrade: h2c\r\nTrailer: X-End\r\nX-Bell: a\u0007b\r\nX-Kept: é\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "0\r\nX-End: 1\r\n\r\n");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var response = await sending.GetAsync($"http://api.test:{server.Port}/");
        Assert.That(
            response.Headers.Select(header => $"{header.Key}: {header.Value}"),
            Is.EqualTo(["X-Bell: a b", "X-Kept: é"]));
    }

    private static Task<WebServer> CompressingServerAsync(string coding, byte[] content)
    {
        var bytes = Compress(coding, content);
        return WebServer.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes);
        });
    }

    private static byte[] Compress(string coding, byte[] content)
    {
        using var output = new MemoryStream();
        using (Stream stream = coding == "br"
            ? new BrotliStream(output, CompressionLevel.Fastest) : new GZipStream(output, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return output.ToArray();
    }
}
