using System.Text;
using Plugins.Wasm.SpecTests.Running;
using Plugins.Wasm.SpecTests.Suite;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.SpecTests;

/// <summary>The runner itself: that it notices when an engine is wrong.</summary>
public sealed class RunnerTests
{
    private static readonly byte[] Sample = TextFormat.ToBinary(
        """(module (func (export "f") (result i32) i32.const 7) (func (export "t") unreachable))""");

    private const string Invoke = """ "line":2,"action":{"type":"invoke","field": """;
    private const string Whole = """ "line":2,"module_type":"binary","filename":"s.wasm"} """;
    private const string Cut = """ "line":2,"module_type":"binary","filename":"cut.wasm"} """;

    [TestCase("""{"type":"assert_return",""" + Invoke + """ "f"},"expected":[{"type":"i32","value":"7"}]}""", 0)]
    [TestCase("""{"type":"assert_return",""" + Invoke + """ "f"},"expected":[{"type":"i32","value":"8"}]}""", 1)]
    [TestCase("""{"type":"assert_return",""" + Invoke + """ "f"},"expected":[{"type":"i64","value":"7"}]}""", 1)]
    [TestCase("""{"type":"assert_return",""" + Invoke + """ "f"},"expected":[]}""", 1)]
    [TestCase("""{"type":"assert_return",""" + Invoke + """ "t"},"expected":[]}""", 1)]
    [TestCase("""{"type":"assert_trap",""" + Invoke + """ "t"},"text":"unreachable"}""", 0)]
    [TestCase("""{"type":"assert_trap",""" + Invoke + """ "t"},"text":"integer overflow"}""", 1)]
    [TestCase("""{"type":"assert_trap",""" + Invoke + """ "f"},"text":"unreachable"}""", 1)]
    [TestCase("""{"type":"assert_malformed",""" + Whole, 1)]
    [TestCase("""{"type":"assert_malformed",""" + Cut, 0)]
    [TestCase("""{"type":"assert_invalid",""" + Cut, 1)]
    [TestCase("""{"type":"assert_unlinkable","text":"unknown import",""" + Whole, 1)]
    [TestCase("""{"type":"assert_uninstantiable","text":"unreachable",""" + Whole, 1)]
    [TestCase("""{"type":"surprise","line":2}""", 1)]
    public void Command_OnTheSample_FailsWhenTheEngineDisagrees(string command, int failures)
    {
        const string module = """{"type":"module",""" + Whole;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["s/s.json"] = Encoding.UTF8.GetBytes($$"""{"commands":[{{module}},{{command}}]}"""),
            ["s/s.wasm"] = Sample,
            ["s/cut.wasm"] = Sample[..^1],
        };

        ScriptResult result = ScriptRunner.Run(SpecScript.Parse("s", files), EngineSetting.All[0]);

        Assert.That(result.Failures, Has.Count.EqualTo(failures));
    }

    [TestCase("f32", "nan:canonical", 0x7FC0_0000ul, true)]
    [TestCase("f32", "nan:canonical", 0xFFC0_0000ul, true)]
    [TestCase("f32", "nan:canonical", 0x7FC0_0001ul, false)]
    [TestCase("f32", "nan:arithmetic", 0xFFC0_0001ul, true)]
    [TestCase("f32", "nan:arithmetic", 0x7FA0_0000ul, false)]
    [TestCase("f64", "nan:canonical", 0xFFF8_0000_0000_0000ul, true)]
    [TestCase("f64", "nan:canonical", 0x7FF8_0000_0000_0001ul, false)]
    [TestCase("f64", "nan:arithmetic", 0x7FF8_0000_0000_0001ul, true)]
    [TestCase("f64", "nan:arithmetic", 0x7FF0_0000_0000_0001ul, false)]
    [TestCase("f64", "0", 0x8000_0000_0000_0000ul, false)]
    public void Pattern_AgainstBits_MatchesAsTheSuiteMeans(string type, string pattern, ulong bits, bool expected)
    {
        var pair = new SpecValue(type, pattern);

        Assert.That(SpecValues.Matches(pair, Value.FromBits(pair.Kind, bits)), Is.EqualTo(expected));
    }

    [TestCase("null", null, true)]
    [TestCase("null", 3, false)]
    [TestCase("3", 3, true)]
    [TestCase("3", 4, false)]
    [TestCase("3", null, false)]
    public void Reference_AgainstANumber_MatchesOnlyItself(string pattern, int? number, bool expected)
    {
        HostReference? reference = number is int held ? new HostReference((ulong)held) : null;
        Value actual = Value.FromReference(ValueKind.ExternRef, reference);

        Assert.That(SpecValues.Matches(new SpecValue("externref", pattern), actual), Is.EqualTo(expected));
    }
}
