using System.Buffers.Binary;
using System.Collections.Immutable;
using Plugins.Payloads.Converters;
using Plugins.Payloads.Converters.Collections;
using Plugins.Payloads.Converters.Numbers;
using Plugins.Payloads.Converters.Times;
using Plugins.Payloads.Hashing;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.Converters;

public sealed class CollectionConverterTests
{
    private static readonly DictionaryConverter<Dictionary<string, int>, string, int> ByName =
        new(StringConverter.Instance, Int32Converter.Instance);

    private static readonly DictionaryConverter<Dictionary<long, int>, long, int> ByNumber =
        new(Int64Converter.Instance, Int32Converter.Instance);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(1_025)]
    [TestCase(70_000)]
    public void Elements_OfAnyCount_ComeBackInEachCollection(int count)
    {
        int[] values = [.. Enumerable.Range(0, count)];
        var array = new ArrayConverter<int>(Int32Converter.Instance);
        string hex = Document.Write(values, array);

        Assert.That(Document.Read(hex, array), Is.EqualTo(values));
        AssertSame(hex, [.. values], new ListConverter<int>(Int32Converter.Instance));
        AssertSame(hex, [.. values], new ImmutableArrayConverter<int>(Int32Converter.Instance));
        AssertSame(hex, values.ToList(), new SequenceConverter<IEnumerable<int>, int>(Int32Converter.Instance));
        AssertSame(hex, values, new SequenceConverter<IReadOnlyList<int>, int>(Int32Converter.Instance));
        AssertSame(hex, new Queue<int>(values), new SequenceConverter<IEnumerable<int>, int>(Int32Converter.Instance));
        AssertSame(hex, [.. values], new SetConverter<HashSet<int>, int>(Int32Converter.Instance));
        AssertSame(hex, new SortedSet<int>(values), new SetConverter<ISet<int>, int>(Int32Converter.Instance));
    }

    [Test]
    public void Sequence_ThatAListIsNot_IsMisuse() => Assert.That(
        () => new SequenceConverter<ISet<int>, int>(Int32Converter.Instance),
        Throws.TypeOf<InvalidCastException>());

    [Test]
    public void ImmutableArray_Default_IsRefused()
    {
        var converter = new ImmutableArrayConverter<int>(Int32Converter.Instance);

        MessagePackException exception = Document.Refused(() => Document.Write(default, converter));

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.UnexpectedNull));
    }

    [Test]
    public void Dictionary_ByName_ComesBack()
    {
        string hex = Document.Write(new(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 2 }, ByName);

        Assert.That(hex, Is.EqualTo("82a16101a16202"));
        Assert.That(Document.Read(hex, ByName), Has.Count.EqualTo(2).And.ContainKey("b").WithValue(2));
    }

    [Test]
    public void Dictionary_WithAKeyTwice_IsRefusedAtTheSecond()
    {
        MessagePackException exception = Document.Refused("82a16101a16102", ByName);

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.DuplicateKey));
        Assert.That(exception.Offset, Is.EqualTo(4));
    }

    [Test]
    public void Dictionary_WithAKeyTwiceInTwoForms_IsRefused() => Assert.That(
        Document.Refused("820101cc0102", ByNumber).Problem,
        Is.EqualTo(MessagePackProblem.DuplicateKey));

    [Test]
    public void Dictionary_WithNumbersThatCollide_IsReadInLinearTime()
    {
        // The runtime's hash code of these is 0 for all: both halves of the number are the same.
        const int Count = 50_000;
        Dictionary<long, int> entries = Enumerable.Range(0, Count).ToDictionary(i => ((long)i << 32) | (uint)i);
        byte[] document = MessagePackSerializer.Serialize(entries, ByNumber);
        TimeSpan began = Environment.CpuUsage.TotalTime;

        Dictionary<long, int> read = MessagePackSerializer.Deserialize(document, ByNumber);

        Assert.That(read, Has.Count.EqualTo(Count));
        Assert.That(Environment.CpuUsage.TotalTime - began, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Set_OfElementsWithAHashCodeOfTheirOwnThatCollides_IsRefused()
    {
        byte[] document = MessagePackSerializer.Serialize(
            Enumerable.Range(0, 20_000).ToArray(), new ArrayConverter<int>(Int32Converter.Instance));
        var converter = new SetConverter<HashSet<Constant>, Constant>(new ConstantConverter());

        MessagePackException exception = Document.Refused(() => MessagePackSerializer.Deserialize(document, converter));

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.CollidingKeys));
    }

    [Test]
    public void Set_OfElementsWithAHashCodeOfTheirOwn_IsCountedWhileItIsReadOnly()
    {
        byte[] document = MessagePackSerializer.Serialize(
            Enumerable.Range(0, 300).ToArray(), new ArrayConverter<int>(Int32Converter.Instance));
        var converter = new SetConverter<HashSet<Constant>, Constant>(new ConstantConverter());

        HashSet<Constant> set = MessagePackSerializer.Deserialize(document, converter);

        Assert.That(Enumerable.Range(300, 5_000).Any(number => set.Contains(new Constant(number))), Is.False);
    }

    [Test]
    public void SeededComparer_OfEqualValuesWithOtherBits_HashesThemAlike()
    {
        IEqualityComparer<double> numbers = SeededComparer<double>.OrDefault!;
        IEqualityComparer<DateTime> times = SeededComparer<DateTime>.OrDefault!;

        Assert.That(numbers.GetHashCode(-0.0), Is.EqualTo(numbers.GetHashCode(0.0)));
        Assert.That(numbers.GetHashCode(-double.NaN), Is.EqualTo(numbers.GetHashCode(double.NaN)));
        Assert.That(
            times.GetHashCode(new DateTime(5, DateTimeKind.Utc)),
            Is.EqualTo(times.GetHashCode(new DateTime(5, DateTimeKind.Local))));
        IEqualityComparer<decimal> amounts = SeededComparer<decimal>.OrDefault!;
        Assert.That(amounts.GetHashCode(1.50m), Is.EqualTo(amounts.GetHashCode(1.5m)));
        Assert.That(amounts.GetHashCode(-0.0m), Is.EqualTo(amounts.GetHashCode(0m)));
        Assert.That(
            amounts.GetHashCode(decimal.MaxValue), Is.Not.EqualTo(amounts.GetHashCode(decimal.MaxValue - 1)));
        IEqualityComparer<DateTimeOffset> moments = SeededComparer<DateTimeOffset>.OrDefault!;
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Assert.That(
            moments.GetHashCode(moment.ToOffset(TimeSpan.FromHours(2))), Is.EqualTo(moments.GetHashCode(moment)));
        Assert.That(SeededComparer<string>.OrDefault, Is.Null);
    }

    [Test]
    public void Array_OfNilsIntoLargeStructures_IsRefusedBeforeItIsLarge()
    {
        byte[] document = [0xDD, 0x00, 0x0F, 0x42, 0x40, .. Enumerable.Repeat((byte)0xC0, 1_000_000)];
        var converter = new ArrayConverter<Large?>(new NullableConverter<Large>(new LargeConverter()));
        long before = GC.GetAllocatedBytesForCurrentThread();

        MessagePackException exception = Document.Refused(() => MessagePackSerializer.Deserialize(document, converter));

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.TooLarge));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2L * 64 * document.Length));
    }

    [Test]
    public void Array_AnnouncedInEveryLevel_TakesLittleMemory()
    {
        // Each of 64 levels announces as many elements as there are bytes left, and the first is the next level.
        byte[] document = new byte[1_000_000];
        for (int at = 0; at < 64 * 5; at += 5)
        {
            document[at] = 0xDD;
            BinaryPrimitives.WriteInt32BigEndian(document.AsSpan(at + 1), document.Length - at - 5);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Document.Refused(() => MessagePackSerializer.Deserialize(document, new NestedConverter()));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void List_OfManyTimes_IsNotRefusedForItsSize()
    {
        TimeSpan[] values = [.. Enumerable.Repeat(TimeSpan.Zero, 100_000)];
        var converter = new ArrayConverter<TimeSpan>(TimeSpanConverter.Instance);

        Assert.That(Document.Read(Document.Write(values, converter), converter), Has.Length.EqualTo(values.Length));
    }

    private static void AssertSame<T>(string hex, T value, PayloadConverter<T> converter)
        where T : IEnumerable<int>
    {
        Assert.That(Document.Write(value, converter), Is.EqualTo(hex));
        Assert.That(Document.Read(hex, converter).ToArray(), Is.EqualTo(value.ToArray()));
    }

    [System.Runtime.CompilerServices.InlineArray(64)]
    private struct Large
    {
        private long _first;
    }

    private sealed class LargeConverter : PayloadConverter<Large>
    {
        public override void Write(ref MessagePackWriter writer, Large value) => writer.WriteNil();

        public override Large Read(ref MessagePackReader reader)
        {
            reader.Skip();
            return default;
        }
    }

    private sealed class NestedConverter : PayloadConverter<object>
    {
        private readonly ListConverter<object> _list;

        public NestedConverter() => _list = new ListConverter<object>(this);

        public override void Write(ref MessagePackWriter writer, object value) =>
            _list.Write(ref writer, (List<object>)value);

        public override object Read(ref MessagePackReader reader) => _list.Read(ref reader);
    }

    private readonly record struct Constant(int Number)
    {
        public override int GetHashCode() => 1;
    }

    private sealed class ConstantConverter : PayloadConverter<Constant>
    {
        public override void Write(ref MessagePackWriter writer, Constant value) => writer.WriteInt64(value.Number);

        public override Constant Read(ref MessagePackReader reader) => new(reader.ReadInt32());
    }
}
