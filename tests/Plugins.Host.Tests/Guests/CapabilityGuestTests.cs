using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Guests;

/// <summary>Every built-in capability, asked by a real module: bytes out, status and bytes in.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class CapabilityGuestTests(TestedEngine tested)
{
    private const string Malformed = "A length in the request is larger than the request.";
    private static readonly byte[] Absent = Int32(-1);

    private static readonly (string Function, byte[] Request, int Status, string Result)[] Conversation =
    [
        ("test_call", Utf8("hello"), 0, "hello"),
        ("config_read", Utf8("name"), 0, "Ada"),
        ("config_read", Utf8("toString"), -4, ""),
        ("variables_read", Utf8("a"), -4, ""),
        ("variables_write", [.. Sized("a"), .. Utf8("one")], 0, ""),
        ("variables_read", Utf8("a"), 0, "one"),
        ("variables_write", Int32(99), -2, Malformed),
        ("variables_write", [1, 0, 0], -2, Malformed),
        ("variables_compare_exchange", [.. Sized("a"), .. Sized("one"), .. Utf8("two")], 0, "\u0001"),
        ("variables_compare_exchange", [.. Sized("a"), .. Sized("one"), .. Utf8("x")], 0, "\0two"),
        ("variables_compare_exchange", [.. Sized("a"), .. Absent, .. Utf8("x")], 0, "\0two"),
        ("variables_compare_exchange", [.. Sized("b"), .. Sized(""), .. Utf8("x")], 0, "\0"),
        ("variables_compare_exchange", [.. Sized("b"), .. Absent, .. Utf8("x")], 0, "\u0001"),
        ("variables_compare_exchange", [.. Sized("b"), 9], -2, Malformed),
        ("variables_delete", Utf8("a"), 0, ""),
        ("variables_delete", Utf8("a"), 0, ""),
        ("variables_read", Utf8("a"), -4, ""),
        ("random_bytes", Int32(3), 0, "\0\u0001\u0002"),
        ("random_bytes", Int32(-1), -3, ""),
    ];

    [Test]
    public void Capabilities_AskedInTurn_Answer([Values] bool inOneSession, [Values] bool byAsyncFunction)
    {
        using var rig = Prepare(byAsyncFunction);
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        PluginCaller caller = inOneSession ? session : plugin;
        foreach (var (function, request, status, result) in Conversation)
        {
            var output = Call(caller, function, request, byAsyncFunction).Output.Span;
            var actual = (BinaryPrimitives.ReadInt32LittleEndian(output), Encoding.UTF8.GetString(output[4..]));
            Assert.That(actual, Is.EqualTo((status, result)), function);
        }
    }

    private static PluginResult Call(PluginCaller caller, string function, byte[] request, bool isAsync) => isAsync
        ? caller.CallAsync(function, request).GetAwaiter().GetResult()
        : caller.Call(function, request);

    private Rig Prepare(bool byAsyncFunction)
    {
        var rig = new Rig(GuestFiles.Read("tests/guests/capabilities.wasm"), tested)
            .Lists([.. Conversation.Select(turn => turn.Function).Distinct(StringComparer.Ordinal)]);
        foreach (var permission in (string[])
            ["test.echo", "variables.read", "variables.write", "clock.now", "random.bytes"])
        {
            rig.Asks(permission).Grants(permission);
        }

        rig.Config.Add(new ConfigKey { Key = "name", Default = "Ada" });
        rig.Options.RandomNumberGenerator = new CountingRandom();
        if (byAsyncFunction)
        {
            rig.Options.AddFunction("test.echo", async (_, request, result, token) =>
            {
                await Task.Delay(1, token);
                result.Write(request.Span);
                return CapabilityStatus.Success;
            });
            return rig;
        }

        rig.Options.AddFunction("test.echo", (_, request, result) =>
        {
            result.Write(request);
            return CapabilityStatus.Success;
        });
        return rig;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Sized(string text) => [.. Int32(text.Length), .. Utf8(text)];

    private static byte[] Int32(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
