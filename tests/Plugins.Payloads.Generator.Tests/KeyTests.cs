using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

public sealed class KeyTests
{
    [Test]
    public void IntegerKeys_Written_AreShortAndRead()
    {
        byte[] document = Documents.Write(new Shop.Keyed { Id = 5, Name = "n", Parts = [new() { Id = 6 }] });

        Assert.That(Outline.Of(document), Is.EqualTo("{1,200,70000[{1,200-,70000-}]}"));
        Assert.That(document.Take(6), Is.EqualTo(new byte[] { 0x83, 0x01, 0x05, 0xCC, 0xC8, 0xA1 }));
        Assert.That(Documents.Read<Shop.Keyed>(document).Parts![0].Id, Is.EqualTo(6));
    }

    [Test]
    public void IntegerKey_InALongerForm_IsRead()
    {
        byte[] document = [0x81, 0xD3, 0, 0, 0, 0, 0, 0, 0, 1, 0x05];

        Assert.That(Documents.Read<Shop.Keyed>(document).Id, Is.EqualTo(5));
    }

    [Test]
    public void IntegerKey_Unknown_IsSkipped() =>
        Assert.That(Documents.Read<Shop.Keyed>((2, "x"), (-1, null), (1, 5)).Id, Is.EqualTo(5));

    [Test]
    public void IntegerKey_Twice_IsRefused()
    {
        MessagePackException refusal = Documents.Refusal<Shop.Keyed>((1, 5), (1, 5));

        Assert.That((refusal.Problem, refusal.Name), Is.EqualTo((MessagePackProblem.DuplicateKey, "1")));
    }

    [Test]
    public void Key_OfTheOtherKind_IsRefused()
    {
        Assert.That(Documents.Refusal<Shop.Keyed>(("Id", 1)).Problem, Is.EqualTo(MessagePackProblem.WrongType));
        Assert.That(Documents.Refusal<Shop.Point>((1, 1)).Problem, Is.EqualTo(MessagePackProblem.WrongType));
    }
}
