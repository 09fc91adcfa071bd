using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;

namespace Plugins.Host.Tests.Payloads;

internal sealed class PayloadMediaTypeTests
{
    [TestCase("application/json")]
    [TestCase("APPLICATION/JSON; charset=utf-8")]
    [TestCase(" application/json ;x=1")]
    [TestCase("text/json")]
    [TestCase("application/problem+json")]
    [TestCase("application/vnd.acme.order+Json")]
    public void MediaType_OfJson_IsAccepted(string mediaType) =>
        Assert.That(new JsonPayloadFormat().Accepts(new PayloadMediaType(mediaType)), Is.True);

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
    public void MediaType_OfSomethingElse_IsNot(string mediaType) =>
        Assert.That(new JsonPayloadFormat().Accepts(new PayloadMediaType(mediaType)), Is.False);

    [Test]
    public void MediaType_AsText_HasNoParameters() =>
        Assert.That(new PayloadMediaType(" Text/JSON ; q=1").ToString(), Is.EqualTo("Text/JSON"));
}
