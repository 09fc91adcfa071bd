using MessagePack;
using MessagePack.Resolvers;
using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests.Resolving;

internal sealed class PlainTypeTests
{
    [Test]
    public void PlainType_Public_IsAMapOfItsMembersNames() => Assert.That(
        Hex.Write(new Small { N = 5, T = "x" }), Is.EqualTo("84a14e05a154a178a153c0a14cc0"));

    [Test]
    public void PlainType_NotPublic_IsWrittenTheSameWay()
    {
        var hidden = new Hidden("a", new Hidden("b", null, OrderState.Open, []), OrderState.Paid, []);
        Hidden read = Hex.Read<Hidden>(Hex.Write(hidden));
        Assert.That((read.Name, read.Inner!.Name, read.State), Is.EqualTo(("a", "b", OrderState.Paid)));
        Assert.That(Hex.Read<Hidden[]>(Hex.Write(new[] { hidden })), Has.Length.EqualTo(1));
        Assert.That(Hex.Read<object>(Hex.Write(hidden)), Is.Not.Null.And.Count.EqualTo(4));
    }

    [Test]
    public void Type_NotPublicWithMembersThatAreNot_IsUnknown()
    {
        var exception = Assert.Throws<UnknownPayloadTypeException>(() => Hex.Write(new Secretive()))!;
        Assert.That(exception.Message, Does.Contain("public members only").And.Contain("UseMessagePack"));
        Assert.That(Hex.Format.EnsureKnown<Guarded>, Throws.TypeOf<UnknownPayloadTypeException>());
    }

    [Test]
    public void AnnotatedType_OfTheLibrary_JustWorks()
    {
        var value = new Annotated { Number = 1, Shape = new Square { Side = 2 }, Ignored = 3 };
        Assert.That(Hex.Write(value), Is.EqualTo("9201" + "9201" + "81a45369646502"));
        Annotated read = Hex.Read<Annotated>(Hex.Write(value));
        Assert.That((read.Number, ((Square)read.Shape!).Side, read.Ignored), Is.EqualTo((1, 2, 0)));
        Assert.That(Hex.Write(value), Is.EqualTo(Convert.ToHexStringLower(MessagePackSerializer.Serialize(value))));
    }

    [Test]
    public void AnnotatedType_NotPublic_JustWorks() =>
        Assert.That(Hex.Read<HiddenAnnotated>(Hex.Write(new HiddenAnnotated { Number = 4 })).Number, Is.EqualTo(4));

    [TestCase(typeof(IDisposable))]
    [TestCase(typeof(Stream))]
    [TestCase(typeof(Action))]
    [TestCase(typeof(System.Text.Json.JsonElement))]
    [TestCase(typeof(Int128))]
    public void Type_ThatNothingDescribes_IsUnknownBeforeACall(Type type)
    {
        var ensure = ((Action)Hex.Format.EnsureKnown<int>).Method.GetGenericMethodDefinition().MakeGenericMethod(type);
        Assert.That(
            () => ensure.Invoke(
                Hex.Format, System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null),
            Throws.TypeOf<UnknownPayloadTypeException>().With.Property("PayloadType").EqualTo(type));
    }

    [Test]
    public void Resolver_OfTheApplication_IsUsed()
    {
        var native = new MessagePackPayloadFormat(new MessagePackPayloadOptions
        {
            Serializer = new(CompositeResolver.Create(NativeGuidResolver.Instance, StandardResolver.Instance)),
        });
        Assert.That(Hex.Write(Guid.Empty, native), Does.StartWith("c410"));
        Assert.That(Hex.Write(Guid.Empty), Does.StartWith("d924"));
        Assert.That(() => Hex.Write(new Small(), native), Throws.TypeOf<UnknownPayloadTypeException>());
    }
}
