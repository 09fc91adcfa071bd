using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Payloads.Json;

/// <summary>JSON by System.Text.Json, for the types that an application's contexts describe.</summary>
/// <remarks>
/// Safe for use by many threads. Hash tables are filled by hash codes that no document can choose, and a long document
/// is read in pieces; <see cref="PayloadJson"/> has the details.
/// </remarks>
public sealed class JsonPayloadFormat : IPayloadFormat
{
    private readonly JsonSerializerOptions _options;

    /// <summary>Makes a format that knows no types.</summary>
    public JsonPayloadFormat()
        : this(CreateOptions())
    {
    }

    /// <summary>Makes a format of a source-generated context, as strict as <see cref="CreateOptions"/>.</summary>
    /// <param name="context">Describes the types; its own options, such as naming policies, are kept.</param>
    public JsonPayloadFormat(JsonSerializerContext context)
        : this(MakeStrict(context))
    {
    }

    /// <summary>Makes a format of options that are taken as they are.</summary>
    /// <param name="options">Copied, so that later changes have no effect.</param>
    public JsonPayloadFormat(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = new JsonSerializerOptions(options);
        _options.TypeInfoResolver ??= JsonTypeInfoResolver.Combine();
        _options.MakeReadOnly();
    }

    /// <inheritdoc/>
    public string Name => "JSON";

    /// <summary>Strict options, without types.</summary>
    /// <returns>
    /// New options. Members that come twice, nulls where the type promises a value and missing constructor parameters
    /// are refused; unknown members are skipped.
    /// </returns>
    public static JsonSerializerOptions CreateOptions() => Restrict(new JsonSerializerOptions());

    /// <inheritdoc/>
    public bool Accepts(PayloadMediaType mediaType) =>
        mediaType.Is("application/json") || mediaType.Is("text/json") || mediaType.HasSuffix("+json");

    /// <inheritdoc/>
    public void EnsureKnown<T>()
    {
        Find<T>();
        PayloadJson.Harden(_options).TryGetTypeInfo(typeof(T), out _);
    }

    /// <inheritdoc/>
    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        ArgumentNullException.ThrowIfNull(output);
        JsonTypeInfo<T> type = Find<T>();
        _ = value is null ? Null<T>() : value;
        try
        {
            using var writer = new Utf8JsonWriter(output, new JsonWriterOptions
            {
                Encoder = _options.Encoder,
                Indented = _options.WriteIndented,
                MaxDepth = _options.MaxDepth,
            });
            JsonSerializer.Serialize(writer, value, type);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            throw Refusal<T>(exception);
        }
    }

    /// <inheritdoc/>
    public T Read<T>(PayloadDocument document)
    {
        JsonTypeInfo<T> type = Find<T>();
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

    private static JsonSerializerOptions MakeStrict(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Restrict(new JsonSerializerOptions(context.Options) { TypeInfoResolver = context });
    }

    private static JsonSerializerOptions Restrict(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        return options;
    }

    // InvalidOperationException ends the search for names that come twice at half of a surrogate pair.
    private static bool IsRefusal(Exception exception) =>
        exception is JsonException or NotSupportedException or InvalidOperationException;

    private static JsonPayloadException Refusal<T>(Exception exception) => exception is JsonException json
        ? new JsonPayloadException(typeof(T), json)
        : new JsonPayloadException(typeof(T), exception);

    /// <summary>Null as a whole document is only for nullable value types.</summary>
    private static T Null<T>() => Nullable.GetUnderlyingType(typeof(T)) is not null
        ? default!
        : throw new JsonPayloadException(typeof(T), new JsonException(message: null, path: "$", null, null));

    private JsonTypeInfo<T> Find<T>() => _options.TryGetTypeInfo(typeof(T), out JsonTypeInfo? type)
        ? (JsonTypeInfo<T>)type
        : throw new UnknownPayloadTypeException(
            typeof(T),
            Name,
            $"add [JsonSerializable(typeof({typeof(T).Name}))] to the JsonSerializerContext that UseJson gets");
}
