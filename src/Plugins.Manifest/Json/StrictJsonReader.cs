using System.Text.Json;
using System.Text.Unicode;
using Plugins.Manifest.Text;

namespace Plugins.Manifest.Json;

/// <summary>Reads JSON that every other reader understands in the same way, and refuses all else.</summary>
/// <remarks>
/// RFC 8259 without duplicate names, byte order mark, fractions, exponents, integers beyond ±(2^53 − 1) and control
/// characters (the choices of RFC 7493, I-JSON, made stricter). Work is linear in the bytes, memory bounded by limits.
/// </remarks>
internal ref struct StrictJsonReader
{
    private readonly JsonSource _source;
    private readonly JsonLimits _limits;
    private Utf8JsonReader _reader;
    private int _values;

    private StrictJsonReader(JsonSource source, JsonLimits limits)
    {
        _source = source;
        _limits = limits;

        // Two more than is allowed, so that depth is refused here, with a path.
        _reader = new Utf8JsonReader(source.Bytes.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 2 });
    }

    public static JsonValue Read(
        ReadOnlyMemory<byte> utf8, ManifestErrorCode code, JsonLimits limits, bool remembersFields = false)
    {
        var source = new JsonSource(utf8, code) { RemembersFields = remembersFields };
        RequireText(source, limits);
        var reader = new StrictJsonReader(source, limits);
        try
        {
            return reader.ReadDocument();
        }
        catch (JsonException error)
        {
            throw new ManifestFormatException(
                code, ManifestFormatProblem.InvalidJson, "$", OffsetOf(error, utf8.Span), inner: error);
        }
    }

    private static void RequireText(JsonSource source, JsonLimits limits)
    {
        var utf8 = source.Bytes.Span;
        if (utf8.Length > limits.MaxBytes)
        {
            throw Refuse(source, ManifestFormatProblem.TooLarge, $"at most {limits.MaxBytes} bytes");
        }

        if (utf8.StartsWith("\uFEFF"u8))
        {
            throw Refuse(source, ManifestFormatProblem.ByteOrderMark);
        }

        if (!Utf8.IsValid(utf8))
        {
            throw Refuse(source, ManifestFormatProblem.InvalidUtf8);
        }
    }

    private static ManifestFormatException Refuse(
        JsonSource source, ManifestFormatProblem problem, string? expected = null) =>
        new(source.Code, problem, "$", 0, expected);

    // The reader counts lines and bytes in them, and its own position is that of the last whole token.
    private static long OffsetOf(JsonException error, ReadOnlySpan<byte> utf8)
    {
        var start = 0;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (error.BytePositionInLine ?? 0);
    }

    private JsonValue ReadDocument()
    {
        _reader.Read();
        var value = ReadValue(parent: null, name: null, index: 0, depth: 1);

        // Throws on anything but white space after the value.
        _reader.Read();
        return value;
    }

    // Recursion is bounded by the depth limit.
    private JsonValue ReadValue(JsonValue? parent, string? name, int index, int depth)
    {
        if (++_values > _limits.MaxValues)
        {
            throw Fail(ManifestFormatProblem.TooManyValues, parent, name, $"at most {_limits.MaxValues}");
        }

        var value = Create(parent, name, index);
        if (value.Kind is JsonKind.Array or JsonKind.Object && depth > _limits.MaxDepth)
        {
            throw value.Fail(ManifestFormatProblem.TooDeep, $"at most {_limits.MaxDepth} levels");
        }

        if (value.Items is not null)
        {
            ReadItems(value, depth);
        }
        else if (value.Members is not null)
        {
            ReadMembers(value, depth);
        }

        value.End = checked((int)_reader.BytesConsumed);
        return value;
    }

    private JsonValue Create(JsonValue? parent, string? name, int index)
    {
        var start = checked((int)_reader.TokenStartIndex);
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => new JsonValue(_source, JsonKind.Object, parent, name, index)
            {
                Start = start, Members = new Dictionary<string, JsonValue>(StringComparer.Ordinal),
            },
            JsonTokenType.StartArray =>
                new JsonValue(_source, JsonKind.Array, parent, name, index) { Start = start, Items = [] },
            JsonTokenType.String => new JsonValue(_source, JsonKind.String, parent, name, index)
            {
                Start = start, Text = ReadText(parent, name),
            },
            JsonTokenType.Number => new JsonValue(_source, JsonKind.Integer, parent, name, index)
            {
                Start = start, Number = ReadInteger(parent, name),
            },
            JsonTokenType.True or JsonTokenType.False =>
                new JsonValue(_source, JsonKind.Boolean, parent, name, index)
                {
                    Start = start, Number = _reader.TokenType == JsonTokenType.True ? 1 : 0,
                },
            _ => new JsonValue(_source, JsonKind.Null, parent, name, index) { Start = start },
        };
    }

    private void ReadItems(JsonValue array, int depth)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            array.Items!.Add(ReadValue(array, name: null, array.Items.Count, depth + 1));
        }
    }

    private void ReadMembers(JsonValue parent, int depth)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var start = checked((int)_reader.TokenStartIndex);
            var name = ReadText(parent, name: null);
            if (parent.Members!.ContainsKey(name))
            {
                throw Fail(ManifestFormatProblem.DuplicateKey, parent, name);
            }

            _reader.Read();
            var member = ReadValue(parent, name, index: 0, depth + 1);
            member.NameStart = start;
            parent.Members.Add(name, member);
        }
    }

    private readonly string ReadText(JsonValue? parent, string? name)
    {
        string text;
        try
        {
            text = _reader.GetString()!; // The token is a string or a name.
        }
        catch (InvalidOperationException)
        {
            // Half of an escaped surrogate pair.
            throw Fail(ManifestFormatProblem.ForbiddenCharacter, parent, name);
        }

        // Strings are shown to people who decide by them.
        foreach (var rune in text.EnumerateRunes())
        {
            if (VisibleText.IsHarmful(rune) && !(_limits.AllowLineBreaks && rune.Value is '\r' or '\n'))
            {
                throw Fail(ManifestFormatProblem.ForbiddenCharacter, parent, name);
            }
        }

        return text;
    }

    private readonly long ReadInteger(JsonValue? parent, string? name)
    {
        var digits = _reader.ValueSpan;
        if (digits.ContainsAny((byte)'.', (byte)'e', (byte)'E') || digits.SequenceEqual("-0"u8))
        {
            throw Fail(ManifestFormatProblem.NotAnInteger, parent, name);
        }

        const long Maximum = PluginManifest.MaxInteger;
        if (!_reader.TryGetInt64(out var number) || number is < -Maximum or > Maximum)
        {
            throw Fail(ManifestFormatProblem.OutOfRange, parent, name, "an integer within ±(2^53 − 1)");
        }

        return number;
    }

    private readonly ManifestFormatException Fail(
        ManifestFormatProblem problem, JsonValue? parent = null, string? name = null, string? expected = null)
    {
        var path = (parent, name) switch
        {
            (null, _) => "$",
            (_, null) => parent.Path,
            _ => parent.PathTo(name),
        };
        return new ManifestFormatException(_source.Code, problem, path, _reader.TokenStartIndex, expected);
    }
}
