using System.Text;
using Plugins.Manifest.Json;

namespace Plugins.Manifest.Tests.Json;

public sealed class StrictJsonReaderTests
{
    private static readonly JsonLimits _limits = new() { MaxBytes = 1000, MaxDepth = 3, MaxValues = 10 };

    [TestCase("""{"a":1,"a":2}""", ManifestFormatProblem.DuplicateKey, "$.a", 7)]
    [TestCase("""{"a":1,"\u0061":2}""", ManifestFormatProblem.DuplicateKey, "$.a", 7)]
    [TestCase("""{"a":{"b":1,"b":2}}""", ManifestFormatProblem.DuplicateKey, "$.a.b", 12)]
    [TestCase("""{"a":1.0}""", ManifestFormatProblem.NotAnInteger, "$.a", 5)]
    [TestCase("""{"a":1e2}""", ManifestFormatProblem.NotAnInteger, "$.a", 5)]
    [TestCase("""{"a":1E2}""", ManifestFormatProblem.NotAnInteger, "$.a", 5)]
    [TestCase("""{"a":[0,-0]}""", ManifestFormatProblem.NotAnInteger, "$.a", 8)]
    [TestCase("""{"a":9007199254740992}""", ManifestFormatProblem.OutOfRange, "$.a", 5)]
    [TestCase("""{"a":-9007199254740992}""", ManifestFormatProblem.OutOfRange, "$.a", 5)]
    [TestCase("""{"a":-9223372036854775808}""", ManifestFormatProblem.OutOfRange, "$.a", 5)]
    [TestCase("""{"a":99999999999999999999}""", ManifestFormatProblem.OutOfRange, "$.a", 5)]
    [TestCase("""{"a":[[[]]]}""", ManifestFormatProblem.TooDeep, "$.a[0][0]", 7)]
    [TestCase("[0,1,2,3,4,5,6,7,8,9]", ManifestFormatProblem.TooManyValues, "$", 19)]
    [TestCase("""{"a":"\u0000"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\n"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u007f"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u009b"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u202e"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u2028"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u200e"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u061c"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\u200b"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\udb40\udc41"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"a":"\ud800"}""", ManifestFormatProblem.ForbiddenCharacter, "$.a", 5)]
    [TestCase("""{"\u001b":1}""", ManifestFormatProblem.ForbiddenCharacter, "$", 1)]
    [TestCase("", ManifestFormatProblem.InvalidJson, "$", 0)]
    [TestCase("{", ManifestFormatProblem.InvalidJson, "$", 1)]
    [TestCase("""{"a":1}x""", ManifestFormatProblem.InvalidJson, "$", 7)]
    [TestCase("""{"a":1,}""", ManifestFormatProblem.InvalidJson, "$", 7)]
    [TestCase("""{"a":01}""", ManifestFormatProblem.InvalidJson, "$", 6)]
    [TestCase("""{/**/"a":1}""", ManifestFormatProblem.InvalidJson, "$", 1)]
    [TestCase("NaN", ManifestFormatProblem.InvalidJson, "$", 0)]
    [TestCase("{\n  \"a\": 1,\n  \"b\" 2\n}", ManifestFormatProblem.InvalidJson, "$", 18)]
    [TestCase("{\r\n\r\n \"é\": 'x' }", ManifestFormatProblem.InvalidJson, "$", 12)]
    public void Read_BadDocument_NamesRuleFieldAndByte(
        string json, ManifestFormatProblem problem, string path, long offset)
    {
        var error = Refusal(Encoding.UTF8.GetBytes(json));

        Assert.That((error.Problem, error.Path, error.Offset), Is.EqualTo((problem, path, offset)));
        Assert.That(error.Code, Is.EqualTo(ManifestErrorCode.MalformedManifest));
        Assert.That(error.Message, Does.Contain(path));
    }

    [Test]
    public void Read_ByteOrderMark_IsRefused() =>
        Assert.That(Refusal([0xEF, 0xBB, 0xBF, .. "{}"u8]).Problem, Is.EqualTo(ManifestFormatProblem.ByteOrderMark));

    [TestCase((byte)0xFF)]
    [TestCase((byte)0xC0)]
    [TestCase((byte)0x80)]
    public void Read_InvalidUtf8_IsRefused(byte bad) =>
        Assert.That(Refusal([.. "\""u8, bad, .. "\""u8]).Problem, Is.EqualTo(ManifestFormatProblem.InvalidUtf8));

    [Test]
    public void Read_TooManyBytes_IsRefused() =>
        Assert.That(Refusal(new byte[1001]).Problem, Is.EqualTo(ManifestFormatProblem.TooLarge));

    [Test]
    public void Read_LargestIntegers_AreKept()
    {
        var value = Read("[9007199254740991,-9007199254740991]");

        Assert.That(value.Items!.Select(item => item.Number), Is.EqualTo([9007199254740991, -9007199254740991]));
    }

    [Test]
    public void Read_LimitsReached_Passes() =>
        Assert.That(Read("""{"a":[[1,2,3,4,5,6,7]]}""").Members!["a"].Items![0].Items, Has.Count.EqualTo(7));

    [Test]
    public void Raw_NestedValue_IsItsExactText() =>
        Assert.That(Read("""{"a": {"b" : "é"} , "c":1}""").Required("a").Raw, Is.EqualTo("""{"b" : "é"}"""));

    [Test]
    public void Path_LongHostileName_IsShortened()
    {
        var json = $$"""{"{{new string('x', 500)}}":1.5}""";

        Assert.That(Refusal(Encoding.UTF8.GetBytes(json)).Path, Has.Length.LessThan(100));
    }

    private static JsonValue Read(string json) =>
        StrictJsonReader.Read(Encoding.UTF8.GetBytes(json), ManifestErrorCode.MalformedManifest, _limits);

    private static ManifestFormatException Refusal(byte[] json)
    {
        try
        {
            StrictJsonReader.Read(json, ManifestErrorCode.MalformedManifest, _limits);
        }
        catch (ManifestFormatException error)
        {
            return error;
        }

        throw new AssertionException("The document was accepted.");
    }
}
