using Plugins.Payloads;
using Plugins.Payloads.MessagePack;

namespace Plugins.Pdk.Runtime;

/// <summary>Reads and writes payloads in MessagePack on behalf of generated code.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class MessagePackPayload
{
    private const byte Nil = 0xC0;

    /// <summary>Reads the whole input.</summary>
    /// <param name="context">Describes the type.</param>
    /// <param name="allowNull">Whether nil is a value that the function takes.</param>
    /// <exception cref="InvalidPayloadException">The input is not MessagePack of this type.</exception>
    public static T ReadInput<T>(PayloadContext context, bool allowNull)
    {
        try
        {
            T? value = Read<T>(context, Input.ReadAll(), allowNull);
            return value is not null || allowNull
                ? value!
                : throw new InvalidPayloadException(typeof(T), "it is null");
        }
        catch (MessagePackException exception)
        {
            throw new InvalidPayloadException(typeof(T), exception.Message, exception);
        }
    }

    /// <summary>Reads an answer of the host.</summary>
    /// <param name="context">Describes the type.</param>
    /// <param name="capability">Who answered.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="allowNull">Whether nil is an answer that the plugin takes.</param>
    /// <exception cref="InvalidReplyException">The answer is not MessagePack of this type.</exception>
    public static T ReadReply<T>(PayloadContext context, string capability, HostReply reply, bool allowNull)
    {
        try
        {
            T? value = Read<T>(context, reply.ToArray(), allowNull);
            return value is not null || allowNull ? value! : throw new InvalidReplyException(capability);
        }
        catch (MessagePackException exception)
        {
            throw new InvalidReplyException(capability, exception);
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="context">Describes the type.</param>
    /// <param name="value">What to write.</param>
    public static byte[] Write<T>(PayloadContext context, T value) =>
        value is null ? [Nil] : MessagePackSerializer.Serialize(value, context);

    // A converter of a class knows no nil; whether there may be one is said by the method that takes the value.
    private static T? Read<T>(PayloadContext context, byte[] bytes, bool allowNull) =>
        allowNull && bytes is [Nil] ? default : MessagePackSerializer.Deserialize<T>(bytes, context);
}
