using Plugins.Host;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Trust;

namespace QuickStart;

/// <summary>The module is changed after it was signed.</summary>
internal static class TamperedModule
{
    internal static void Run()
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            TrustPolicy = TrustPolicy.ForPublisher("acme", File.ReadAllText("acme.pub")),
        });
        var module = File.ReadAllBytes(Path.Combine("plugins/word_count", PackageFiles.Module));
        var signature = File.ReadAllBytes(Path.Combine("plugins/word_count", PackageFiles.Bundle));
        module[^1] ^= 1;
        try
        {
            host.Load(module, signature, PluginLoadOptions.For("acme/word_count"));
        }
        catch (PluginSignatureException failure)
        {
            Page.Stopped(
                "A module in which one bit was changed after it was signed",
                failure,
                "Get the plugin from its publisher again. Nothing of this one was compiled or run.");
        }
    }
}
