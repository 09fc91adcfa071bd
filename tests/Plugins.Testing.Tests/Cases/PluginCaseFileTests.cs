using System.Text;
using Plugins.Host.Tests.Support;
using Plugins.Testing.Cases;

namespace Plugins.Testing.Tests.Cases;

internal sealed class PluginCaseFileTests
{
    [Test]
    public void Load_OfTheSharedTable_GivesEveryCase()
    {
        var file = PluginCaseFile.Load(GuestFiles.PathOf("examples/plugin-cases.json"));

        Assert.That(file.Cases, Has.Count.GreaterThan(60));
        Assert.That(file.Hosts, Contains.Key("greetings"));
        Assert.That(file.For("greeter").Count(), Is.InRange(1, file.Cases.Count - 1));
    }

    [TestCase("", ":1:1: not valid JSON")]
    [TestCase("{\n  \"cases\": [", "cases.json:2:13: not valid JSON")]
    [TestCase("""{ "cases": [], "cases": [] }""", "not valid JSON")]
    [TestCase("[]", "expected an object")]
    [TestCase("{}", "there are no cases")]
    [TestCase("""{ "cases": {} }""", "cases: expected a list")]
    [TestCase("""{ "cses": [] }""", "cses: there is no such field (did you mean 'cases'?)")]
    [TestCase("""{ "cases": [1] }""", "cases[0]: expected an object")]
    [TestCase("""{ "cases": [{}] }""", "cases[0]: a case needs a name")]
    [TestCase("""{ "cases": [{ "name": 1 }] }""", "cases[0].name: expected a string")]
    [TestCase("""{ "cases": [{ "name": "\ud800" }] }""", "cases[0].name: half of a surrogate pair")]
    [TestCase("""{ "hosts": { "\ud800": {} }, "cases": [] }""", "half of a surrogate pair is no name")]
    [TestCase(
        """{ "cases": [{ "name": "n", "inptu": "" }] }""",
        "cases[0].inptu: there is no such field (did you mean 'input'?)")]
    [TestCase("""{ "cases": [{ "name": "n", "input": 1 }] }""", "cases[0].input: expected a list")]
    [TestCase("""{ "cases": [{ "name": "n", "input": [{}] }] }""", "cases[0].input[0]: a part needs text or hex")]
    [TestCase("""{ "cases": [{ "name": "n", "input": [{ "hex": "0" }] }] }""",
        "cases[0].input[0].hex: not hexadecimal")]
    [TestCase("""{ "cases": [{ "name": "n", "input": [{ "hex": "", "text": "" }] }] }""", "either text or hex")]
    [TestCase("""{ "cases": [{ "name": "n", "input": [{ "text": "a", "times": -1 }] }] }""",
        "times: expected an integer")]
    [TestCase("""{ "cases": [{ "name": "n", "input": [{ "text": "ab", "times": 16777216 }] }] }""",
        "input[0]: more than")]
    [TestCase("""{ "cases": [{ "name": "n", "limits": { "fuel": 0 } }] }""",
        "limits.fuel: expected a positive integer")]
    [TestCase(
        """{ "cases": [{ "name": "n", "limits": { "fule": 1 } }] }""",
        "limits.fule: there is no such field (did you mean 'fuel'?)")]
    [TestCase("""{ "cases": [{ "name": "n", "failure": "Fuel" }] }""", "failure: expected one of ")]
    [TestCase("""{ "cases": [{ "name": "n", "failure": "201" }] }""", "failure: expected one of ")]
    [TestCase("""{ "cases": [{ "name": "n", "failure": "" }] }""", "failure: expected one of ")]
    [TestCase("""{ "cases": [{ "name": "n", "output": "", "error": {} }] }""",
        "cases[0]: a call either fails or has an output")]
    [TestCase("""{ "cases": [{ "name": "n", "host": "h" }] }""", "cases[0].host: there is no host h")]
    [TestCase("""{ "cases": [{ "name": "n", "grants": ["?"] }] }""", "grants[0]: not a permission")]
    [TestCase("""{ "cases": [{ "name": "n", "parallel": 65 }] }""", "parallel: expected an integer from 1 to 64")]
    [TestCase("""{ "cases": [{ "name": "n", "stream": 1 }] }""", "stream: expected true or false")]
    [TestCase("""{ "hosts": { "h": { "f": { "q": { "status": "odd" } } } }, "cases": [] }""",
        "hosts.h.f.q.status: expected denied")]
    [TestCase("""{ "hosts": { "h": { "clock.now": {} } }, "cases": [] }""", "hosts.h.clock.now: is built in")]
    [TestCase("""{ "hosts": { "h": { "Bad": {} } }, "cases": [] }""", "hosts.h.Bad: not a function's name")]
    public void Parse_OfAFault_NamesFileAndField(string json, string expected)
    {
        var failure = Assert.Throws<PluginCaseFormatException>(
            () => PluginCaseFile.Parse(Encoding.UTF8.GetBytes(json), "cases.json"))!;

        Assert.That(failure.Message, Does.StartWith("cases.json:").And.Contain(expected));
        Assert.That(failure.File, Is.EqualTo("cases.json"));
    }

    [Test]
    public void Parse_OfAFault_TellsItsPlaceAsData()
    {
        var failure = Assert.Throws<PluginCaseFormatException>(
            () => PluginCaseFile.Parse("""{ "cases": [{ "name": 1 }] }"""u8.ToArray(), "cases.json"))!;

        Assert.That(failure.Field, Is.EqualTo("cases[0].name"));
        Assert.That(failure.Problem, Is.EqualTo("expected a string"));
    }

    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    public void Parse_OfManyCases_StopsAtItsBound(int count, bool isRead)
    {
        var cases = string.Join(',', Enumerable.Repeat("""{"name":"n"}""", count));

        Assert.That(() => Parse($$"""{"cases":[{{cases}}]}"""), Outcome(isRead));
    }

    // A small file may not stand for more than the memory holds: 16 MiB for a field, 256 MiB for all.
    [TestCase(16, true)]
    [TestCase(17, false)]
    public void Parse_OfRepeatedParts_StopsAtItsBound(int count, bool isRead)
    {
        const string Case = """{"name":"n","input":[{"text":"a","times":16777216}]}""";

        var cases = string.Join(',', Enumerable.Repeat(Case, count));

        Assert.That(() => Parse($$"""{"cases":[{{cases}}]}"""), Outcome(isRead));
    }

    [Test]
    public void Parse_OfDeepNesting_Stops() =>
        Assert.That(() => Parse("""{"cases":""" + new string('[', 100_000)), Outcome(false));

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void Parse_OfALongFile_StopsAtItsBound(int beyond, bool isRead) => Assert.That(
        () => Parse("""{"cases":[]}""".PadRight(PluginCaseFile.MaximumBytes + beyond)), Outcome(isRead));

    private static PluginCaseFile Parse(string json) =>
        PluginCaseFile.Parse(Encoding.UTF8.GetBytes(json), "cases.json");

    private static NUnit.Framework.Constraints.IResolveConstraint Outcome(bool isRead) =>
        isRead ? Throws.Nothing : Throws.TypeOf<PluginCaseFormatException>();
}
