using Plugins.Host;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Trust;

namespace QuickStart;

/// <summary>One plugin, written three times, that asks the application for a greeting.</summary>
internal static class HostFunction
{
    private static readonly Dictionary<string, string> Greetings = new(StringComparer.Ordinal)
    {
        ["en"] = "Hello",
        ["de"] = "Guten Tag",
        ["fr"] = "Bonjour",
    };

    internal static void Run(Publisher publisher)
    {
        #region README
        var options = new PluginHostOptions
        {
            TrustPolicy = TrustPolicy.ForPublisher("acme", File.ReadAllText("acme.pub")),
            Permissions = PermissionCeiling.Of(new PermissionGrant("greeting.prefix")),
        };
        options.AddFunction("greeting.prefix", (call, language) => Greetings.GetValueOrDefault(language));
        #endregion

        using var host = new PluginHost(options);

        Page.Say("They ask for greeting.prefix, which this application offers and grants.");
        Greet(host, publisher, "Rust", "en");
        Greet(host, publisher, "AssemblyScript", "de");
        Greet(host, publisher, "C", "fr");
    }

    /// <summary>What the plugin's manifest asks for, and why.</summary>
    internal static PluginManifest Describe(Publisher publisher, byte[] module) =>
        publisher.Describe("greeter", "greet", module) with
        {
            Permissions =
            [
                new PermissionRequest { Name = "greeting.prefix", Reason = "Greets in your words.", Required = true },
            ],
            Config = [new ConfigKey { Key = "language", Default = "en" }],
        };

    private static void Greet(PluginHost host, Publisher publisher, string language, string greetIn)
    {
        var module = Modules.Read("greeter", language);
        var folder = publisher.Publish(Describe(publisher, module), module);
        var configuration = new Dictionary<string, string>(StringComparer.Ordinal) { ["language"] = greetIn };
        var options = PluginLoadOptions.For("acme/greeter", "[1.0,2.0)") with { Configuration = configuration };
        using var plugin = host.LoadFolder(folder, options);

        var result = plugin.CallText("greet", "Ada");
        Page.Fact(language, $"{result.Value,-15}  {Page.Number(module.Length)} bytes of WebAssembly, "
            + $"{Page.Number(result.FuelConsumed)} units of fuel");
    }
}
