using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Pdk.Runtime;

/// <summary>Reads and writes payloads in JSON on behalf of generated code.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class JsonPayload
{
    /// <summary>Reads the whole input.</summary>
    /// <param name="context">Describes the type.</param>
    /// <param name="allowNull">Whether <c>null</c> is a value that the function takes.</param>
    /// <exception cref="InvalidPayloadException">The input is not JSON of this type.</exception>
    public static T ReadInput<T>(JsonSerializerContext context, bool allowNull)
    {
        try
        {
            T? value = Read<T>(context, Input.ReadAll());
            return value is not null || allowNull
                ? value!
                : throw new InvalidPayloadException(typeof(T), "it is null");
        }
        catch (JsonException exception)
        {
            throw new InvalidPayloadException(typeof(T), exception.Message, exception);
        }
    }

    /// <summary>Reads an answer of the host.</summary>
    /// <param name="context">Describes the type.</param>
    /// <param name="capability">Who answered.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="allowNull">Whether <c>null</c> is an answer that the plugin takes.</param>
    /// <exception cref="InvalidReplyException">The answer is not JSON of this type.</exception>
    public static T ReadReply<T>(JsonSerializerContext context, string capability, HostReply reply, bool allowNull)
    {
        try
        {
            T? value = Read<T>(context, reply.ToArray());
            return value is not null || allowNull ? value! : throw new InvalidReplyException(capability);
        }
        catch (JsonException exception)
        {
            throw new InvalidReplyException(capability, exception);
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="context">Describes the type.</param>
    /// <param name="value">What to write.</param>
    public static byte[] Write<T>(JsonSerializerContext context, T value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>(context));

    private static T? Read<T>(JsonSerializerContext context, byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, TypeInfo<T>(context));

    // The generator's diagnostics found the type in the context's attributes, or refused to compile.
    private static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? throw new NotSupportedException(
            $"{context.GetType().Name} does not describe {typeof(T)}; add a [JsonSerializable] for it.");
    }
}
