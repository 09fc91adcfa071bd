using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.MessagePack;

public sealed class MessagePackPathTests
{
    [TestCase("c1", 0, "$")]
    [TestCase("93 00 00 c1", 3, "$[2]")]
    [TestCase("81 a16f 92 00 81 a26964 c1", 9, "$.o[1].id")]
    [TestCase("82 a161 9100 a162 c1", 7, "$.b", Description = "behind a finished array")]
    [TestCase("82 a161 90 a162 c1", 6, "$.b", Description = "behind an empty array")]
    [TestCase("81 a161 01", 1, "$", Description = "a key is its map's")]
    [TestCase("81 05 c1", 2, "$[5]")]
    [TestCase("81 cfffffffffffffffff c1", 10, "$[18446744073709551615]")]
    [TestCase("81 d0ff c1", 3, "$[-1]")]
    [TestCase("81 c0 c1", 2, "$[?]")]
    [TestCase("81 a3612062 c1", 5, "$['a b']")]
    [TestCase("81 a31b5b6d c1", 5, "$['\\u001b[m']", Description = "what would move a terminal's cursor")]
    [TestCase("81 a3e280ae c1", 5, "$['\\u202e']", Description = "what would turn the text around")]
    [TestCase("81 a127 c1", 3, "$['\\u0027']")]
    [TestCase("00 00", 1, "$", Description = "behind the document's value")]
    public void Find_OfAnOffset_IsTheWayToIt(string hex, int offset, string path) =>
        Assert.That(MessagePackPath.Find(Document.Bytes(hex), offset), Is.EqualTo(path));

    [Test]
    public void Find_BehindALongKey_ShowsItsBeginning()
    {
        byte[] document = [0x81, 0xDA, 0xFF, 0xFF, .. Enumerable.Repeat((byte)'k', 65_535), 0xC1];

        string path = MessagePackPath.Find(document, document.Length - 1);

        Assert.That(path, Is.EqualTo($"$['{new string('k', 64)}…']"));
    }

    [Test]
    public void Find_InADeepDocument_ShowsItsBeginning()
    {
        byte[] document = [.. Enumerable.Repeat((byte)0x91, 100_000)];

        Assert.That(MessagePackPath.Find(document, document.Length), Has.Length.LessThan(300));
    }

    [Test]
    public void Message_OfARefusal_SaysWhereAndWhat()
    {
        MessagePackException exception = Document.Refused("81a16101", (ref MessagePackReader reader) =>
        {
            reader.ReadMapHeader();
            reader.ReadMemberName();
            return reader.ReadString();
        });

        Assert.That(exception.Message, Is.EqualTo(
            "MessagePack document refused at byte 3 ($.a): the value has the wrong type, String is expected and "
            + "Integer found."));
    }
}
