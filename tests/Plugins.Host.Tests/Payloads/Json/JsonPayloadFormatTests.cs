using System.Buffers;
using System.Text;
using System.Text.Json;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Tests.Payloads.Support;

namespace Plugins.Host.Tests.Payloads.Json;

internal sealed class JsonPayloadFormatTests
{
    private readonly JsonPayloadFormat _format = new(ParcelJson.Default);

    [Test]
    public void Parcel_Written_IsReadBack()
    {
        var output = new ArrayBufferWriter<byte>();
        Parcel parcel = Parcel.Nested(2);
        _format.Write(output, parcel);
        Assert.That(_format.Read<Parcel>(new(output.WrittenMemory)), Is.EqualTo(parcel).UsingPropertiesComparer());
    }

    [Test]
    public void Context_WithOptionsOfItsOwn_KeepsThemAndIsStrict()
    {
        var output = new ArrayBufferWriter<byte>();
        new JsonPayloadFormat(CamelJson.Default).Write(output, new ParcelLine("a", 2));
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo("""{"article":"a","count":2}"""));
        Assert.That(
            () => Read<ParcelLine>("""{"article":"a","count":2,"count":3}""", new JsonPayloadFormat(CamelJson.Default)),
            Throws.TypeOf<JsonPayloadException>());
    }

    [Test]
    public void Type_WithoutDescription_NamesTheAttribute()
    {
        var exception = Assert.Throws<UnknownPayloadTypeException>(() => Read<Version>("1", _format))!;
        Assert.That(exception.Message, Does.Contain("[JsonSerializable(typeof(Version))]"));
        Assert.That((exception.PayloadType, exception.Format), Is.EqualTo((typeof(Version), "JSON")));
        Assert.That(_format.EnsureKnown<Version>, Throws.TypeOf<UnknownPayloadTypeException>());
        Assert.That(_format.EnsureKnown<Parcel>, Throws.Nothing);
        Assert.That(new JsonPayloadFormat().EnsureKnown<Parcel>, Throws.TypeOf<UnknownPayloadTypeException>());
    }

    [Test]
    public void Type_ThatDocumentsCanMakeSlow_IsRefusedBeforeACall() =>
        Assert.That(_format.EnsureKnown<Shelf>, Throws.TypeOf<UnsafePayloadTypeException>());

    [TestCase("{", null)]
    [TestCase("null", "$")]
    [TestCase(" null ", "$")]
    [TestCase("""{"Note":"a"}""", "$")]
    [TestCase("""{"Id":1,"Id":1}""", null)]
    [TestCase("""{"Id":1,"Lines":null}""", "$.Lines")]
    [TestCase("""{"Id":1,"Lines":[{"Article":"x","Count":"x"}]}""", "$.Lines[0].Count")]
    [TestCase("""{"Id":1,"Lines":[{"Article":null,"Count":1}]}""", null)]
    [TestCase("""{"Id":1} 1""", "$")]
    [TestCase("""{"\ud800":1}""", null)]
    [TestCase("""{"Id":1,"\ud800":1,"\udc00":2}""", null)]
    public void Json_ThatDoesNotFit_IsTheTypedException(string json, string? path)
    {
        var exception = Assert.Throws<JsonPayloadException>(() => Read<Parcel>(json, _format))!;
        Assert.That(exception.PayloadType, Is.EqualTo(typeof(Parcel)));
        Assert.That(path is null || exception.Path == path, exception.Path);
    }

    [Test]
    public void Path_OfHostileNames_IsShortAndHarmless()
    {
        string name = @"\u001b[2J" + new string('x', 5_000);
        var exception = Assert.Throws<JsonPayloadException>(
            () => Read<Parcel>("{\"Id\":1,\"Stock\":{\"" + name + "\":\"x\"}}", _format))!;
        Assert.That(exception.Path, Does.Not.Contain('\u001b').And.Length.LessThan(400));
        Assert.That(exception.Message, Does.Not.Contain('\u001b').And.Length.LessThan(800));
    }

    [Test]
    public void Json_OfANullableNumber_MayBeNull() => Assert.That(Read<int?>("null", _format), Is.Null);

    [Test]
    public void Objects_NestedTooDeeply_AreNotWritten() => Assert.That(
        () => _format.Write(new ArrayBufferWriter<byte>(), Parcel.Nested(100)), Throws.TypeOf<JsonPayloadException>());

    [Test]
    public void Null_Written_IsRefused() => Assert.That(
        () => _format.Write<Parcel>(new ArrayBufferWriter<byte>(), null!), Throws.TypeOf<JsonPayloadException>());

    [Test]
    public void Options_ChangedAfterwards_HaveNoEffect()
    {
        var json = new JsonSerializerOptions { TypeInfoResolver = ParcelJson.Default };
        var format = new JsonPayloadFormat(json);
        json.AllowTrailingCommas = true;
        Assert.That(() => Read<Parcel>("""{"Id":1,}""", format), Throws.TypeOf<JsonPayloadException>());
    }

    private static T Read<T>(string json, JsonPayloadFormat format) =>
        format.Read<T>(new PayloadDocument(Encoding.UTF8.GetBytes(json)));
}
