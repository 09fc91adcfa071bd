using System.Text.Json;
using Plugins.Host;
using Plugins.Manifest.Trust;

namespace QuickStart;

/// <summary>Counts the words of this repository's README.md, and reads the plugin's JSON.</summary>
internal static class RealText
{
    internal static void Run()
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            TrustPolicy = TrustPolicy.ForPublisher("acme", File.ReadAllText("acme.pub")),
        });
        using var plugin = host.LoadFolder("plugins/word_count", PluginLoadOptions.For("acme/word_count"));
        var text = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "texts", "README.md"));

        var first = plugin.Call("word_count", text);
        var again = plugin.Call("word_count", text);
        var counts = JsonSerializer.Deserialize(again.Output.Span, CountsJson.Default.Counts)!;

        Page.Fact("input", $"README.md, {Page.Number(text.Length)} bytes");
        Page.Fact("output", $"{Page.Number(counts.Words)} words, {Page.Number(counts.Lines)} lines, "
            + $"{Page.Number(counts.Characters)} characters");
        Page.Fact("fuel", $"{Page.Number(again.FuelConsumed)} units, on any machine");
        Page.Fact("time", Page.Milliseconds(first.Duration));
        Page.Fact("time, again", $"{Page.Milliseconds(again.Duration)}, from a fresh state as before");
    }
}
