using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Guests;

/// <summary>The shared table of cases, against the example plugins in every language.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class ExamplePluginTests(TestedEngine tested)
{
    private static readonly string[] Languages = ["Rust", "AssemblyScript", "C"];
    private static readonly JsonElement Table =
        JsonSerializer.Deserialize<JsonElement>(GuestFiles.Read("examples/plugin-cases.json"));

    [TestCaseSource(nameof(Cases))]
    public void Plugin_InACase_AnswersAsTheTableSays(string language, JsonElement test)
    {
        using var rig = Prepare(language, test);
        var plugin = rig.Load();
        var function = test.GetProperty("function").GetString()!;
        var input = Parts(test.GetProperty("input"));
        if (test.TryGetProperty("error", out var error))
        {
            var failure = Assert.Throws<PluginGuestException>(() => plugin.Call(function, input))!;
            var expected = (error.GetProperty("code").GetInt32(), error.GetProperty("text").GetString());
            Assert.That((failure.ExitCode, failure.GuestMessage), Is.EqualTo(expected));
        }
        else
        {
            Assert.That(plugin.Call(function, input).Output.ToArray(), Is.EqualTo(Parts(test.GetProperty("output"))));
        }

        if (test.TryGetProperty("logs", out var logs))
        {
            Assert.That(rig.Loggers.Guest.Select(Describe), Is.EqualTo(logs.EnumerateArray().Select(Describe)));
        }
    }

    private static IEnumerable<TestCaseData> Cases() =>
        from language in Languages
        from test in Table.GetProperty("cases").EnumerateArray()
        let name = $"{language}: {test.GetProperty("plugin")}: {test.GetProperty("name")}"
        select new TestCaseData(language, test).SetName(name);

    private Rig Prepare(string language, JsonElement test)
    {
        var name = test.GetProperty("plugin").GetString()!;
        var plugin = Table.GetProperty("plugins").GetProperty(name);
        var rig = new Rig(GuestFiles.Read($"examples/Pdk-{language}/{name}/plugin.wasm"), tested).WithSystemTime();
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });
        rig.Lists([.. plugin.GetProperty("functions").EnumerateArray().Select(function => function.GetString()!)]);
        foreach (var permission in plugin.GetProperty("permissions").EnumerateArray())
        {
            rig.Asks(permission.GetString()!, required: false);
        }

        rig.Config.AddRange(
            plugin.GetProperty("config").EnumerateArray().Select(key => new ConfigKey { Key = key.GetString()! }));
        if (test.TryGetProperty("config", out var config))
        {
            rig.LoadOptions = new PluginLoadOptions
            {
                Configuration = config.EnumerateObject().ToDictionary(
                    pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal),
            };
        }

        if (test.TryGetProperty("host", out var host))
        {
            AddFunctions(rig, Table.GetProperty("hosts").GetProperty(host.GetString()!));
        }

        return rig;
    }

    private static void AddFunctions(Rig rig, JsonElement functions)
    {
        foreach (var function in functions.EnumerateObject())
        {
            rig.Grants(function.Name).Options.AddFunction(function.Name, (_, request, result) =>
            {
                if (!function.Value.TryGetProperty(request, out var answer))
                {
                    return CapabilityStatus.NotFound;
                }

                if (answer.TryGetProperty("message", out var message))
                {
                    throw new GuestVisibleException(message.GetString()!);
                }

                System.Buffers.BuffersExtensions.Write(result, Parts(answer.GetProperty("result")));
                return CapabilityStatus.Success;
            });
        }
    }

    private static byte[] Parts(JsonElement parts) => [.. parts.EnumerateArray().SelectMany(part =>
    {
        var bytes = part.TryGetProperty("text", out var text)
            ? Encoding.UTF8.GetBytes(text.GetString()!)
            : Convert.FromHexString(part.GetProperty("hex").GetString()!);
        var times = part.TryGetProperty("times", out var count) ? count.GetInt32() : 1;
        return Enumerable.Repeat(bytes, times).SelectMany(copy => copy);
    })];

    private static (LogLevel, string) Describe(LogEntry entry) =>
        (entry.Level, entry.Message[..entry.Message.LastIndexOf(" [", StringComparison.Ordinal)]);

    private static (LogLevel, string) Describe(JsonElement entry) => (
        Enum.Parse<LogLevel>(entry.GetProperty("level").GetString()!, ignoreCase: true),
        entry.GetProperty("text").GetString()!);
}
