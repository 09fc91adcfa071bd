using System.Text;
using System.Text.Json.Serialization;
using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests.Format;

/// <summary>What a tool of authors refuses, and a loader reads over.</summary>
public sealed class UnknownFieldTests
{
    [TestCase("'fuel':1", "'feul':1", "$.limits.feul", "fuel")]
    [TestCase("'memoryPages':", "'memorypages':", "$.limits.memorypages", "memoryPages")]
    [TestCase("'description':'Makes", "'descripton':'Makes", "$.functions[0].descripton", "description")]
    [TestCase("'required':true", "'requierd':true", "$.permissions[0].requierd", "required")]
    [TestCase("'secret':true", "'secert':true", "$.config[1].secert", "secret")]
    [TestCase("'commit':'5114f85'", "'comit':'5114f85'", "$.provenance.comit", "commit")]
    [TestCase("'maximum':", "'max':", "$.hostApi.max", null)]
    [TestCase("'audience':[", "'icon':{'fuel':1},'audience':[", "$.icon", null)]
    public void Parse_UnknownFieldDisallowed_NamesItAndWhatIsMeant(
        string old, string replacement, string path, string? suggestion)
    {
        var json = Edit.ReplaceJson(TestPlugin.FullJson.Replace("\"critical\":[\"audience\",\"limits\"],", ""), old,
            replacement);

        var error = Refusal(json);

        Assert.That((error.Path, error.Suggestion), Is.EqualTo((path, suggestion)), error.Message);
        Assert.That(error.Problem, Is.EqualTo(ManifestFormatProblem.UnknownField));
        Assert.That(json[(int)error.Offset..], Does.StartWith($"\"{path.Split('.')[^1]}\""));
        Assert.That(() => PluginManifest.Parse(Encoding.ASCII.GetBytes(Ascii(json))), Throws.Nothing);
    }

    [TestCase("sequence", "sequnce")]
    [TestCase("functions", "function")]
    [TestCase("version", "Version")]
    public void Parse_RequiredFieldMisspelt_NamesTheFieldThatIsThere(string field, string written)
    {
        var error = Refusal(Edit.Replace(TestPlugin.Json, $"\"{field}\":", $"\"{written}\":"));

        Assert.That((error.Path, error.Suggestion), Is.EqualTo(($"$.{written}", field)));
        Assert.That(error.Message, Does.Contain($"there is no such field (did you mean '{field}'?)"));
    }

    [Test]
    public void Parse_ScopeThatMayNotBeMissing_NamesTheFieldThatIsThere()
    {
        var error = Refusal(Edit.Replace(TestPlugin.FullJson, "\"scope\":", "\"scopes\":"));

        Assert.That((error.Path, error.Suggestion), Is.EqualTo(("$.permissions[0].scopes", "scope")));
    }

    [Test]
    public void Parse_RequiredFieldMissing_IsMissingStill() =>
        Assert.That(
            Refusal(Edit.Replace(TestPlugin.Json, "\"sequence\":12,", "")).Problem,
            Is.EqualTo(ManifestFormatProblem.MissingField));

    [Test]
    public void Parse_EveryKnownField_IsAllowed() =>
        Assert.That(
            () => PluginManifest.Parse(
                Encoding.UTF8.GetBytes(TestPlugin.FullJson), JsonUnmappedMemberHandling.Disallow),
            Throws.Nothing);

    // A schema is kept as it is, and has fields of its own.
    [Test]
    public void Parse_FieldsOfASchema_AreNotTheManifests()
    {
        var json = Edit.Replace(
            TestPlugin.Json, "\"slugify\"}", """ "slugify","inputSchema":{"feul":{"feul":1}}} """);
        Assert.That(
            () => PluginManifest.Parse(Encoding.UTF8.GetBytes(json), JsonUnmappedMemberHandling.Disallow),
            Throws.Nothing);
    }

    // Offsets count bytes, and the text under test has one character beyond ASCII.
    private static string Ascii(string json) => json.Replace("—", "-", StringComparison.Ordinal);

    private static ManifestFormatException Refusal(string json) => Assert.Throws<ManifestFormatException>(
        () => PluginManifest.Parse(Encoding.ASCII.GetBytes(Ascii(json)), JsonUnmappedMemberHandling.Disallow))!;
}
