using System.Text;
using System.Text.Json.Serialization;
using Plugins.Cli.Failures;
using Plugins.Manifest;

namespace Plugins.Cli.Tests.Failures;

internal sealed class FileFaultTests
{
    [TestCase("{\n  \"schemaVersion\": 1,\n  \"issuedAt\": 5 }", "m.json:3:15: issuedAt: the value has the wrong type")]
    [TestCase("{\n  \"schemaVersion\": \"1\" }", "m.json:2:20: schemaVersion: the value has the wrong type")]
    [TestCase("{ \"schemaversion\": 1 }", "m.json:1:3: schemaversion: there is no such field (did you mean 'schemaV")]
    [TestCase("[]", "m.json:1:1: the value has the wrong type")]
    [TestCase("{ 'a': 1 }", "m.json:1:3: not valid JSON.")]
    public void Of_AManifest_NamesFileLineColumnAndField(string text, string expected) =>
        Assert.That(Of(text).What, Does.StartWith(expected));

    [TestCase("{ \"schemaversion\": 1 }", "Hosts skip", "If schemaVersion is meant")]
    [TestCase("{ 'a': 1 }", "'''", "Correct the JSON there.")]
    [TestCase("[]", "docs/manifest.md", "docs/manifest.md")]
    public void Of_AManifest_SaysWhyAndWhatToDo(string text, string why, string next)
    {
        var complaint = Of(text);
        Assert.That(complaint.Why, Does.Contain(why));
        Assert.That(complaint.Next, Does.Contain(next));
        Assert.That(complaint.ExitCode, Is.EqualTo(ExitCode.Refused));
    }

    private static Complaint Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var fault = Assert.Throws<ManifestFormatException>(
            () => PluginManifest.Parse(bytes, JsonUnmappedMemberHandling.Disallow))!;
        return FileFault.Of(fault, "m.json", bytes);
    }
}
