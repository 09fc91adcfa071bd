using System.Globalization;
using System.Text.Json;
using MessagePack;
using Plugins.Host.MessagePack.Tests.Support;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests.Interoperability;

/// <summary>Every form of every vector is read as what the vector says, and cut anywhere it is refused.</summary>
internal sealed class SuiteVectorTests
{
    private static readonly MessagePackPayloadFormat s_extensions = new(new MessagePackPayloadOptions
    {
        Serializer = new(global::MessagePack.Resolvers.CompositeResolver.Create(
            [new ExtensionFormatter()], [global::MessagePack.Resolvers.StandardResolver.Instance])),
    });

    [TestCaseSource(typeof(Vectors), nameof(Vectors.All))]
    public void Vector_InEveryForm_IsRead(JsonElement vector)
    {
        string kind = Vectors.KindOf(vector);
        JsonElement value = vector.GetProperty(kind);
        foreach (byte[] form in Vectors.Forms(vector))
        {
            Assert.That(Read(kind, value, form), Is.EqualTo(Expected(kind, value)), Convert.ToHexString(form));
        }
    }

    [TestCaseSource(typeof(Vectors), nameof(Vectors.All))]
    public void Vector_CutAnywhere_IsRefused(JsonElement vector)
    {
        foreach (byte[] form in Vectors.Forms(vector))
        {
            for (int length = 0; length < form.Length; length++)
            {
                Assert.That(
                    Hex.Refused(form[..length]).Problem,
                    Is.EqualTo(MessagePackProblem.UnexpectedEnd),
                    Convert.ToHexString(form, 0, length));
            }
        }
    }

    [TestCaseSource(typeof(Vectors), nameof(Vectors.All))]
    public void Vector_WithAByteBehind_IsRefused(JsonElement vector)
    {
        foreach (byte[] form in Vectors.Forms(vector))
        {
            MessagePackPayloadException refusal = Hex.Refused([.. form, 0xC0]);
            Assert.That(
                (refusal.Problem, refusal.Offset),
                Is.EqualTo((MessagePackProblem.TrailingBytes, (long?)form.Length)));
        }
    }

    private static string Expected(string kind, JsonElement value) => kind switch
    {
        "bignum" => Number(decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
        "number" => Number(value.GetDecimal()),
        "timestamp" => $"{value[0].GetInt64() + (value[1].GetInt64() / 1_000_000_000m)}",
        "ext" => $"{value[0]}: {value[1].GetString()!.Replace("-", "", StringComparison.Ordinal)}",
        "binary" => value.GetString()!.Replace("-", "", StringComparison.Ordinal),
        "string" => value.GetString()!,
        _ => JsonSerializer.Serialize(value),
    };

    private static string Read(string kind, JsonElement value, byte[] form) => kind switch
    {
        "bignum" or "number" => ReadNumber(form),
        "timestamp" => ReadTime(form, value),
        "ext" => Text(s_extensions.Read<ExtensionResult>(new PayloadDocument(form))),
        "binary" => Convert.ToHexStringLower(Hex.Read<byte[]>(form)),
        "string" => Hex.Read<string>(form),
        "nil" => $"{Hex.Read<int?>(form)?.ToString(CultureInfo.InvariantCulture) ?? "null"}",
        _ => JsonSerializer.Serialize(Hex.Read<object>(form)),
    };

    private static string ReadNumber(byte[] form) => form[0] is 0xCA or 0xCB
        ? Number((decimal)Hex.Read<double>(form))
        : form[0] == 0xCF ? Number(Hex.Read<ulong>(form)) : Number(Hex.Read<long>(form));

    // The library has ticks of 100 nanoseconds, and the years from 1 to 9999.
    private static string ReadTime(byte[] form, JsonElement value)
    {
        if (value[0].GetInt64() is < -62_135_596_800 or > 253_402_300_799)
        {
            Assert.That(() => Hex.Read<DateTime>(form), Throws.TypeOf<MessagePackPayloadException>());
            return Expected("timestamp", value);
        }

        decimal ticks = (Hex.Read<DateTime>(form) - DateTime.UnixEpoch).Ticks;
        Assert.That(ticks, Is.EqualTo((value[0].GetInt64() * 10_000_000m) + (value[1].GetInt64() / 100)));
        return Expected("timestamp", value);
    }

    private static string Text(ExtensionResult extension) =>
        $"{extension.TypeCode}: {Convert.ToHexStringLower(System.Buffers.BuffersExtensions.ToArray(extension.Data))}";

    private static string Number(decimal number) => number.ToString("0.#####", CultureInfo.InvariantCulture);
}
