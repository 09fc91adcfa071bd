using System.Buffers.Binary;
using Plugins.Host.MessagePack.Tests.Support;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests.Documents;

internal sealed class DocumentCheckTests
{
    [TestCase("")]
    [TestCase("cc")]
    [TestCase("cd00")]
    [TestCase("ce000000")]
    [TestCase("cf00000000000000")]
    [TestCase("d0")]
    [TestCase("d100")]
    [TestCase("d2000000")]
    [TestCase("d300000000000000")]
    [TestCase("ca000000")]
    [TestCase("cb00000000000000")]
    [TestCase("a1")]
    [TestCase("d9")]
    [TestCase("d90261")]
    [TestCase("da0002")]
    [TestCase("dbffffffff61")]
    [TestCase("c402ff")]
    [TestCase("c5ffff")]
    [TestCase("c6ffffffff")]
    [TestCase("d4")]
    [TestCase("d401")]
    [TestCase("d8010203")]
    [TestCase("c7")]
    [TestCase("c700")]
    [TestCase("c8ffff01")]
    [TestCase("c9ffffffff01")]
    [TestCase("91")]
    [TestCase("dc0001")]
    [TestCase("ddffffffff0102030405")]
    [TestCase("81")]
    [TestCase("8101")]
    [TestCase("de0001")]
    [TestCase("dfffffffff0102030405")]
    [TestCase("82000000", Description = "one byte is missing")]
    public void Document_CutShort_IsRefused(string hex) =>
        Assert.That(Hex.Refused(Hex.Bytes(hex)).Problem, Is.EqualTo(MessagePackProblem.UnexpectedEnd));

    [TestCase("c1", MessagePackProblem.ReservedByte, 0, "$")]
    [TestCase("92 01 c1", MessagePackProblem.ReservedByte, 2, "$[1]")]
    [TestCase("81 00 c1", MessagePackProblem.ReservedByte, 2, "$[?]")]
    [TestCase("c0 c0", MessagePackProblem.TrailingBytes, 1, "$")]
    [TestCase("90 90", MessagePackProblem.TrailingBytes, 1, "$")]
    [TestCase("a1 ff", MessagePackProblem.InvalidUtf8, 0, "$")]
    [TestCase("a2 c080", MessagePackProblem.InvalidUtf8, 0, "$", Description = "overlong")]
    [TestCase("a3 eda080", MessagePackProblem.InvalidUtf8, 0, "$", Description = "a surrogate")]
    [TestCase("d902 c328", MessagePackProblem.InvalidUtf8, 0, "$", Description = "no continuation")]
    [TestCase("81 a161 91 a1ff", MessagePackProblem.InvalidUtf8, 4, "$.a[0]")]
    [TestCase("81 a1ff c0", MessagePackProblem.InvalidUtf8, 1, "$", Description = "a key")]
    [TestCase("92 01 ddffffffff 0102030405", MessagePackProblem.UnexpectedEnd, 2, "$[1]")]
    [TestCase("81 a162 82 a161 01 a161 02", MessagePackProblem.DuplicateKey, 7, "$.b.a")]
    [TestCase("82 a161 01 d90161 02", MessagePackProblem.DuplicateKey, 4, "$.a", Description = "in another form")]
    [TestCase("82 a0 01 a0 02", MessagePackProblem.DuplicateKey, 3, "$['']")]
    [TestCase("83 a161 81 a161 01 a162 02 a161 03", MessagePackProblem.DuplicateKey, 10, "$.a")]
    public void Document_ThatIsMalformed_IsRefusedAtItsPlace(
        string hex, MessagePackProblem problem, int offset, string path)
    {
        MessagePackPayloadException refusal = Hex.Refused(Hex.Bytes(hex));
        Assert.That((refusal.Problem, refusal.Offset, refusal.Path), Is.EqualTo((problem, (long?)offset, path)));
        Assert.That(refusal.Message, Does.Contain($"at byte {offset} ({path})"));
    }

    [TestCase("82 a161 81 a161 01 a162 81 a161 01", Description = "one key in several maps")]
    [TestCase("82 a161 01 c40161 02", Description = "text and binary")]
    [TestCase("82 01 01 cc01 02", Description = "whole numbers are compared by whoever reads them")]
    [TestCase("93 80 90 c7 00 05", Description = "empty values")]
    public void Document_ThatIsWellFormed_Passes(string hex) =>
        Assert.That(() => Hex.Check(Hex.Bytes(hex)), Throws.Nothing);

    [TestCase(64)]
    [TestCase(1)]
    [TestCase(MessagePackPayloadOptions.DeepestAllowed)]
    public void Nesting_ToTheLimit_PassesAndNoDeeper(int depth)
    {
        var limits = new MessagePackPayloadOptions { MaximumDepth = depth };
        byte[] document = [.. Enumerable.Repeat((byte)0x91, depth), 0xC0];
        Assert.That(() => Hex.Check(document, limits), Throws.Nothing);
        MessagePackPayloadException refusal = Hex.Refused([0x91, .. document], limits);
        Assert.That((refusal.Problem, refusal.Offset), Is.EqualTo((MessagePackProblem.TooDeep, (long?)depth)));
    }

    [Test]
    public void Values_AreCountedWithTheirKeysAndContainers()
    {
        byte[] document = Hex.Bytes("82 a161 01 a162 91 02");
        Assert.That(() => Hex.Check(document, new() { MaximumValues = 6 }), Throws.Nothing);
        MessagePackPayloadException refusal = Hex.Refused(document, new() { MaximumValues = 5 });
        Assert.That((refusal.Problem, refusal.Offset), Is.EqualTo((MessagePackProblem.TooManyValues, (long?)7)));
    }

    [Test]
    public void Size_IsEstimatedOfValuesTextAndBinaryData()
    {
        byte[] document = Hex.Bytes("93 a3616263 c402ffff d40100");
        const int Expected = (4 * 16) + (3 * 2) + 2 + 1;
        Assert.That(() => Hex.Check(document, new() { MaximumDecodedBytes = Expected }), Throws.Nothing);
        MessagePackPayloadException refusal = Hex.Refused(document, new() { MaximumDecodedBytes = Expected - 1 });
        Assert.That((refusal.Problem, refusal.Path), Is.EqualTo((MessagePackProblem.TooLarge, "$[2]")));
    }

    [Test]
    public void Key_OfHostileText_IsShortAndHarmlessInThePath()
    {
        string name = "\u001b[2J" + new string('x', 200);
        byte[] document = [0x81, 0xD9, (byte)name.Length, .. System.Text.Encoding.UTF8.GetBytes(name), 0xC1];
        MessagePackPayloadException refusal = Hex.Refused(document);
        Assert.That(refusal.Path, Does.StartWith("$['\\x1b[2J").And.Length.LessThan(150));
    }

    [Test]
    public void Path_OfManyLevels_IsCut()
    {
        var limits = new MessagePackPayloadOptions { MaximumDepth = 100 };
        byte[] document = [.. Enumerable.Repeat((byte)0x91, 100), 0xC1];
        Assert.That(Hex.Refused(document, limits).Path, Does.EndWith("[0]…").And.Length.LessThan(250));
    }

    [Test]
    public void Arrays_ThatAnnounceAllTheBytesLeft_TakeNoMemory()
    {
        // Each of 64 levels announces as many elements as there are bytes left, and the first is the next level.
        byte[] document = new byte[1_000_000];
        for (int at = 0; at < 64 * 5; at += 5)
        {
            document[at] = 0xDD;
            BinaryPrimitives.WriteInt32BigEndian(document.AsSpan(at + 1), document.Length - at - 5);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => Hex.Read<object>(document), Throws.TypeOf<MessagePackPayloadException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(document.Length));
    }

    [Test]
    public void Check_OfALongDocument_EndsWhenTheCallDoes()
    {
        int asked = 0;
        byte[] document = [0xDC, 0xFF, 0xFF, .. Enumerable.Repeat((byte)0x01, 0xFFFF)];
        var stopped = new PayloadDocument(document, () => throw new TimeoutException($"{++asked}"));
        Assert.That(() => Hex.Format.Read<int[]>(stopped), Throws.TypeOf<TimeoutException>());
        Assert.That(asked, Is.EqualTo(1));
    }
}
