using Plugins.Host;
using Plugins.Manifest.Trust;

namespace QuickStart;

/// <summary>The program in README.md, which a test compares with this.</summary>
internal static class FirstCall
{
    internal static void Run()
    {
        #region README
        using var host = new PluginHost(new PluginHostOptions
        {
            TrustPolicy = TrustPolicy.ForPublisher("acme", File.ReadAllText("acme.pub")),
        });
        using var plugin = host.LoadFolder("plugins/word_count", PluginLoadOptions.For("acme/word_count"));
        var result = plugin.CallText("word_count", "Hello, world!");
        Console.WriteLine($"{plugin.Id} says {result.Value}");
        #endregion
    }
}
