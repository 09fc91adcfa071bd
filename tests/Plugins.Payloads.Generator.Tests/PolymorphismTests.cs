using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

public sealed class PolymorphismTests
{
    [Test]
    public void Derived_ByItsDiscriminator_IsRead()
    {
        Shop.Figure read = Documents.Read<Shop.Figure>(("$type", "square"), ("Side", 2), ("Name", "n"));

        Assert.That(read, Is.TypeOf<Shop.Square>().With.Property("Side").EqualTo(2).And.Property("Name").EqualTo("n"));
    }

    [Test]
    public void Derived_ByItsNumber_IsRead() =>
        Assert.That(Documents.Read<Shop.Animal>(("kind", 1), ("Barks", true)), Is.TypeOf<Shop.Dog>());

    [Test]
    public void Base_WithoutDiscriminator_IsReadWhenConcrete() =>
        Assert.That(Documents.Read<Shop.Animal>(("Legs", 4)), Is.TypeOf<Shop.Animal>());

    [TestCase("$type", "triangle", "triangle")]
    [TestCase("$type", "", "")]
    [TestCase("$type", 7, "7")]
    [TestCase("Name", "n", null)]
    public void Discriminator_UnknownOrMissing_IsRefused(string key, object value, string? name)
    {
        MessagePackException refusal = Documents.Refusal<Shop.Figure>((key, value));

        Assert.That((refusal.Problem, refusal.Name), Is.EqualTo((MessagePackProblem.UnknownDiscriminator, name)));
    }

    [Test]
    public void Discriminator_OfAnotherType_IsRefused() =>
        Assert.That(Documents.Refusal<Shop.Figure>(("$type", true)).Problem, Is.EqualTo(MessagePackProblem.WrongType));

    [Test]
    public void Discriminator_NotInFront_IsRefused() => Assert.That(
        Documents.Refusal<Shop.Animal>(("Legs", 4), ("kind", 1)).Problem,
        Is.EqualTo(MessagePackProblem.UnknownDiscriminator));

    [Test]
    public void Discriminator_Twice_IsRefused() => Assert.That(
        Documents.Refusal<Shop.Figure>(("$type", "circle"), ("$type", "square")).Problem,
        Is.EqualTo(MessagePackProblem.DuplicateKey));

    [Test]
    public void DerivedItself_WithADiscriminator_IgnoresIt() =>
        Assert.That(Documents.Read<Shop.Circle>(("$type", "square"), ("Radius", 2)).Radius, Is.EqualTo(2));

    [Test]
    public void Unlisted_WithoutFallback_IsNotWritten()
    {
        var refusal = Assert.Throws<MessagePackException>(() => Documents.Write<Shop.IShape>(new Stranger()))!;

        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.UnknownDiscriminator));
        Assert.That(refusal.Name, Does.EndWith("Stranger"));
    }

    private sealed class Stranger : Shop.IShape
    {
        public int X => 1;
    }
}
