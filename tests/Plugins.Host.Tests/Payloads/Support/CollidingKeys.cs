using System.Globalization;

namespace Plugins.Host.Tests.Payloads.Support;

/// <summary>Keys whose default hash codes are all the same, as JSON text without quotation marks.</summary>
internal static class CollidingKeys
{
    internal static Dictionary<Type, Func<int, string>> Texts { get; } = new()
    {
        [typeof(long)] = i => Twice(i).ToString(CultureInfo.InvariantCulture),
        [typeof(ulong)] = i => Twice(i).ToString(CultureInfo.InvariantCulture),
        [typeof(decimal)] = i => Twice(i).ToString(CultureInfo.InvariantCulture),
        [typeof(Int128)] = i => Twice(i).ToString(CultureInfo.InvariantCulture),
        [typeof(UInt128)] = i => Twice(i).ToString(CultureInfo.InvariantCulture),
        [typeof(double)] = i => Double(i).ToString("R", CultureInfo.InvariantCulture),
        [typeof(Guid)] = i => $"{i:x8}-{i & 0xFFFF:x4}-{i >> 16:x4}-0000-000000000000",
        [typeof(DateTime)] = i => new DateTime(Twice(i), DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture),
        [typeof(DateTimeOffset)] = i => new DateTimeOffset(Twice(i), TimeSpan.Zero)
            .ToString("O", CultureInfo.InvariantCulture),
        [typeof(TimeSpan)] = i => new TimeSpan(Twice(i)).ToString("c", CultureInfo.InvariantCulture),
        [typeof(Version)] = i => $"1.2.3.{i << 12}",
        [typeof(Wide)] = i => Twice(i).ToString(CultureInfo.InvariantCulture),
    };

    private static readonly HashSet<Type> s_numbers =
        [typeof(long), typeof(ulong), typeof(decimal), typeof(double), typeof(Wide)];

    /// <summary>An object with so many keys, each with the value 0.</summary>
    internal static string Object(Type key, int count) =>
        "{" + string.Join(',', Enumerable.Range(1, count).Select(i => $"\"{Texts[key](i)}\":0")) + "}";

    /// <summary>An array with so many elements.</summary>
    internal static string Array(Type element, int count) =>
        "[" + string.Join(',', Enumerable.Range(1, count).Select(i => Quote(element, Texts[element](i)))) + "]";

    private static string Quote(Type type, string text) =>
        s_numbers.Contains(type) || type == typeof(Int128) || type == typeof(UInt128) ? text : $"\"{text}\"";

    // The hash code of a number of 64 bits is one half xor the other.
    private static long Twice(int number) => ((long)number << 32) | (uint)number;

    private static double Double(int number)
    {
        ulong high = 0x3FF0_0000u + (uint)number;
        return BitConverter.UInt64BitsToDouble((high << 32) | (high ^ 0x1234_5678));
    }
}
