using System.Buffers.Binary;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Tests.Capabilities.Http.Support;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Permissions;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Guests;

/// <summary>A real module that sends requests to a real server.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class HttpGuestTests(TestedEngine tested)
{
    [Test]
    public async Task Guest_ThatSends_GetsTheResponseAndNotTheSecret([Values] bool isAsync)
    {
        await using var server = await WebServer.StartAsync(
            context => context.Response.WriteAsync(
                context.Request.Headers.Authorization == "key" ? "known" : "unknown"));
        var origin = $"http://api.test:{server.Port}";
        using var rig = Prepare(origin);
        rig.Options.AddHttpCredential(origin, "Authorization", "key");
        var plugin = rig.Load();
        var message = Sending.Message("GET", $"{origin}/", []);

        var output = isAsync
            ? (await plugin.CallAsync("http_send", message)).Output
            : plugin.Call("http_send", message).Output;

        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(output.Span), Is.Zero);
        Assert.That(Encoding.UTF8.GetString(output.Span), Does.EndWith("known").And.Not.EndsWith("unknown"));
        Assert.That(
            BinaryPrimitives.ReadInt32LittleEndian(
                plugin.Call("http_send", Sending.Message("GET", "http://other.test/", [])).Output.Span),
            Is.EqualTo(-1));
    }

    private Rig Prepare(string origin)
    {
        var rig = new Rig(Module(), tested).WithSystemTime()
            .Lists("http_send").Asks("http.send", required: true, origin);
        rig.Options.Permissions = PermissionCeiling.Of(new PermissionGrant("http.send", origin));
        rig.Options.Http = rig.Options.Http with { PrivateHosts = ["*.test"] };
        rig.Options.HostResolver = _ => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        return rig;
    }

    // Sends the input as the request, and answers with the status and the result.
    private static byte[] Module()
    {
        const int Request = 1_024;
        var module = new ModuleBuilder()
            .ImportFunction("plugins:abi/v1", "input_read", [I32, I32], [I32])
            .ImportFunction("plugins:abi/v1", "output_write", [I32, I32], [])
            .ImportFunction("plugins:abi/v1", "result_read", [I32, I32], [I32])
            .ImportFunction("plugins:host/v1", "http.send", [I32, I32], [I32])
            .Memory(1, export: "memory");
        return module.Function(
            [],
            [I32],
            code => code
                .I32Const(0)
                .I32Const(Request).I32Const(Request).I32Const(32_768).Call(0).Call(3)
                .Access(Opcode.I32Store)
                .I32Const(0).I32Const(4).Call(1)
                .I32Const(Request)
                .I32Const(Request).I32Const(32_768).Call(2).Call(1)
                .I32Const(0),
            export: "http_send").Build();
    }
}
