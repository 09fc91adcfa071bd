using System.Globalization;
using System.Text;
using System.Text.Json;
using Plugins.Manifest.Text;
using Plugins.Testing.Describing;

namespace Plugins.Testing.Cases;

/// <summary>A value of a JSON file that knows where it stands, so that every fault names its field.</summary>
internal readonly record struct JsonField(string File, string Path, JsonElement Value, ByteBudget Budget)
{
    private const int MaximumText = 16 << 20;

    internal static JsonDocumentOptions Options { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The document; the name of its file is for complaints.</summary>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException exception)
        {
            throw new PluginCaseFormatException(
                file, exception.LineNumber + 1, exception.BytePositionInLine + 1, exception.Message, exception);
        }
        catch (InvalidOperationException)
        {
            // So ends the search for names that come twice.
            throw new PluginCaseFormatException(file, "", "half of a surrogate pair is no name");
        }
    }

    internal string Text()
    {
        Require(JsonValueKind.String, "a string");
        try
        {
            return Value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("half of a surrogate pair is no text");
        }
    }

    internal int Integer(int minimum, int maximum) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number)
        && number >= minimum && number <= maximum
            ? number
            : throw Fault($"expected an integer from {minimum} to {Number(maximum)}");

    internal long Long() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number) && number > 0
        ? number
        : throw Fault("expected a positive integer");

    internal bool Flag() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault("expected true or false"),
    };

    /// <summary>A name of an enumeration, without regard to case.</summary>
    internal TEnum Name<TEnum>()
        where TEnum : struct, Enum
    {
        var text = Text();
        return Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0])
            && Enum.IsDefined(value)
                ? value
                : throw Fault($"expected one of {string.Join(", ", Enum.GetNames<TEnum>())}");
    }

    internal IEnumerable<JsonField> Items(int maximum)
    {
        Require(JsonValueKind.Array, "a list");
        if (Value.GetArrayLength() > maximum)
        {
            throw Fault($"{Number(Value.GetArrayLength())} items; at most {Number(maximum)} are read");
        }

        var field = this;
        return Value.EnumerateArray()
            .Select((item, index) => new JsonField(field.File, $"{field.Path}[{index}]", item, field.Budget));
    }

    internal IEnumerable<(string Name, JsonField Field)> Fields()
    {
        Require(JsonValueKind.Object, "an object");
        var field = this;
        return Value.EnumerateObject().Select(property =>
        {
            var name = field.NameOf(property);
            return (name, field.Below(property, name));
        });
    }

    /// <summary>The same, where only these names mean anything; a name nobody knows is a mistake in typing.</summary>
    internal IEnumerable<(string Name, JsonField Field)> Fields(params string[] known)
    {
        foreach (var (name, field) in Fields())
        {
            yield return known.Contains(name, StringComparer.Ordinal)
                ? (name, field)
                : throw field.Fault(Unknown(name, known));
        }
    }

    /// <summary>What is wrong with a field that the format does not have, and what may be meant.</summary>
    internal static string Unknown(string name, string[] known) => NearestName.To(name, known) is { } near
        ? $"there is no such field (did you mean '{near}'?)"
        : $"there is no such field; the fields are {string.Join(", ", known)}";

    /// <summary>Bytes: a text, or a list of parts {text} or {hex}, each repeated <c>times</c> times.</summary>
    internal byte[] Bytes()
    {
        if (Value.ValueKind == JsonValueKind.String)
        {
            return Encoding.UTF8.GetBytes(Text());
        }

        using var bytes = new MemoryStream();
        foreach (var part in Items(10_000))
        {
            part.AppendTo(bytes);
        }

        return bytes.ToArray();
    }

    internal PluginCaseFormatException Fault(string problem) => new(File, Path, problem);

    private void AppendTo(MemoryStream bytes)
    {
        byte[]? piece = null;
        var times = 1;
        foreach (var (name, field) in Fields("text", "hex", "times"))
        {
            switch (name)
            {
                case "times":
                    times = field.Integer(0, MaximumText);
                    break;
                default:
                    piece = piece is null ? field.Piece(name) : throw field.Fault("a part is either text or hex");
                    break;
            }
        }

        if (piece is null)
        {
            throw Fault("a part needs text or hex");
        }

        if ((piece.Length * (long)times) + bytes.Length > MaximumText)
        {
            throw Fault($"more than {ByteText.Count(MaximumText)}");
        }

        if (!Budget.TryTake(piece.Length * (long)times))
        {
            throw Fault($"with this, all of the file is more than {ByteText.Count(ByteBudget.MaximumBytes)}");
        }

        for (var index = 0; index < times && piece.Length > 0; index++)
        {
            bytes.Write(piece);
        }
    }

    private byte[] Piece(string kind)
    {
        if (kind == "text")
        {
            return Encoding.UTF8.GetBytes(Text());
        }

        try
        {
            return Convert.FromHexString(Text());
        }
        catch (FormatException)
        {
            throw Fault("not hexadecimal");
        }
    }

    private void Require(JsonValueKind kind, string name)
    {
        if (Value.ValueKind != kind)
        {
            throw Fault($"expected {name}");
        }
    }

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Fault("half of a surrogate pair is no name");
        }
    }

    private JsonField Below(JsonProperty property, string name) =>
        new(File, Path.Length == 0 ? name : $"{Path}.{name}", property.Value, Budget);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
