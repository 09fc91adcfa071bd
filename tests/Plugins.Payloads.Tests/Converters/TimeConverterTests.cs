using System.Text.Json;
using Plugins.Payloads.Converters;
using Plugins.Payloads.Converters.Times;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.Converters;

public sealed class TimeConverterTests
{
    [TestCase(0, "c70cff00000000fffffff1886e0900", Description = "the year 1")]
    [TestCase(621_355_968_000_000_000, "d6ff00000000", Description = "1970")]
    [TestCase(621_355_968_000_000_001, "d7ff0000019000000000", Description = "and 100 ns")]
    [TestCase(3_155_378_975_999_999_999, "c70cff3b9ac99c0000003afff4417f", Description = "the last tick")]
    public void DateTime_Utc_ComesBackToTheTick(long ticks, string hex)
    {
        var value = new DateTime(ticks, DateTimeKind.Utc);

        Assert.That(Document.Write(value, DateTimeConverter.Instance), Is.EqualTo(hex));
        Assert.That(Document.Read(hex, DateTimeConverter.Instance), Is.EqualTo(value));
        Assert.That(Document.Read(hex, DateTimeConverter.Instance).Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [TestCase(DateTimeKind.Local)]
    [TestCase(DateTimeKind.Unspecified)]
    public void DateTime_NotUtc_IsRefused(DateTimeKind kind) => Assert.That(
        Document.Refused(() => Document.Write(new DateTime(0, kind), DateTimeConverter.Instance)).Problem,
        Is.EqualTo(MessagePackProblem.NotUtc));

    [TestCase("c70cff000000007fffffffffffffff")]
    [TestCase("c70cff000000008000000000000000")]
    [TestCase("c70cff000000000000003afff44180", Description = "the year 10000")]
    [TestCase("c70cff00000000fffffff1886e08ff", Description = "before the year 1")]
    public void DateTime_OutsideOfItsYears_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, DateTimeConverter.Instance).Problem,
        Is.EqualTo(MessagePackProblem.OutOfRange));

    [Test]
    public void DateTime_WithNanoseconds_IsRoundedDown() => Assert.That(
        Document.Read("d7ff0000031c00000000", DateTimeConverter.Instance),
        Is.EqualTo(DateTime.UnixEpoch.AddTicks(1)));

    [TestCase(840)]
    [TestCase(-840)]
    [TestCase(-210)]
    [TestCase(0)]
    public void DateTimeOffset_WithAnOffset_KeepsBoth(int minutes)
    {
        var value = new DateTimeOffset(2026, 11, 21, 19, 50, 7, TimeSpan.FromMinutes(minutes));
        string hex = Document.Write(value, DateTimeOffsetConverter.Instance);

        Assert.That(Document.Read(hex, DateTimeOffsetConverter.Instance).EqualsExact(value), Is.True);
    }

    [TestCase("92d6ff00000000cd0349", MessagePackProblem.OutOfRange, Description = "841 minutes")]
    [TestCase("92d6ff00000000d280000000", MessagePackProblem.OutOfRange)]
    [TestCase("92c70cff00000000fffffff1886e0900ff", MessagePackProblem.OutOfRange, Description = "local before year 1")]
    [TestCase("91d6ff00000000", MessagePackProblem.WrongLength)]
    [TestCase("93d6ff000000000000", MessagePackProblem.WrongLength)]
    public void DateTimeOffset_ThatCannotBe_IsRefused(string hex, MessagePackProblem problem) => Assert.That(
        Document.Refused(hex, DateTimeOffsetConverter.Instance).Problem,
        Is.EqualTo(problem));

    [Test]
    public void DateTimeOffset_FromATimestamp_HasNoOffset() => Assert.That(
        Document.Read("d6ff00000000", DateTimeOffsetConverter.Instance).EqualsExact(DateTimeOffset.UnixEpoch),
        Is.True);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-864_000_000_001)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void TimeSpan_Any_HasTheTextThatJsonHas(long ticks)
    {
        var value = new TimeSpan(ticks);
        string hex = Document.Write(value, TimeSpanConverter.Instance);

        Assert.That($"\"{Document.Read(hex, StringConverter.Instance)}\"", Is.EqualTo(JsonSerializer.Serialize(value)));
        Assert.That(Document.Read(hex, TimeSpanConverter.Instance), Is.EqualTo(value));
    }

    [TestCase("1")]
    [TestCase("24:00:00")]
    [TestCase("00:60:00")]
    [TestCase(" 00:00:00")]
    [TestCase("00:00:00 ")]
    [TestCase("00:00:00.00000001")]
    public void TimeSpan_InAnotherForm_IsRefused(string text) => RefusesText(text, TimeSpanConverter.Instance);

    [TestCase(0)]
    [TestCase(863_999_999_999)]
    public void TimeOnly_Any_HasTheTextThatJsonHas(long ticks)
    {
        var value = new TimeOnly(ticks);
        string hex = Document.Write(value, TimeOnlyConverter.Instance);

        Assert.That($"\"{Document.Read(hex, StringConverter.Instance)}\"", Is.EqualTo(JsonSerializer.Serialize(value)));
        Assert.That(Document.Read(hex, TimeOnlyConverter.Instance), Is.EqualTo(value));
    }

    [TestCase("-00:00:01")]
    [TestCase("1.00:00:00")]
    public void TimeOnly_OutsideOfADay_IsRefused(string text) => RefusesText(text, TimeOnlyConverter.Instance);

    [Test]
    public void DateOnly_Any_HasTheTextThatJsonHas()
    {
        var value = new DateOnly(987, 2, 28);
        string hex = Document.Write(value, DateOnlyConverter.Instance);

        Assert.That(Document.Read(hex, StringConverter.Instance), Is.EqualTo("0987-02-28"));
        Assert.That(Document.Read(hex, DateOnlyConverter.Instance), Is.EqualTo(value));
    }

    [TestCase("2026-02-29")]
    [TestCase("2026-2-28")]
    [TestCase("02/28/2026")]
    [TestCase("2026-02-28T00:00")]
    public void DateOnly_InAnotherForm_IsRefused(string text) => RefusesText(text, DateOnlyConverter.Instance);

    private static void RefusesText<T>(string text, PayloadConverter<T> converter) => Assert.That(
        Document.Refused(Document.Write(text, StringConverter.Instance), converter).Problem,
        Is.EqualTo(MessagePackProblem.InvalidText));
}
