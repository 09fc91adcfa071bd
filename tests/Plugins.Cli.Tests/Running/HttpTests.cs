using System.Net;
using System.Net.Sockets;
using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Running;

/// <summary>Plugins that send requests: really, and only to where the command line says.</summary>
internal sealed class HttpTests
{
    private const string Kit = "tests/guests/kit/kit_c.wasm";

    private readonly Desk _desk = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    [SetUp]
    public void Start()
    {
        _server.Start();
        _desk.Put("kit.wasm", Repository.Guest(Kit));
    }

    [TearDown]
    public void CleanUp()
    {
        _server.Dispose();
        _desk.Dispose();
    }

    [TestCase("POST http://127.0.0.1:{0}", "http://127.0.0.1:{0}/orders")]
    [TestCase("http://localhost:{0}", "http://localhost:{0}/orders")]
    public async Task Run_WithAGrant_SendsTheRequest(string grant, string url)
    {
        var request = AnswerAsync("HTTP/1.1 201 Created\r\nX-Kind: order\r\nContent-Length: 4\r\n\r\nmade");
        var run = Fetch(url, "--grant", "http.send=" + At(grant), "--limit", "time=60s");
        Assert.That(run.Output, Is.EqualTo("201 order made"), run.ToString());
        Assert.That(await request, Does.StartWith("POST /orders HTTP/1.1\r\n").And.EndsWith("\r\n\r\norder"));
    }

    [TestCase("GET http://127.0.0.1:{0}")]
    [TestCase("http://127.0.0.2:{0}")]
    [TestCase("127.0.0.1:{0}")]
    public void Run_WithAnotherGrant_SendsNothing(string grant)
    {
        var run = Fetch("http://127.0.0.1:{0}/", "--grant", "http.send=" + At(grant));
        Assert.That(run.Errors, Does.Contain("http.send is not permitted"));
        Assert.That(_server.Pending(), Is.False);
    }

    [Test]
    public void Run_WithoutAGrant_NamesTheFlag()
    {
        var run = Fetch("http://127.0.0.1:{0}/");
        Assert.That(run.Errors, Does.Contain("--grant http.send=…"));
    }

    [Test]
    public void Run_WithAStub_SendsNothing()
    {
        var run = Fetch("http://127.0.0.1:{0}/", "--stub", "http.send=@answer");
        Assert.That(run.Output, Is.EqualTo("200 - stub"), run.ToString());
        Assert.That(_server.Pending(), Is.False);
    }

    private string At(string text) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, text, ((IPEndPoint)_server.LocalEndpoint).Port);

    private CommandRun Fetch(string url, params string[] options)
    {
        const string Head = """{"status":200,"headers":[]}""";
        _desk.Put("answer", [(byte)Head.Length, 0, 0, 0, .. Encoding.UTF8.GetBytes(Head + "stub")]);
        return _desk.Run(["run", "kit.wasm", "fetch", At(url), .. options]);
    }

    private async Task<string> AnswerAsync(string response)
    {
        using var client = await _server.AcceptTcpClientAsync();
        var request = new StringBuilder();
        var buffer = new byte[1_024];
        while (!request.ToString().EndsWith("order", StringComparison.Ordinal))
        {
            var count = await client.GetStream().ReadAsync(buffer);
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(response));
        return request.ToString();
    }
}
