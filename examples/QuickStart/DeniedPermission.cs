using Plugins.Host;
using Plugins.Host.Errors;
using Plugins.Manifest.Trust;

namespace QuickStart;

/// <summary>A plugin that asks for more than it is granted, openly and in secret.</summary>
internal static class DeniedPermission
{
    internal static void Run(Publisher publisher)
    {
        var options = new PluginHostOptions
        {
            TrustPolicy = TrustPolicy.ForPublisher("acme", File.ReadAllText("acme.pub")),
        };
        options.AddFunction("greeting.prefix", (_, _) => "Hello");
        using var host = new PluginHost(options);
        var module = Modules.Read("greeter", "Rust");
        var honest = HostFunction.Describe(publisher, module);
        try
        {
            host.LoadFolder(publisher.Publish(honest, module), PluginLoadOptions.For("acme/greeter"));
        }
        catch (PluginGrantException failure)
        {
            Page.Stopped(
                "A plugin that asks for greeting.prefix, in an application that grants nothing",
                failure,
                "If the plugin's reason convinces you, grant it in PluginHostOptions.Permissions.");
        }

        var secretive = honest with { Permissions = [] };
        try
        {
            host.LoadFolder(publisher.Publish(secretive, module), PluginLoadOptions.For("acme/greeter"));
        }
        catch (PluginLinkException failure)
        {
            Page.Stopped(
                "The same module, with a manifest that does not ask",
                failure,
                "Ask the publisher why. What its manifest does not ask for, a module cannot reach.");
        }
    }
}
