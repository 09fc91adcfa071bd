namespace Plugins.Payloads.Tests;

public sealed class PayloadMediaTypeTests
{
    [TestCase("application/json", PayloadFormat.Json)]
    [TestCase("APPLICATION/JSON; charset=utf-8", PayloadFormat.Json)]
    [TestCase(" application/json ;x=1", PayloadFormat.Json)]
    [TestCase("text/json", PayloadFormat.Json)]
    [TestCase("application/problem+json", PayloadFormat.Json)]
    [TestCase("application/vnd.msgpack", PayloadFormat.MessagePack)]
    [TestCase("application/msgpack", PayloadFormat.MessagePack)]
    [TestCase("application/x-msgpack", PayloadFormat.MessagePack)]
    [TestCase("application/vnd.acme.order+MsgPack", PayloadFormat.MessagePack)]
    public void TryGetFormat_OfAKnownMediaType_TellsTheFormat(string mediaType, PayloadFormat format)
    {
        Assert.That(PayloadMediaType.TryGetFormat(mediaType, out PayloadFormat found), Is.True);
        Assert.That(found, Is.EqualTo(format));
    }

    [TestCase("")]
    [TestCase(";")]
    [TestCase("text/plain")]
    [TestCase("application/octet-stream")]
    [TestCase("json")]
    [TestCase("+json")]
    [TestCase("application/+json")]
    [TestCase("/x+json")]
    [TestCase("application/jsonp")]
    [TestCase("application/json+x")]
    [TestCase("text/plain; type=application/json")]
    public void TryGetFormat_OfAnotherMediaType_IsFalse(string mediaType) =>
        Assert.That(PayloadMediaType.TryGetFormat(mediaType, out _), Is.False);
}
