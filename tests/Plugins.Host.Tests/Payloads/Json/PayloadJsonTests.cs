using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Diagnostics;
using System.Dynamic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Tests.Payloads.Support;

namespace Plugins.Host.Tests.Payloads.Json;

internal sealed class PayloadJsonTests
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    [Test]
    public void Document_OfCollidingKeys_TakesTheTimeOfAnyOther()
    {
        string colliding = CollidingKeys.Object(typeof(long), 40_000);
        string ordinary = "{" + string.Join(',', Enumerable.Range(1, 40_000).Select(i => $"\"{i * 1_003L}\":0")) + "}";
        Read<Dictionary<long, int>>(ordinary);
        double usual = CpuMilliseconds(() => Read<Dictionary<long, int>>(ordinary));
        double hostile = CpuMilliseconds(() => Read<Dictionary<long, int>>(colliding));
        Assert.That(hostile, Is.LessThan((20 * usual) + 300));
    }

    [Test]
    public void Elements_WithAHashCodeOfTheirOwnThatCollides_AreRefused([Values] bool inPieces)
    {
        string json = "[" + string.Join(',', Enumerable.Range(1, 100_000).Select(i => $"{{\"Number\":{i}}}")) + "]";
        Assert.That(
            () => Read<HashSet<Constant>>(json, inPieces),
            Throws.InstanceOf<JsonException>().With.Message.Contains("same hash code"));
    }

    [Test]
    public void Elements_WithAHashCodeOfTheirOwn_AreCountedWhileTheyAreReadOnly()
    {
        string json = "[" + string.Join(',', Enumerable.Range(1, 300).Select(i => $"{{\"Number\":{i}}}")) + "]";
        HashSet<Constant> set = Read<HashSet<Constant>>(json)!;
        for (int i = 0; i < 10_000; i++)
        {
            set.Contains(new Constant { Number = -i });
        }

        Assert.That(set, Has.Count.EqualTo(300));
    }

    [Test]
    public void Class_ThatHashesByDefault_IsRefused()
    {
        Assert.That(() => Read<Stock>("{}"), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(() => Read<Numbers>("[]"), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(() => Read<ByNumber>("[]"), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(() => Read<Inside<Stock>>("{\"Value\":{}}"), Throws.TypeOf<UnsafePayloadTypeException>());
    }

    [Test]
    public void Class_WithASafeComparer_IsRead()
    {
        Assert.That(Read<SafeStock>("{\"1\":2}"), Is.EqualTo(new Dictionary<long, int> { [1] = 2 }));
        Assert.That(Read<Names>("{\"a\":2}"), Has.Count.EqualTo(1));
    }

    [Test]
    public void Collection_ThatIsSlowWhateverTheKeys_IsRefused()
    {
        Assert.That(() => Read<ExpandoObject>("{}"), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(() => Read<ListDictionary>("{}"), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(() => Read<System.Collections.SortedList>("{}"), Throws.TypeOf<UnsafePayloadTypeException>());
    }

    [Test]
    public void SortedList_OfManyKeysInTheWrongOrder_IsReadInOrder()
    {
        string json = "{" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"k{99_999 - i}\":0")) + "}";
        SortedList<string, int> list = Read<SortedList<string, int>>(json)!;
        Assert.That((list.Count, list.Keys[0]), Is.EqualTo((50_000, "k50000")));
    }

    [Test]
    public void Property_ThatIsFilled_GetsASafeComparerAndKeepsWhatItHas()
    {
        Filled filled = Read<Filled>("{\"Settable\":{\"2\":2}}")!;
        Assert.That(filled.Settable, Is.EqualTo(new Dictionary<long, int> { [1] = 1, [2] = 2 }));
        Assert.That(filled.Settable.Comparer, Is.Not.EqualTo(EqualityComparer<long>.Default));
        Assert.That(() => Read<Filled>("{\"Fixed\":{\"2\":2}}"), Throws.TypeOf<UnsafePayloadTypeException>());
        Assert.That(Read<Filled>("{\"Names\":{\"a\":2}}")!.Names, Has.Count.EqualTo(1));
    }

    [TestCase("{\"Value\":1}{")]
    [TestCase("\uFEFF{\"Value\":1}")]
    [TestCase("{\"Value\":\"x\"}")]
    [TestCase("{\"Value\":1")]
    [TestCase("")]
    public void Document_InPieces_IsRefusedAsTheWholeIs(string json)
    {
        Assert.That(() => Read<Inside<int>>(json), Throws.InstanceOf<JsonException>());
        Assert.That(() => Read<Inside<int>>(json, inPieces: true), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void Document_InPieces_IsReadBeforeMoreIsAskedFor()
    {
        byte[] json = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 100_000)) + "]");
        var stream = new StoppingStream(json, 20_000);
        var type = (JsonTypeInfo<List<int>>)s_options.GetTypeInfo(typeof(List<int>));
        Assert.That(() => PayloadJson.Read(stream, type), Throws.TypeOf<TimeoutException>());
        Assert.That(stream.Given, Is.LessThan(30_000));
    }

    [Test]
    public void Type_PutTogetherByHand_IsReadAsItIs()
    {
        var type = JsonTypeInfo.CreateJsonTypeInfo<Inside<int>>(s_options);
        type.CreateObject = () => new Inside<int> { Value = 7 };
        Assert.That(PayloadJson.Read("{}"u8, type)!.Value, Is.EqualTo(7));
    }

    private static T? Read<T>(string json, bool inPieces = false)
    {
        var type = (JsonTypeInfo<T>)s_options.GetTypeInfo(typeof(T));
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return inPieces ? PayloadJson.Read(new MemoryStream(bytes), type) : PayloadJson.Read(bytes, type);
    }

    private static double CpuMilliseconds(Action action)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private sealed record Constant
    {
        public int Number { get; init; }

        public bool Equals(Constant? other) => other?.Number == Number;

        public override int GetHashCode() => 1;
    }

    private sealed class Inside<T>
    {
        public T? Value { get; set; }
    }

    private sealed class Stock : Dictionary<long, int>;

    private sealed class SafeStock() : Dictionary<long, int>(PayloadComparer.For<long>());

    private sealed class Names : Dictionary<string, int>;

    private sealed class Numbers : HashSet<int>;

    private sealed class ByNumber : KeyedCollection<long, Constant>
    {
        protected override long GetKeyForItem(Constant item) => item.Number;
    }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    private sealed class Filled
    {
        public Dictionary<long, int> Settable { get; set; } = new() { [1] = 1 };

        public Dictionary<long, int> Fixed { get; } = [];

        public Dictionary<string, int> Names { get; } = [];
    }
}
