using System.Text;
using Plugins.Manifest.Tests.Support;
using Problem = Plugins.Manifest.ManifestFormatProblem;

namespace Plugins.Manifest.Tests.Format;

public sealed class ManifestReaderTests
{
    private const Problem Invalid = Problem.InvalidValue;
    private const Problem Range = Problem.OutOfRange;

    [TestCase("'id':'acme/slugify'", "'id':'slugify'", Invalid, "$.id")]
    [TestCase("'version':'1.4.0-rc.1+5114f85'", "'version':'1.4'", Invalid, "$.version")]
    [TestCase("'sequence':12", "'sequence':-1", Range, "$.sequence")]
    [TestCase("'sequence':12", "'sequence':'12'", Problem.WrongType, "$.sequence")]
    [TestCase("'name':'plugin.wasm'", "'name':'../plugin.wasm'", Invalid, "$.module.name")]
    [TestCase("'size':8", "'size':-8", Range, "$.module.size")]
    [TestCase("words/en.txt", "/words/en.txt", Invalid, "$.assets[0].path")]
    [TestCase("words/en.txt", "words/../../en.txt", Invalid, "$.assets[0].path")]
    [TestCase("plugins:abi/v1", "plugins abi", Invalid, "$.abi")]
    [TestCase("'multi-value'", "'bulk-memory'", Problem.DuplicateEntry, "$.features[1]")]
    [TestCase("'multi-value'", "''", Invalid, "$.features[1]")]
    [TestCase("'name':'slugify'", "'name':'slug ify'", Invalid, "$.functions[0].name")]
    [TestCase("text/plain; charset=utf-8", "text", Invalid, "$.functions[0].inputMediaType")]
    [TestCase("'outputSchema':true", "'outputSchema':1", Problem.WrongType, "$.functions[0].outputSchema")]
    [TestCase("'name':'input_read'", "'name':1", Problem.WrongType, "$.imports[0].name")]
    [TestCase("'http.send'", "'HTTP.send'", Invalid, "$.permissions[0].name")]
    [TestCase("'api.acme.example'", "'API.acme.example'", Invalid, "$.permissions[0].scope[0]")]
    [TestCase("'Fetches the word list.'", "''", Invalid, "$.permissions[0].reason")]
    [TestCase("'required':true", "'required':1", Problem.WrongType, "$.permissions[0].required")]
    [TestCase("'clock.now'", "'clock.now','scope':['a']", Invalid, "$.permissions[1].scope")]
    [TestCase("'fuel':1", "'fuel':0", Range, "$.limits.fuel")]
    [TestCase("'hostCalls':12", "'hostCalls':null", Problem.WrongType, "$.limits.hostCalls")]
    [TestCase("'key':'token'", "'key':'separator'", Problem.DuplicateEntry, "$.config[1]")]
    [TestCase("'minimum':'1.0.0'", "'minimum':'3.0.0'", Invalid, "$.hostApi")]
    [TestCase("2026-03-01T12:00:00Z", "2026-03-01T12:00:00+00:00", Problem.TooLong, "$.issuedAt")]
    [TestCase("2026-03-01T12:00:00Z", "2026-02-30T12:00:00Z", Invalid, "$.issuedAt")]
    [TestCase("2026-03-01T12:00:00Z", "2026-03-01 12:00:00Z", Invalid, "$.issuedAt")]
    [TestCase("2026-05-30T12:00:00Z", "2026-03-01T12:00:00Z", Invalid, "$.expiresAt")]
    [TestCase("'shop.example'", "'shop.example','shop.example'", Problem.DuplicateEntry, "$.audience[1]")]
    [TestCase("['audience','limits']", "'audience'", Problem.WrongType, "$.critical")]
    [TestCase("'commit':'5114f85'", "'commit':[]", Problem.WrongType, "$.provenance.commit")]
    public void Parse_BadField_NamesRuleAndField(
        string old, string replacement, Problem problem, string path)
    {
        var error = Refusal<ManifestFormatException>(Edit.ReplaceJson(TestPlugin.FullJson, old, replacement));

        Assert.That((error.Problem, error.Path), Is.EqualTo((problem, path)));
        Assert.That(error.Code, Is.EqualTo(ManifestErrorCode.MalformedManifest));
    }

    [TestCase("schemaVersion")]
    [TestCase("id")]
    [TestCase("version")]
    [TestCase("sequence")]
    [TestCase("module")]
    [TestCase("abi")]
    [TestCase("functions")]
    [TestCase("issuedAt")]
    public void Parse_FieldMissing_NamesIt(string field)
    {
        var json = Edit.Replace(TestPlugin.Json, $"\"{field}\":", $"\"x{field}\":");

        var error = Refusal<ManifestFormatException>(json);

        Assert.That((error.Problem, error.Path), Is.EqualTo((Problem.MissingField, $"$.{field}")));
    }

    [Test]
    public void Parse_NoFunctions_IsRefused()
    {
        var error = Refusal<ManifestFormatException>(
            Edit.Replace(TestPlugin.Json, """[{"name":"slugify"}]""", "[]"));

        Assert.That((error.Problem, error.Path), Is.EqualTo((Problem.WrongCount, "$.functions")));
    }

    [Test]
    public void Parse_UnknownField_IsIgnored()
    {
        var json = Edit.Replace(TestPlugin.Json, "{", """{"icon":{"deep":[1,2,3]},""");

        Assert.That(Parse(json).Id, Is.EqualTo(TestPlugin.Manifest.Id));
    }

    [Test]
    public void Parse_UnknownCritical_IsRefusedBeforeAnyOtherField()
    {
        var json = Edit.ReplaceJson(TestPlugin.Json, "'id':'acme/slugify'", "'id':1,'quota':2,'critical':['quota']");

        Assert.That(Refusal<UnknownCriticalException>(json).Field, Is.EqualTo("quota"));
    }

    [Test]
    public void Parse_CriticalFieldAbsent_IsRefused()
    {
        var json = Edit.Replace(TestPlugin.Json, "{", """{"critical":["limits"],""");

        Assert.That(Refusal<ManifestFormatException>(json).Path, Is.EqualTo("$.limits"));
    }

    [Test]
    public void Parse_NewerSchema_IsRefused()
    {
        var json = Edit.Replace(TestPlugin.Json, "\"schemaVersion\":1", "\"schemaVersion\":2");

        Assert.That(Refusal<UnsupportedSchemaException>(json).SchemaVersion, Is.EqualTo(2));
    }

    [Test]
    public void Parse_HttpWithoutScope_IsRefused()
    {
        var json = Edit.Replace(TestPlugin.FullJson, "\"clock.now\"", "\"http.send\"");

        Assert.That(Refusal<ManifestFormatException>(json).Path, Is.EqualTo("$.permissions[1].scope"));
    }

    [Test]
    public void Parse_SamePermissionTwiceOptional_IsRefused()
    {
        var twice = """[{"name":"log.x","reason":"a"},{"name":"log.x","reason":"b"}]""";
        var json = Edit.Replace(TestPlugin.Json, "{", $$"""{"permissions":{{twice}},""");

        Assert.That(Refusal<ManifestFormatException>(json).Problem, Is.EqualTo(Problem.DuplicateEntry));
    }

    [Test]
    public void Parse_SecretWithDefault_IsRefused()
    {
        var json = Edit.Replace(TestPlugin.FullJson, "\"secret\":true", """ "secret":true,"default":"x" """);

        Assert.That(Refusal<ManifestFormatException>(json).Path, Is.EqualTo("$.config[1].default"));
    }

    [Test]
    public void Parse_AssetsThatDifferInCase_AreRefused()
    {
        var digest = Sha256Digest.Compute([]);
        string Asset(string path) => $$"""{"path":"{{path}}","sha256":"{{digest}}","size":0}""";
        var json = Edit.Replace(TestPlugin.Json, "{", $$"""{"assets":[{{Asset("a/B")}},{{Asset("A/b")}}],""");

        Assert.That(Refusal<ManifestFormatException>(json).Path, Is.EqualTo("$.assets[1]"));
    }

    [Test]
    public void Parse_LongSchema_IsRefused()
    {
        var schema = $$"""{"description":"{{new string('x', 64 * 1024)}}"}""";
        var json = Edit.Replace(TestPlugin.Json, "\"slugify\"}", $"\"slugify\",\"inputSchema\":{schema}}}");

        Assert.That(Refusal<ManifestFormatException>(json).Problem, Is.EqualTo(Problem.TooLong));
    }

    [TestCase("assets", 257)]
    [TestCase("features", 65)]
    [TestCase("functions", 1025)]
    [TestCase("imports", 1025)]
    [TestCase("permissions", 129)]
    [TestCase("config", 257)]
    [TestCase("audience", 65)]
    public void Parse_TooManyItems_IsRefused(string field, int count)
    {
        var list = string.Join(',', Enumerable.Repeat("0", count));
        var without = TestPlugin.Json.Replace($"\"{field}\":", "\"x\":", StringComparison.Ordinal);
        var json = Edit.ReplaceJson(without, "{", $"{{'{field}':[{list}],");

        var error = Refusal<ManifestFormatException>(json);

        Assert.That((error.Problem, error.Path), Is.EqualTo((Problem.WrongCount, $"$.{field}")));
    }

    [Test]
    public void Parse_TooManyBytes_IsRefused() =>
        Assert.That(
            Refusal<ManifestFormatException>(TestPlugin.Json + new string(' ', 256 * 1024)).Problem,
            Is.EqualTo(Problem.TooLarge));

    private static PluginManifest Parse(string json) => PluginManifest.Parse(Encoding.UTF8.GetBytes(json));

    private static T Refusal<T>(string json)
        where T : ManifestException
    {
        try
        {
            Parse(json);
        }
        catch (T error)
        {
            return error;
        }

        throw new AssertionException("The manifest was accepted.");
    }
}
