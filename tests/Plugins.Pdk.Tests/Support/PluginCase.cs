using System.Text;
using System.Text.Json;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk.Tests.Support;

/// <summary>One case of examples/plugin-cases.json, which says what its fields mean.</summary>
internal sealed class PluginCase
{
    private readonly JsonElement _case;
    private readonly JsonElement _hosts;

    private PluginCase(JsonElement @case, JsonElement hosts) => (_case, _hosts) = (@case, hosts);

    internal string Plugin => Text("plugin");

    internal static PluginCase[] Load(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement.Clone();
        JsonElement hosts = root.GetProperty("hosts");
        return [.. root.GetProperty("cases").EnumerateArray().Select(@case => new PluginCase(@case, hosts))];
    }

    /// <summary>What is wrong with the answer of a plugin, or null.</summary>
    internal string? Check(PluginModule module)
    {
        MemoryRuntime host = Host();
        int code = host.Call(module.Functions[Text("function")], Bytes(_case.GetProperty("input")));
        bool failed = _case.TryGetProperty("error", out JsonElement error);
        string expected = failed
            ? $"code {error.GetProperty("code").GetInt32()}: {error.GetProperty("text").GetString()}"
            : $"output {Convert.ToHexString(Bytes(_case.GetProperty("output")))}";
        string actual = code != 0
            ? $"code {code}: {host.ErrorText}"
            : $"output {Convert.ToHexString(host.Output.ToArray())}";
        string logs = string.Concat(host.Logs.Select(entry => $"{(LogLevel)entry.Level} {entry.Text}\n"));
        return expected == actual && (failed || logs.Equals(Logs(), StringComparison.OrdinalIgnoreCase))
            ? null
            : $"{this}: expected {expected}, got {actual} {logs}";
    }

    public override string ToString() => $"{Plugin}: {Text("name")}";

    private MemoryRuntime Host()
    {
        var host = new MemoryRuntime().With("config.read", key => Setting(Encoding.UTF8.GetString(key)));
        if (_case.TryGetProperty("host", out JsonElement name))
        {
            foreach (JsonProperty function in _hosts.GetProperty(name.GetString() ?? "").EnumerateObject())
            {
                host.With(function.Name, request => Reply(function.Value, Encoding.UTF8.GetString(request)));
            }
        }

        return host;
    }

    private Answer Setting(string key) =>
        _case.TryGetProperty("config", out JsonElement config) && config.TryGetProperty(key, out JsonElement value)
            ? Answer.Of(value.GetString() ?? "")
            : Answer.Of(-4);

    private static Answer Reply(JsonElement function, string request)
    {
        if (!function.TryGetProperty(request, out JsonElement reply))
        {
            return Answer.Of(-4);
        }

        return reply.TryGetProperty("message", out JsonElement message)
            ? Answer.Failed(message.GetString() ?? "")
            : Answer.Of(Bytes(reply.GetProperty("result")));
    }

    private string Logs() => _case.TryGetProperty("logs", out JsonElement logs)
        ? string.Concat(logs.EnumerateArray()
            .Select(entry => $"{entry.GetProperty("level")} {entry.GetProperty("text")}\n"))
        : "";

    private string Text(string property) => _case.GetProperty(property).GetString() ?? "";

    private static byte[] Bytes(JsonElement parts) => [.. parts.EnumerateArray().SelectMany(Repeated)];

    private static IEnumerable<byte> Repeated(JsonElement part)
    {
        byte[] bytes = part.TryGetProperty("hex", out JsonElement hex)
            ? Convert.FromHexString(hex.GetString() ?? "")
            : Encoding.UTF8.GetBytes(part.GetProperty("text").GetString() ?? "");
        int times = part.TryGetProperty("times", out JsonElement count) ? count.GetInt32() : 1;
        return Enumerable.Repeat(bytes, times).SelectMany(piece => piece);
    }
}
