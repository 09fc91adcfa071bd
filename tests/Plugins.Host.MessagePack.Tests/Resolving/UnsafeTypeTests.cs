using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Dynamic;
using System.Reflection;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests.Resolving;

internal sealed class UnsafeTypeTests
{
    private const int Keys = 40_000;

    [TestCase(typeof(Type))]
    [TestCase(typeof(SortedList<string, int>))]
    [TestCase(typeof(SortedList))]
    [TestCase(typeof(ListDictionary))]
    [TestCase(typeof(HybridDictionary))]
    [TestCase(typeof(Hashtable))]
    [TestCase(typeof(ExpandoObject))]
    [TestCase(typeof(Shelf))]
    [TestCase(typeof(Numbers))]
    [TestCase(typeof(ByNumber))]
    [TestCase(typeof(Dictionary<(int, int), int>), "81 920102 03")]
    [TestCase(typeof(HashSet<OrderLine>), "90")]
    public void Type_ThatDocumentsCouldMisuse_IsRefused(Type type, string document = "80")
    {
        Assert.That(() => Read(type, Hex.Bytes(document)), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(() => ReadMember(type), Throws.TypeOf<UnsafePayloadTypeException>());
    }

    [TestCase(typeof(Dictionary<long, int>))]
    [TestCase(typeof(IDictionary<long, int>))]
    [TestCase(typeof(IReadOnlyDictionary<long, int>))]
    [TestCase(typeof(ConcurrentDictionary<long, int>))]
    [TestCase(typeof(OrderedDictionary<long, int>))]
    [TestCase(typeof(ReadOnlyDictionary<long, int>))]
    [TestCase(typeof(ImmutableDictionary<long, int>))]
    [TestCase(typeof(IImmutableDictionary<long, int>))]
    [TestCase(typeof(ImmutableSortedDictionary<long, int>))]
    [TestCase(typeof(SortedDictionary<long, int>))]
    [TestCase(typeof(IDictionary))]
    [TestCase(typeof(object))]
    public void Map_OfKeysThatCollideByDefault_IsReadInLinearTime(Type type)
    {
        byte[] ordinary = Document(0xDF, i => i * 1_003, isMap: true);
        object map = AssertFast(type, Document(0xDF, i => (i << 32) | i, isMap: true), ordinary);
        Assert.That(((IEnumerable)map).Cast<object>().Count(), Is.EqualTo(Keys));
    }

    [TestCase(typeof(HashSet<long>))]
    [TestCase(typeof(ISet<long>))]
    [TestCase(typeof(IReadOnlySet<long>))]
    [TestCase(typeof(ImmutableHashSet<long>))]
    [TestCase(typeof(IImmutableSet<long>))]
    [TestCase(typeof(SortedSet<long>))]
    public void Set_OfElementsThatCollideByDefault_IsReadInLinearTime(Type type) =>
        AssertFast(type, Document(0xDD, i => (i << 32) | i, isMap: false), Document(0xDD, i => i * 1_003, false));

    [Test]
    public void Type_NamedInADocument_IsNotLoadedByResolversThatWould()
    {
        var typeless = new MessagePackPayloadFormat(new MessagePackPayloadOptions
        {
            Serializer = TypelessContractlessStandardResolver.Options,
        });
        byte[] document = MessagePackSerializer.Typeless.Serialize(new Small { N = 1 });
        Assert.That(() => Hex.Read<object>(document, typeless), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(typeless.EnsureKnown<object>, Throws.TypeOf<UnsafePayloadTypeException>());
    }

    [Test]
    public void Type_NamedInADocument_IsNotLoadedByAFormatterThatWould()
    {
        var format = new MessagePackPayloadFormat(new MessagePackPayloadOptions
        {
            Serializer = new(CompositeResolver.Create([new Careless()], [StandardResolver.Instance])),
        });
        byte[] document = MessagePackSerializer.Typeless.Serialize(new Small { N = 1 });
        var refusal = Assert.Throws<MessagePackPayloadException>(() => Hex.Read<Small>(document, format))!;
        Assert.That(refusal.InnerException!.Message, Does.Contain("is refused"));
    }

    [Test]
    public void Untyped_Value_HasPrimitivesOnly()
    {
        var read = (Dictionary<object, object>)Hex.Read<object>(Hex.Write(Order.Create()));
        Assert.That(read.Keys, Has.Member("Note").And.Member("Lines"));
        Assert.That(((object[])read["Lines"])[0], Is.TypeOf<Dictionary<object, object>>());
    }

    private static object AssertFast(Type type, byte[] colliding, byte[] ordinary)
    {
        Read(type, ordinary);
        double usual = CpuMilliseconds(() => Read(type, ordinary));
        object? read = null;
        Assert.That(CpuMilliseconds(() => read = Read(type, colliding)), Is.LessThan((20 * usual) + 300));
        return read!;
    }

    private static object Read(Type type, byte[] document) => Invoke(nameof(ReadAs), type, document);

    private static object ReadMember(Type type) =>
        Invoke(nameof(ReadAs), typeof(Holder<>).MakeGenericType(type), Hex.Bytes("81 a556616c7565 80"));

    private static object Invoke(string name, Type type, byte[] document)
    {
        MethodInfo method = typeof(UnsafeTypeTests).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        return method.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [document], null)!;
    }

    private static T ReadAs<T>(byte[] document) => Hex.Read<T>(document);

    private static byte[] Document(byte code, Func<long, long> key, bool isMap)
    {
        byte[][] parts =
        [
            .. Enumerable.Range(1, Keys).Select(i => (byte[])[
                .. MessagePackSerializer.Serialize(key(i)), .. isMap ? new byte[] { 0 } : []]),
        ];
        return [code, 0, 0, Keys >> 8, Keys & 0xFF, .. parts.SelectMany(part => part)];
    }

    private static double CpuMilliseconds(Action action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    public sealed class Holder<T>
    {
        public T? Value { get; set; }
    }

    public sealed class Shelf : Dictionary<long, int>;

    public sealed class Numbers : HashSet<int>;

    public sealed class ByNumber : KeyedCollection<long, OrderLine>
    {
        protected override long GetKeyForItem(OrderLine item) => item.Count;
    }

    private sealed class Careless : IMessagePackFormatter<Small?>
    {
        public void Serialize(ref MessagePackWriter writer, Small? value, MessagePackSerializerOptions options) =>
            TypelessFormatter.Instance.Serialize(ref writer, value, options);

        public Small? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            (Small?)TypelessFormatter.Instance.Deserialize(ref reader, options);
    }
}
