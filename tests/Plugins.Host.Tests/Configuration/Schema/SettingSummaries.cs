using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.XPath;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Engines;
using Plugins.Host.Limits;
using Plugins.Host.Quotas;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration.Schema;

/// <summary>What editors show of a setting: the summary and the default of the property that it sets.</summary>
internal sealed partial class SettingSummaries
{
    private static readonly Dictionary<string, Type[]> Owners = new(StringComparer.Ordinal)
    {
        ["Plugins"] = [typeof(PluginHostOptions), typeof(PluginCatalogOptions)],
        ["Plugins:DefaultLimits"] = [typeof(PluginLimits)],
        ["Plugins:MaximumLimits"] = [typeof(PluginLimits)],
        ["Plugins:ModuleLimits"] = [typeof(ModuleLimits)],
        ["Plugins:PluginQuota"] = [typeof(CallQuota)],
        ["Plugins:PluginQuotas:*"] = [typeof(CallQuota)],
        ["Plugins:TenantQuota"] = [typeof(CallQuota)],
        ["Plugins:TenantQuotas:*"] = [typeof(CallQuota)],
        ["Plugins:Http"] = [typeof(PluginHttpOptions)],
        ["Plugins:EmbeddedEngine"] = [typeof(EmbeddedEngineOptions)],
        ["Plugins:CircuitBreaker"] = [typeof(PluginCircuitBreaker)],
        ["Plugins:Catalog:*"] = [typeof(CatalogEntry), typeof(PluginLoadOptions)],
        ["Plugins:Catalog:*:CircuitBreaker"] = [typeof(PluginCircuitBreaker)],
    };

    // Of settings that set no property, or one with another name.
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["Plugins"] = "The host for plugins, and the plugins of its catalog.",
        ["Plugins:EmbeddedEngine"] = "Settings of the embedded engine, which takes the place of the one set before.",
        ["Plugins:Http:Credentials"] = "Secrets that the host adds to plugins' requests.",
        ["Plugins:Http:Credentials:*:Destination"] =
            "A pattern as in the scope of http.send, such as api.example.com. It grants nothing.",
        ["Plugins:Http:Credentials:*:Header"] = "The header, such as Authorization.",
        ["Plugins:Http:Credentials:*:Value"] = "The whole value of the header.",
        ["Plugins:PluginMemoryBudgets:*"] = "The budget of a plugin in bytes, below its id, such as acme/pricing.",
        ["Plugins:PluginQuotas:*"] = "The quota of a plugin, below its id, such as acme/pricing.",
        ["Plugins:TenantQuotas:*"] = "The quota of a tenant, below its name.",
        ["Plugins:CircuitBreaker:DefaultAnswers"] = DefaultAnswers,
        ["Plugins:Catalog:*:CircuitBreaker:DefaultAnswers"] = DefaultAnswers,
        ["Plugins:Catalog"] = "The plugins of the application, under names of its own.",
        ["Plugins:Catalog:*"] = "A plugin in a folder.",
        ["Plugins:Catalog:*:Folder"] =
            "A folder with plugin.wasm, or a module file with its signature beside it; relative to the content root.",
        ["Plugins:Catalog:*:Unsigned"] =
            "True to load the module without a signature, on a developer's own machine. False by default.",
        ["Plugins:Catalog:*:Id"] = "The expected plugin, such as acme/pricing; any other is refused.",
        ["Plugins:Catalog:*:Version"] = "The versions that are accepted, such as [1.2,2.0).",
        ["Plugins:Catalog:*:Required"] = "False to start the application without it. True by default.",
        ["Plugins:Catalog:*:Pinned"] = "True to take no new version while the application runs. False by default.",
        ["Plugins:Catalog:*:Enabled"] = "False to refuse its calls. True by default.",
        ["Plugins:Catalog:*:Settings"] = "Values for the settings that the manifest lists.",
        ["Plugins:Catalog:*:SmokeCall"] = "A call that a version must answer before it serves anybody.",
        ["Plugins:Catalog:*:SmokeCall:Function"] = "The function that is called.",
        ["Plugins:Catalog:*:SmokeCall:Input"] = "The input as text. Empty by default.",
    };

    private const string DefaultAnswers =
        "The output of functions, by their names, where WhenOpen is DefaultAnswer; calls of others are refused.";

    private readonly XDocument[] _documents =
    [
        .. new[] { typeof(PluginHostOptions), typeof(ModuleLimits) }.Select(type => XDocument.Load(
            Path.ChangeExtension(type.Assembly.Location, "xml"))),
    ];

    /// <summary>The text for a path, whose names of the application's own and list items are stars.</summary>
    internal string Of(string path)
    {
        if (Own.TryGetValue(path, out var own))
        {
            return own;
        }

        var end = path.LastIndexOf(':');
        var (owner, key) = (path[..end], path[(end + 1)..]);
        var elements = Owners.GetValueOrDefault(owner, []).SelectMany(type => _documents.Select(
            document => document.XPathSelectElement($"//member[@name='P:{type.FullName}.{key}']")));
        var property = elements.FirstOrDefault(element => element is not null)
            ?? throw new InvalidOperationException($"{path} sets no property; write its description here.");
        var texts = new[] { Text(property.Element("summary")), Text(property.Element("value")) };
        return texts[1].Length == 0 || SettingDefaults.Has(owner) ? texts[0] : $"{texts[0]} Default: {texts[1]}";
    }

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return string.Empty;
        }

        var words = element.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => NameOf(see),
            _ => string.Empty,
        });
        return Spaces().Replace(string.Concat(words), " ").Trim();
    }

    // "P:Plugins.Host.Limits.PluginLimits.Default" is PluginLimits.Default, "T:System.Threading.Timeout" is Timeout.
    private static string NameOf(XElement see)
    {
        var reference = see.Attribute("cref")?.Value.Split('(')[0] ?? see.Attribute("langword")?.Value ?? string.Empty;
        var names = reference.Split('.');
        return reference.StartsWith("T:", StringComparison.Ordinal) || names.Length < 2
            ? names[^1]
            : $"{names[^2]}.{names[^1]}";
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 60_000)]
    private static partial Regex Spaces();
}
