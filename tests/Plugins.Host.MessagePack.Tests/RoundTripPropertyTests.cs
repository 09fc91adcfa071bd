using FsCheck;
using FsCheck.Fluent;
using Plugins.Host.MessagePack.Tests.Support;

namespace Plugins.Host.MessagePack.Tests;

/// <summary>Whatever is written is read as the same value, from all bytes and from no fewer.</summary>
internal sealed class RoundTripPropertyTests
{
    private static readonly Config s_thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Test]
    public void Int64_Any_ComesBack() => Check<long>();

    [Test]
    public void UInt64_Any_ComesBack() => Check<ulong>();

    [Test]
    public void Double_Any_ComesBackToTheBit() => Check<double>();

    [Test]
    public void Single_Any_ComesBackToTheBit() => Check<float>();

    [Test]
    public void Decimal_Any_ComesBack() => Check<decimal>();

    [Test]
    public void Guid_Any_ComesBack() => Check<Guid>();

    [Test]
    public void TimeSpan_Any_ComesBack() => Check<TimeSpan>();

    [Test]
    public void DateTimeOffset_Any_ComesBackWithItsOffset() => Check<DateTimeOffset>((a, b) => a.EqualsExact(b));

    [Test]
    public void ByteArray_Any_ComesBack() => Check<byte[]>((a, b) => a.SequenceEqual(b));

    [Test]
    public void Int32List_Any_ComesBack() => Check<List<int>>((a, b) => a.SequenceEqual(b));

    [Test]
    public void Dictionary_Any_ComesBack() => Check<Dictionary<long, bool>>(
        (a, b) => a.Count == b.Count && a.All(entry => b[entry.Key] == entry.Value));

    [Test]
    public void String_OfWholeCharacters_ComesBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text => text.Get.EnumerateRunes().Any(rune => rune.Value == 0xFFFD) || ComesBack(text.Get, Equals))
        .Check(s_thorough);

    private static void Check<T>(Func<T, T, bool>? same = null) => Prop.ForAll(
        ArbMap.Default.ArbFor<T>(),
        value => value is null || ComesBack(value, same ?? EqualityComparer<T>.Default.Equals))
        .Check(s_thorough);

    private static bool ComesBack<T>(T value, Func<T, T, bool> same)
    {
        byte[] document = Hex.WriteBytes(value);
        return same(Hex.Read<T>(document), value)
            && Hex.Refused(document[..^1]).Problem == MessagePackProblem.UnexpectedEnd;
    }
}
