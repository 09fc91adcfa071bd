using System.Buffers.Binary;
using System.Text;
using Plugins.Pdk.Tests.Support;
using Plugins.Pdk.Web;

namespace Plugins.Pdk.Tests.Web;

public sealed class HttpTests
{
    [Test]
    public void Send_OfARequest_WritesHeadAndBody()
    {
        var host = new MemoryRuntime().With("http.send", _ => Message("""{"status":204,"headers":[]}""", ""));

        host.Run(() => Http.Send(new HttpRequest("PUT", "https://example.org/ä")
        {
            Headers = [new("Accept", "text/plain"), new("X", "\"")],
            Body = "body"u8.ToArray(),
        }));

        Assert.That(host.ErrorText, Is.Empty);
        byte[] request = host.Requests[0].Request;
        int head = BinaryPrimitives.ReadInt32LittleEndian(request);
        Assert.That(Encoding.UTF8.GetString(request, 4, head), Is.EqualTo(
            """{"method":"PUT","url":"https://example.org/\u00E4","headers":"""
                + """[["Accept","text/plain"],["X","\u0022"]]}"""));
        Assert.That(Encoding.UTF8.GetString(request.AsSpan(4 + head)), Is.EqualTo("body"));
    }

    [Test]
    public void Get_OfAResponse_ReadsStatusHeadersAndBody()
    {
        const string Head = """{"new":{"a":[1]},"headers":[["Content-Type","text/plain"],["A","1"]],"status":404}""";
        var host = new MemoryRuntime().With("http.send", _ => Message(Head, "gone"));
        HttpResponse? response = null;

        host.Run(() => response = Http.Get("https://example.org/"));

        Assert.That(response?.Status, Is.EqualTo(404));
        Assert.That(response?.GetText(), Is.EqualTo("gone"));
        Assert.That(response?.FindHeader("content-type"), Is.EqualTo("text/plain"));
        Assert.That(response?.FindHeader("b"), Is.Null);
    }

    [TestCase("""{"headers":[]}""")]
    [TestCase("""{"status":"200","headers":[]}""")]
    [TestCase("""{"status":1e99,"headers":[]}""")]
    [TestCase("""{"status":200,"headers":{}}""")]
    [TestCase("""{"status":200,"headers":["a"]}""")]
    [TestCase("""{"status":200,"headers":[["a"]]}""")]
    [TestCase("""{"status":200,"headers":[["a","b","c"]]}""")]
    [TestCase("""{"status":200,"headers":[["a",1]]}""")]
    [TestCase("""{"status":200,"headers":[]} 1""")]
    [TestCase("""{"status":200,"headers":[]""")]
    [TestCase("[]")]
    [TestCase("")]
    public void Head_ThatIsNotOne_IsRefused(string head) => ExpectRefusal(Message(head, ""));

    [TestCase("")]
    [TestCase("000000")]
    [TestCase("01000000")]
    [TestCase("FFFFFFFF7B7D")]
    public void Message_WithAWrongLength_IsRefused(string hex) =>
        ExpectRefusal(Answer.Of(Convert.FromHexString(hex)));

    private static void ExpectRefusal(Answer answer)
    {
        var host = new MemoryRuntime().With("http.send", _ => answer);

        Assert.That(host.Run(() => Http.Get("https://example.org/")), Is.EqualTo(1));
        Assert.That(host.ErrorText, Is.EqualTo("http.send gave an answer that cannot be read"));
    }

    private static Answer Message(string head, string body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(head));
        return Answer.Of([.. length, .. Encoding.UTF8.GetBytes(head + body)]);
    }
}
