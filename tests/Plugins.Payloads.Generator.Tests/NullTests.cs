using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>Annotations are promises that documents must keep.</summary>
public sealed class NullTests
{
    [TestCase("Never")]
    [TestCase("Out")]
    [TestCase("NeverInside")]
    public void Nil_ForWhatIsNeverNull_IsRefused(string member)
    {
        MessagePackException refusal = Documents.Refusal<Strict.Nulls>((member, null));

        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.UnexpectedNull));
        Assert.That(refusal.Path, Is.EqualTo("$." + member));
    }

    [Test]
    public void Nil_InAListOfWhatIsNeverNull_IsRefused() => Assert.That(
        Documents.Refusal<Strict.Nulls>(("NeverInside", new object?[] { "a", null })).Path,
        Is.EqualTo("$.NeverInside[1]"));

    [Test]
    public void Nil_WhereAllowed_IsRead()
    {
        Strict.Nulls read = Documents.Read<Strict.Nulls>(
            ("Maybe", null), ("In", null), ("MaybeInside", new object?[] { null }));

        Assert.That((read.Maybe, read.In, read.MaybeInside[0]), Is.EqualTo(((string?)null, "", (string?)null)));
    }

    [Test]
    public void Null_ForWhatIsNeverNull_IsNotWritten()
    {
        var value = new Strict.Nulls { Never = null!, In = null };

        var refusal = Assert.Throws<MessagePackException>(() => Documents.Write(value))!;

        Assert.That((refusal.Problem, refusal.Name), Is.EqualTo((MessagePackProblem.UnexpectedNull, "Never")));
    }

    [Test]
    public void Null_InAListOfWhatIsNeverNull_IsNotWritten() => Assert.That(
        () => Documents.Write(new Strict.Nulls { NeverInside = [null!] }),
        Throws.TypeOf<MessagePackException>().With.Property("Problem").EqualTo(MessagePackProblem.UnexpectedNull));

    [Test]
    public void Null_AsAWholePayload_IsRefusedBothWays()
    {
        Assert.That(() => Documents.Write<Shop.Order>(null!), Throws.TypeOf<MessagePackException>());
        Assert.That(Documents.Refusal<Shop.Order>([0xC0]).Problem, Is.EqualTo(MessagePackProblem.UnexpectedNull));
    }

    [Test]
    public void RequestedList_OfStrings_TakesNoNil() =>
        Assert.That(Documents.Refusal<List<string>>([0x91, 0xC0]).Path, Is.EqualTo("$[0]"));

    [Test]
    public void ObliviousCode_LikeJson_AllowsNull() =>
        Assert.That(Documents.Read<Strict.Oblivious>(("Text", null)).Text, Is.Null);
}
