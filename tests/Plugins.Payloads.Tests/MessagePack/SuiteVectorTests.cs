using System.Globalization;
using System.Text.Json;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.MessagePack;

/// <summary>The vectors of msgpack-test-suite: every form is read, and a shortest one is written.</summary>
public sealed class SuiteVectorTests
{
    private static IEnumerable<TestCaseData> Vectors
    {
        get
        {
            const string Name = "msgpack-test-suite.json";
            using Stream stream = typeof(SuiteVectorTests).Assembly.GetManifestResourceStream(Name)!;
            using JsonDocument suite = JsonDocument.Parse(stream);
            foreach (JsonProperty group in suite.RootElement.Clone().EnumerateObject())
            {
                int index = 0;
                foreach (JsonElement vector in group.Value.EnumerateArray())
                {
                    yield return new TestCaseData(vector).SetArgDisplayNames(group.Name, $"{index++}");
                }
            }
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Vector_InEveryForm_IsRead(JsonElement vector)
    {
        foreach (string hex in Forms(vector))
        {
            Assert.That(Document.Read(hex, Reader(vector)), Is.EqualTo(Expected(vector)), hex);
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Vector_Written_HasAShortestForm(JsonElement vector)
    {
        byte[][] forms = [.. Forms(vector).Select(Document.Bytes)];
        byte[] written = Document.Bytes(Document.Write((ref MessagePackWriter writer) => Write(ref writer, vector)));

        Assert.That(forms, Has.Some.EqualTo(written));

        // Large powers of two are shorter as floating-point numbers, which they are not.
        bool isInteger = vector.TryGetProperty("bignum", out _);
        int shortest = forms.Where(form => !isInteger || form[0] > 0xCB).Min(form => form.Length);
        Assert.That(written, Has.Length.EqualTo(shortest));
    }

    [TestCaseSource(nameof(Vectors))]
    public void Vector_InEveryForm_IsSkipped(JsonElement vector)
    {
        foreach (string hex in Forms(vector))
        {
            Assert.That(Document.Read(hex, Skip), Is.EqualTo(Document.Bytes(hex).Length), hex);
        }

        static int Skip(ref MessagePackReader reader)
        {
            reader.Skip();
            return reader.Position;
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Vector_CutAnywhere_IsRefused(JsonElement vector)
    {
        foreach (byte[] bytes in Forms(vector).Select(Document.Bytes))
        {
            for (int length = 0; length < bytes.Length; length++)
            {
                string hex = Document.Hex(bytes.AsSpan(0, length));
                Assert.That(
                    Document.Refused(hex, Reader(vector)).Problem,
                    Is.EqualTo(MessagePackProblem.UnexpectedEnd),
                    hex);
            }
        }
    }

    private static string[] Forms(JsonElement vector) =>
        [.. vector.GetProperty("msgpack").EnumerateArray().Select(form => form.GetString()!)];

    /// <summary>What the vector says, in text that a value of its kind is turned into.</summary>
    private static string Expected(JsonElement vector) => Kind(vector) switch
    {
        "bignum" => Number(decimal.Parse(vector.GetProperty("bignum").GetString()!, CultureInfo.InvariantCulture)),
        "number" => Number(vector.GetProperty("number").GetDecimal()),
        "timestamp" => $"{vector.GetProperty("timestamp")[0]}, {vector.GetProperty("timestamp")[1]}",
        "ext" => $"{vector.GetProperty("ext")[0]}: {Plain(vector.GetProperty("ext")[1])}",
        "binary" => Plain(vector.GetProperty("binary")),
        string kind => vector.GetProperty(kind).GetRawText() is var raw && kind is "string"
            ? vector.GetProperty(kind).GetString()!
            : raw.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal),
    };

    private static Reading<string> Reader(JsonElement vector) => Kind(vector) switch
    {
        "bignum" or "number" => ReadNumber,
        "timestamp" => (ref MessagePackReader reader) =>
        {
            MessagePackTimestamp instant = reader.ReadTimestamp();
            return $"{instant.Seconds}, {instant.Nanoseconds}";
        },
        "ext" => (ref MessagePackReader reader) =>
        {
            ReadOnlySpan<byte> data = reader.ReadExtension(out sbyte type);
            return $"{type}: {Document.Hex(data)}";
        },
        "binary" => (ref MessagePackReader reader) => Document.Hex(reader.ReadBinary()),
        "string" => (ref MessagePackReader reader) => reader.ReadString(),
        _ => (ref MessagePackReader reader) => Any.Read(ref reader).GetRawText(),
    };

    private static void Write(ref MessagePackWriter writer, JsonElement vector)
    {
        switch (Kind(vector))
        {
            case "bignum" when ulong.TryParse(vector.GetProperty("bignum").GetString(), out ulong number):
                writer.WriteUInt64(number);
                break;
            case "bignum":
                writer.WriteInt64(long.Parse(vector.GetProperty("bignum").GetString()!, CultureInfo.InvariantCulture));
                break;
            case "timestamp":
                JsonElement time = vector.GetProperty("timestamp");
                writer.WriteTimestamp(new MessagePackTimestamp(time[0].GetInt64(), time[1].GetUInt32()));
                break;
            case "ext":
                JsonElement extension = vector.GetProperty("ext");
                writer.WriteExtension(extension[0].GetSByte(), Document.Bytes(extension[1].GetString()!));
                break;
            case "binary":
                writer.WriteBinary(Document.Bytes(vector.GetProperty("binary").GetString()!));
                break;
            case string kind:
                Any.Write(ref writer, vector.GetProperty(kind));
                break;
        }
    }

    private static PayloadConverter<JsonElement> Any => Payloads.Converters.JsonElementConverter.Instance;

    private static string Kind(JsonElement vector) => vector.TryGetProperty("bignum", out _)
        ? "bignum"
        : vector.EnumerateObject().First(property => property.Name is not "msgpack").Name;

    private static string ReadNumber(ref MessagePackReader reader) => Number(reader.NextType == MessagePackType.Float
        ? (decimal)reader.ReadDouble()
        : (decimal)reader.ReadInt128());

    private static string Number(decimal number) => number.ToString("0.#####", CultureInfo.InvariantCulture);

    private static string Plain(JsonElement hex) => hex.GetString()!.Replace("-", "", StringComparison.Ordinal);
}
