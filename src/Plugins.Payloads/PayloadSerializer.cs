using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads;

/// <summary>Writes and reads payloads in either format, from one description of the types.</summary>
/// <remarks>
/// Safe for use by many threads. Make one and keep it. Nothing here uses reflection; an application whose own
/// JSON options do brings it along.
/// </remarks>
public sealed class PayloadSerializer
{
    private readonly JsonSerializerOptions _json;
    private readonly PayloadContext[] _contexts;
    private readonly MessagePackReaderOptions _messagePack;

    /// <summary>Makes a serializer.</summary>
    /// <param name="options">What it knows and allows.</param>
    /// <exception cref="ArgumentException">One of the contexts is null.</exception>
    public PayloadSerializer(PayloadSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _contexts = [.. options.Contexts];
        if (_contexts.Contains(null))
        {
            throw new ArgumentException("A context is null.", nameof(options));
        }

        _json = options.Json is null ? CreateJsonOptions() : new JsonSerializerOptions(options.Json);
        _json.TypeInfoResolver ??= JsonTypeInfoResolver.Combine();
        _json.MakeReadOnly();
        _messagePack = options.MessagePack;
    }

    /// <summary>Options for JSON that are as strict as MessagePack is here.</summary>
    /// <returns>
    /// New options without types. Members that come twice, nulls where the type promises a value and missing
    /// constructor parameters are refused; unknown members are skipped, as they are by default in both formats.
    /// </returns>
    public static JsonSerializerOptions CreateJsonOptions() => new()
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Whether a type can be written and read in a format.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="format">The format.</param>
    public bool Knows<T>(PayloadFormat format) => format switch
    {
        PayloadFormat.Json => _json.TryGetTypeInfo(typeof(T), out _),
        PayloadFormat.MessagePack => Find<T>() is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Does nothing for a type that can be written and read in a format.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="format">The format.</param>
    /// <exception cref="UnknownPayloadTypeException">No context describes the type.</exception>
    /// <exception cref="UnsafePayloadTypeException">It is a collection that documents can make slow.</exception>
    public void EnsureKnown<T>(PayloadFormat format)
    {
        if (!Knows<T>(format))
        {
            throw new UnknownPayloadTypeException(typeof(T), format);
        }

        if (format == PayloadFormat.Json)
        {
            PayloadJson.Harden(_json).TryGetTypeInfo(typeof(T), out _);
        }
    }

    /// <summary>Writes a value as a document of its own.</summary>
    /// <typeparam name="T">The type as it was described; what is written may be of a derived type.</typeparam>
    /// <param name="format">The format.</param>
    /// <param name="output">Where to; after an exception it may have got a part.</param>
    /// <param name="value">What to write.</param>
    /// <exception cref="UnknownPayloadTypeException">No context describes the type.</exception>
    /// <exception cref="PayloadException">The value has no form in this format.</exception>
    public void Write<T>(PayloadFormat format, IBufferWriter<byte> output, T value)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (format)
        {
            case PayloadFormat.Json:
                WriteJson(output, value);
                break;
            case PayloadFormat.MessagePack:
                MessagePackSerializer.Serialize(output, value, FindConverter<T>());
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">The type as it was described.</typeparam>
    /// <param name="format">The format.</param>
    /// <param name="document">The value and nothing else.</param>
    /// <returns>The value; null only when the type is a nullable value type.</returns>
    /// <exception cref="UnknownPayloadTypeException">No context describes the type.</exception>
    /// <exception cref="PayloadException">The document is malformed or not one of this type.</exception>
    public T Read<T>(PayloadFormat format, ReadOnlySpan<byte> document) => format switch
    {
        PayloadFormat.Json => ReadJson<T>(document),
        PayloadFormat.MessagePack => MessagePackSerializer.Deserialize(document, FindConverter<T>(), _messagePack),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Reads a document that comes in pieces.</summary>
    /// <typeparam name="T">The type as it was described.</typeparam>
    /// <param name="format">The format.</param>
    /// <param name="document">The value and nothing else; read to its end, and left open.</param>
    /// <returns>The value; null only when the type is a nullable value type.</returns>
    /// <remarks>
    /// JSON is read as it comes, as by <see cref="PayloadJson.Read{T}(Stream, JsonTypeInfo{T})"/>; MessagePack when all
    /// of it has come.
    /// </remarks>
    /// <exception cref="UnknownPayloadTypeException">No context describes the type.</exception>
    /// <exception cref="PayloadException">The document is malformed or not one of this type.</exception>
    public T Read<T>(PayloadFormat format, Stream document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (format == PayloadFormat.Json)
        {
            return ReadJson<T>(document);
        }

        using var bytes = new MemoryStream();
        document.CopyTo(bytes);
        return Read<T>(format, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private void WriteJson<T>(IBufferWriter<byte> output, T value)
    {
        JsonTypeInfo<T> type = FindTypeInfo<T>();
        _ = value is null ? Null<T>() : value;
        try
        {
            using var writer = new Utf8JsonWriter(output, new JsonWriterOptions
            {
                Encoder = _json.Encoder,
                Indented = _json.WriteIndented,
                MaxDepth = _json.MaxDepth,
            });
            JsonSerializer.Serialize(writer, value, type);
        }
        catch (JsonException exception)
        {
            throw new JsonPayloadException(typeof(T), exception);
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw new JsonPayloadException(typeof(T), exception);
        }
    }

    private T ReadJson<T>(ReadOnlySpan<byte> document)
    {
        JsonTypeInfo<T> type = FindTypeInfo<T>();
        try
        {
            T? value = PayloadJson.Read(document, type);
            return value is null ? Null<T>() : value;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Refusal<T>(exception);
        }
    }

    private T ReadJson<T>(Stream document)
    {
        JsonTypeInfo<T> type = FindTypeInfo<T>();
        try
        {
            T? value = PayloadJson.Read(document, type);
            return value is null ? Null<T>() : value;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Refusal<T>(exception);
        }
    }

    // InvalidOperationException ends the search for names that come twice at half of a surrogate pair.
    private static bool IsRefusal(Exception exception) =>
        exception is JsonException or NotSupportedException or InvalidOperationException;

    private static JsonPayloadException Refusal<T>(Exception exception) => exception is JsonException json
        ? new JsonPayloadException(typeof(T), json)
        : new JsonPayloadException(typeof(T), exception);

    /// <summary>Null as a whole document is only for nullable value types, as in MessagePack.</summary>
    private static T Null<T>() => Nullable.GetUnderlyingType(typeof(T)) is not null
        ? default!
        : throw new JsonPayloadException(typeof(T), new JsonException(message: null, path: "$", null, null));

    private JsonTypeInfo<T> FindTypeInfo<T>() => _json.TryGetTypeInfo(typeof(T), out JsonTypeInfo? type)
        ? (JsonTypeInfo<T>)type
        : throw new UnknownPayloadTypeException(typeof(T), PayloadFormat.Json);

    private PayloadConverter<T> FindConverter<T>() =>
        Find<T>() ?? throw new UnknownPayloadTypeException(typeof(T), PayloadFormat.MessagePack);

    private PayloadConverter<T>? Find<T>()
    {
        foreach (PayloadContext context in _contexts)
        {
            if (context.GetConverter<T>() is { } converter)
            {
                return converter;
            }
        }

        return null;
    }
}
