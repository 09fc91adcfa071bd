using FsCheck;
using FsCheck.Fluent;
using Plugins.Payloads.Converters;
using Plugins.Payloads.Converters.Collections;
using Plugins.Payloads.Converters.Numbers;
using Plugins.Payloads.Converters.Times;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.MessagePack;

/// <summary>Whatever is written is read as the same value, from all bytes and from no fewer.</summary>
public sealed class RoundTripPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Test]
    public void Int64_Any_ComesBack() => Check(Int64Converter.Instance);

    [Test]
    public void UInt64_Any_ComesBack() => Check(UInt64Converter.Instance);

    [Test]
    public void Int16_Any_ComesBack() => Check(Int16Converter.Instance);

    [Test]
    public void Double_Any_ComesBackToTheBit() => Check(DoubleConverter.Instance);

    [Test]
    public void Single_Any_ComesBackToTheBit() => Check(SingleConverter.Instance);

    [Test]
    public void Decimal_Any_ComesBack() => Check(DecimalConverter.Instance);

    [Test]
    public void Guid_Any_ComesBack() => Check(GuidConverter.Instance);

    [Test]
    public void TimeSpan_Any_ComesBack() => Check(TimeSpanConverter.Instance);

    [Test]
    public void DateTimeOffset_Any_ComesBackWithItsOffset() => Check(
        DateTimeOffsetConverter.Instance,
        (a, b) => a.EqualsExact(b));

    [Test]
    public void ByteArray_Any_ComesBack() => Check(ByteArrayConverter.Instance, (a, b) => a.SequenceEqual(b));

    [Test]
    public void Int32List_Any_ComesBack() => Check(
        new ListConverter<int>(Int32Converter.Instance),
        (a, b) => a.SequenceEqual(b));

    [Test]
    public void Dictionary_Any_ComesBack() => Check(
        new DictionaryConverter<Dictionary<long, bool>, long, bool>(Int64Converter.Instance, BooleanConverter.Instance),
        (a, b) => a.Count == b.Count && a.All(entry => b[entry.Key] == entry.Value));

    [Test]
    public void String_OfAnyCharacters_ComesBackOrIsRefused() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text => IsWellFormed(text.Get) ? ComesBack(StringConverter.Instance, text.Get, Equals) : IsRefused(text.Get))
        .Check(Thorough);

    private static void Check<T>(PayloadConverter<T> converter, Func<T, T, bool>? same = null) => Prop.ForAll(
        ArbMap.Default.ArbFor<T>(),
        value => value is null || ComesBack(converter, value, same ?? EqualityComparer<T>.Default.Equals))
        .Check(Thorough);

    private static bool ComesBack<T>(PayloadConverter<T> converter, T value, Func<T, T, bool> same)
    {
        byte[] document = MessagePackSerializer.Serialize(value, converter);
        return same(MessagePackSerializer.Deserialize(document, converter), value)
            && IsCut(() => MessagePackSerializer.Deserialize(document.AsSpan(0, document.Length - 1), converter));
    }

    private static bool IsCut(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (MessagePackException exception)
        {
            return exception.Problem == MessagePackProblem.UnexpectedEnd;
        }
    }

    private static bool IsRefused(string text)
    {
        try
        {
            MessagePackSerializer.Serialize(text, StringConverter.Instance);
            return false;
        }
        catch (MessagePackException exception)
        {
            return exception.Problem == MessagePackProblem.InvalidUnicode;
        }
    }

    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD);
}
