using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Configuration;

namespace Plugins.Host.Tests.Configuration;

internal sealed class CircuitSettingsTests
{
    [Test]
    public void Section_OfTheCatalogAndOfAPlugin_IsRead()
    {
        var settings = Read("""
            {
              "CircuitBreaker": { "FailureRatio": 0.25, "MinimumCalls": 50, "SamplingDuration": "00:01:00" },
              "Catalog": {
                "pricing": {
                  "Folder": "pricing",
                  "CircuitBreaker": {
                    "BreakDuration": "00:00:30", "WhenOpen": "DefaultAnswer", "DefaultAnswers": { "quote": "{}" }
                  }
                },
                "other": { "Folder": "other" }
              }
            }
            """,
            out var faults);
        Assert.That(faults, Is.Empty);
        var ofAll = settings.Options.CircuitBreaker!;
        Assert.That(ofAll.FailureRatio, Is.EqualTo(0.25));
        Assert.That(ofAll.MinimumCalls, Is.EqualTo(50));
        Assert.That(ofAll.SamplingDuration, Is.EqualTo(TimeSpan.FromMinutes(1)));
        var own = settings.Plugins.Single(plugin => plugin.Entry.Name == "pricing").Entry.CircuitBreaker!;
        Assert.That(own.BreakDuration, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(own.WhenOpen, Is.EqualTo(CircuitFallback.DefaultAnswer));
        Assert.That(own.DefaultAnswer!("quote"), Is.EqualTo("{}"u8.ToArray()));
        Assert.That(own.DefaultAnswer("other"), Is.Null);
        Assert.That(settings.Plugins.Single(plugin => plugin.Entry.Name == "other").Entry.CircuitBreaker, Is.Null);
    }

    [TestCase("""{ "FailureRatio": 2 }""", "Plugins:CircuitBreaker:FailureRatio is '2'; it must be a number above 0")]
    [TestCase("""{ "MinimumCalls": 1 }""", "Plugins:CircuitBreaker:MinimumCalls is '1'")]
    [TestCase("""{ "BreakDuration": "00:00:00.1" }""", "Plugins:CircuitBreaker:BreakDuration is out of range")]
    [TestCase("""{ "WhenOpen": "Retry" }""", "Plugins:CircuitBreaker:WhenOpen is 'Retry'; it must be one of")]
    [TestCase("""{ "WhenOpen": "DefaultAnswer" }""", "Plugins:CircuitBreaker:DefaultAnswers is missing")]
    [TestCase("""{ "Ratio": 1 }""", "Plugins:CircuitBreaker:Ratio is unknown")]
    public void Value_ThatMakesNoSense_IsAFaultWithItsPath(string json, string expected)
    {
        Read($$"""{ "CircuitBreaker": {{json}} }""", out var faults);
        Assert.That(faults.Single(), Does.StartWith(expected));
    }

    private static CatalogSettings Read(string json, out List<string> faults)
    {
        faults = [];
        var section = JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins");
        return CatalogSettings.Read(
            new SettingsReader(section, faults), faults, Path.GetTempPath(), TimeProvider.System);
    }
}
