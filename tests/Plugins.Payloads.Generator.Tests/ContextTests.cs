using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

public sealed partial class ContextTests
{
    [Test]
    public void Converter_OfATypeAskedFor_IsAlwaysTheSame() => Assert.That(
        ShopPayloads.Default.GetConverter<Shop.Order>(),
        Is.Not.Null.And.SameAs(ShopPayloads.Default.GetConverter<Shop.Order>()));

    [Test]
    public void Converter_OfATypeWithin_IsThereToo()
    {
        Assert.That(ShopPayloads.Default.GetConverter<Shop.Dog>(), Is.Not.Null);
        Assert.That(ShopPayloads.Default.GetConverter<Shop.Color>(), Is.Not.Null);
    }

    [Test]
    public void Converter_OfAnythingElse_IsNull()
    {
        Assert.That(ShopPayloads.Default.GetConverter<Stream>(), Is.Null);
        Assert.That(ShopPayloads.Default.GetConverter<object>(), Is.Null);
        Assert.That(WebPayloads.Default.GetConverter<Shop.Figure>(), Is.Null);
    }

    [Test]
    public void Names_UnderAPolicy_AreThoseOfThePolicyOrTheAttribute()
    {
        var value = new Shop.Inherited { Own = "o", Identifier = 1 };

        byte[] document = MessagePackSerializer.Serialize(value, WebPayloads.Default);

        Assert.That(
            Outline.Of(document),
            Is.EqualTo("{first,own,virtual-,id,ünï/😀 \"quoted\"-,hidden,class,field}"));
    }

    [Test]
    public void UnknownMember_InAClosedContext_IsRefused() => Assert.That(
        () => MessagePackSerializer.Deserialize<Shop.Inherited>(Documents.Map(("Own", "o")), WebPayloads.Default),
        Throws.TypeOf<MessagePackException>().With.Property("Problem").EqualTo(MessagePackProblem.UnknownMember));

    [Test]
    public void Converter_OfTheApplication_IsUsedForItsTypeOrMember()
    {
        var value = new Strict.Custom { Id = new(5), Ids = [new(6), null], Hex = 255, MaybeHex = null };

        byte[] document = Documents.Write(value);

        Assert.That(document, Is.EqualTo(Documents.Map(
            ("Id", 5), ("Ids", new object?[] { 6, null }), ("Hex", "FF"), ("MaybeHex", null))));
        Assert.That(Documents.Read<Strict.Custom>(document).Ids, Is.EqualTo(value.Ids));
        Assert.That(StrictPayloads.Default.GetConverter<Strict.Id>(), Is.TypeOf<IdConverter>());
    }

    [Test]
    public void Context_InsideAnotherType_IsCompleted() =>
        Assert.That(Inner.@event.Default.GetConverter<int[]>(), Is.Not.Null);

    private static partial class Inner
    {
        [PayloadSerializable(typeof(int[]))]
        internal sealed partial class @event : PayloadContext;
    }
}
