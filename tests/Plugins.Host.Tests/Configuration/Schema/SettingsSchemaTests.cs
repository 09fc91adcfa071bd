using System.Text.Json.Nodes;
using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Configuration.Schema;

internal sealed class SettingsSchemaTests
{
    private const string Committed = "src/Plugins.Host/ConfigurationSchema.json";

    private static JsonNode Host => JsonNode.Parse(SettingsSchema.Write())!["properties"]!["Plugins"]!;

    /// <remarks>With PLUGINS_UPDATE_SCHEMA=1 it writes the file instead.</remarks>
    [Test]
    public void Schema_Committed_SaysWhatIsRead()
    {
        var path = GuestFiles.PathOf(Committed);
        var schema = SettingsSchema.Write();
        if (Environment.GetEnvironmentVariable("PLUGINS_UPDATE_SCHEMA") is "1")
        {
            File.WriteAllText(path, schema);
        }

        Assert.That(
            File.Exists(path) ? File.ReadAllText(path) : "",
            Is.EqualTo(schema),
            $"{Committed} differs from the settings; PLUGINS_UPDATE_SCHEMA=1 ./test.sh Host rewrites it.");
    }

    [Test]
    public void Schema_OfTheHost_HasEveryOptionThatIsNotSetInCode()
    {
        string[] setInCode =
        [
            "Engine", "Variables", "Payloads", "HttpHandler", "Wasi", "CallLimiter", "FuelLimiter", "TimeProvider",
            "GuestTimeProvider", "RandomNumberGenerator", "LoggerFactory", "MeterFactory", "Services",
        ];
        string[] ofTheCatalog = ["Catalog", "CircuitBreaker", "DrainPatience", "StopPatience", "EmbeddedEngine"];
        var options = typeof(PluginHostOptions).GetProperties().Select(property => property.Name);
        Assert.That(
            Host["properties"]!.AsObject().Select(property => property.Key),
            Is.EquivalentTo(options.Except(setInCode, StringComparer.Ordinal).Concat(ofTheCatalog)));
    }

    [Test]
    public void Schema_OfALimit_HasItsRangeAndWhatItIs()
    {
        var fuel = Host["properties"]!["MaximumLimits"]!["properties"]!["Fuel"]!;
        Assert.That(fuel["type"]!.GetValue<string>(), Is.EqualTo("integer"));
        Assert.That(fuel["minimum"]!.GetValue<long>(), Is.EqualTo(1));
        Assert.That(fuel["maximum"]!.GetValue<long>(), Is.EqualTo(4_611_686_018_427_387_903));
        Assert.That(fuel["description"]!.GetValue<string>(), Does.StartWith("Units of fuel"));
        Assert.That(fuel["default"]!.GetValue<long>(), Is.EqualTo(PluginLimits.DefaultCeiling.Fuel));
    }

    [Test]
    public void Schema_OfAPlugin_NeedsItsFolder()
    {
        var plugin = Host["properties"]!["Catalog"]!["additionalProperties"]!;
        Assert.That(plugin["required"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(["Folder"]));
        Assert.That(plugin["properties"]!["Mode"]!["enum"]!.AsArray(), Has.Count.EqualTo(3));
    }
}
