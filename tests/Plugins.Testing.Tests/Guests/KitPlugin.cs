using System.Globalization;
using System.Text;
using Plugins.Pdk;
using Plugins.Pdk.Web;

namespace Plugins.Testing.Tests.Guests;

/// <summary>What docs/kit.md asks of a plugin, in C#; tests/guests/kit has it in other languages.</summary>
public static partial class KitPlugin
{
    private static readonly byte[] Piece = [.. Enumerable.Repeat((byte)'x', 512)];

    [PluginFunction("echo")]
    public static void Echo()
    {
        Span<byte> buffer = stackalloc byte[4096];
        for (int count; (count = Input.Read(buffer)) > 0;)
        {
            Output.Write(buffer[..count]);
        }
    }

    [PluginFunction("input_length")]
    public static string InputLength() => Input.Length is { } length ? Text(length) : "unknown";

    [PluginFunction("count_characters")]
    public static string CountCharacters()
    {
        var count = 0;
        foreach (var _ in Input.ReadRunes())
        {
            count++;
        }

        return Text(count);
    }

    [PluginFunction("fail")]
    public static void Fail(string text) => throw new PluginException(text);

    [PluginFunction("fail_with_code")]
    public static void FailWithCode() => throw new PluginException(42, "the answer");

    [PluginFunction("fail_after_output")]
    public static void FailAfterOutput()
    {
        Output.Write("half");
        throw new PluginException("the other half is missing");
    }

    [PluginFunction("fatal")]
    public static void Fatal() => Plugin.Fatal("this cannot be");

    [PluginFunction("read_config")]
    public static void ReadConfig(string key) => Tell(Config.Read(key));

    [PluginFunction("read_variable")]
    public static void ReadVariable(string key) => Tell(Variables.Read(key));

    [PluginFunction("write_variable")]
    public static void WriteVariable(ReadOnlySpan<byte> value) => Variables.Write("key", value);

    [PluginFunction("delete_variable")]
    public static void DeleteVariable(string key) => Variables.Delete(key);

    [PluginFunction("increment")]
    public static string Increment()
    {
        byte[]? expected = null;
        while (true)
        {
            var next = expected is null ? 1 : int.Parse(expected, CultureInfo.InvariantCulture) + 1;
            if (Variables.CompareExchange("counter", expected, Encoding.UTF8.GetBytes(Text(next)), out var present))
            {
                return Text(next);
            }

            expected = present;
        }
    }

    [PluginFunction("ask")]
    public static void Ask(ReadOnlySpan<byte> request) => Output.Write(TestEcho(request).ToArray());

    [PluginFunction("fetch")]
    public static void Fetch(string url)
    {
        var response = Http.Send(new HttpRequest("POST", url)
        {
            Headers = [KeyValuePair.Create("Accept", "text/plain")],
            Body = "order"u8.ToArray(),
        });
        Output.Write($"{response.Status} {response.FindHeader("X-Kind") ?? "-"} ");
        Output.Write(response.Body.Span);
    }

    [PluginFunction("repeat")]
    public static void Repeat(string count)
    {
        for (var left = int.Parse(count, CultureInfo.InvariantCulture); left > 0; left -= Piece.Length)
        {
            Output.Write(Piece.AsSpan(0, Math.Min(left, Piece.Length)));
        }
    }

    [PluginFunction("log_levels")]
    public static void LogLevels()
    {
        for (var level = LogLevel.Trace; level <= LogLevel.Critical; level++)
        {
            Log.Write(level, "level é");
        }
    }

    [PluginFunction("recurse")]
    public static string Recurse(string depth) => Text(Descend(int.Parse(depth, CultureInfo.InvariantCulture)));

    [PluginFunction("now")]
    public static string Now() => Clock.GetNanoseconds().ToString(CultureInfo.InvariantCulture);

    [PluginFunction("random")]
    public static byte[] RandomFromHost() => RandomBytes.Get(40);

    [HostFunction("test.echo")]
    private static partial HostReply TestEcho(ReadOnlySpan<byte> request);

    private static int Descend(int depth) => depth == 0 ? 0 : Descend(depth - 1) + 1;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Tell(byte[]? value)
    {
        Output.Write(value is null ? "absent" : "present:");
        Output.Write(value);
    }
}
