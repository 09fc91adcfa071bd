using MessagePack;
using MessagePack.Resolvers;
using Plugins.Host.MessagePack.Resolving;
using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;

namespace Plugins.Host.MessagePack.Tests;

internal sealed class MessagePackPayloadOptionsTests
{
    [Test]
    public void Security_OfTheApplication_IsRaised()
    {
        var trusting = ContractlessStandardResolver.Options.WithSecurity(MessagePackSecurity.TrustedData);
        GuardedOptions options = GuardedOptions.Create(new() { Serializer = trusting });
        Assert.That(options.Security.HashCollisionResistant, Is.True);
        Assert.That(trusting.Security.HashCollisionResistant, Is.False);
    }

    [Test]
    public void Security_OfTheApplicationsOwnThatResists_IsKept()
    {
        var own = new Comparing();
        var serializer = ContractlessStandardResolver.Options.WithSecurity(own);
        var format = new MessagePackPayloadFormat(new MessagePackPayloadOptions { Serializer = serializer });
        Assert.That(Hex.Read<HashSet<(int, int)>>("91 920102", format), Has.Count.EqualTo(1));
    }

    [TestCase(MessagePackCompression.Lz4Block)]
    [TestCase(MessagePackCompression.Lz4BlockArray)]
    public void Compression_WhichHidesTheValues_IsRefused(MessagePackCompression compression) => Assert.That(
        () => new MessagePackPayloadFormat(new MessagePackPayloadOptions
        {
            Serializer = MessagePackSerializerOptions.Standard.WithCompression(compression),
        }),
        Throws.ArgumentException.With.Message.Contains("Serializer sets Compression"));

    [Test]
    public void OldSpecification_WhichHasNoText_IsRefused() => Assert.That(
        () => new MessagePackPayloadFormat(new MessagePackPayloadOptions
        {
            Serializer = MessagePackSerializerOptions.Standard.WithOldSpec(),
        }),
        Throws.ArgumentException.With.Message.Contains("OldSpec"));

    [Test]
    public void Compressed_Document_IsNotUnpacked()
    {
        MessagePackSerializerOptions compressing =
            MessagePackSerializerOptions.Standard.WithCompression(MessagePackCompression.Lz4Block);
        byte[] document = MessagePackSerializer.Serialize(new string('x', 1_000), compressing);
        var refusal = Assert.Throws<MessagePackPayloadException>(() => Hex.Read<string>(document))!;
        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.DoesNotFit));
    }

    [TestCase(0)]
    [TestCase(MessagePackPayloadOptions.DeepestAllowed + 1)]
    public void Depth_OutOfRange_IsMisuse(int depth) => Assert.That(
        () => new MessagePackPayloadOptions { MaximumDepth = depth }, Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Limits_BelowOne_AreMisuse()
    {
        Assert.That(
            () => new MessagePackPayloadOptions { MaximumValues = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new MessagePackPayloadOptions { MaximumDecodedBytes = 0 },
            Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Limits_Given_HoldForReading()
    {
        var format = new MessagePackPayloadFormat(new MessagePackPayloadOptions { MaximumValues = 3 });
        Assert.That(Hex.Read<int[]>("92 01 02", format), Has.Length.EqualTo(2));
        Assert.That(
            () => Hex.Read<int[]>("93 01 02 03", format), Throws.TypeOf<MessagePackPayloadException>());
        Assert.That(Hex.Read<Small>("81 a14e 01", format).N, Is.EqualTo(1));
    }

    private sealed class Comparing : MessagePackSecurity
    {
        internal Comparing()
            : base(UntrustedData)
        {
        }

        private Comparing(MessagePackSecurity original)
            : base(original)
        {
        }

        protected override MessagePackSecurity Clone() => new Comparing(this);

        protected override IEqualityComparer<T> GetHashCollisionResistantEqualityComparer<T>() =>
            Payloads.PayloadComparer.For<T>();
    }
}
