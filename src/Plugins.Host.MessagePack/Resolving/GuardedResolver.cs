using System.Runtime.CompilerServices;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>Gives an application's formatters, bounded, and none by which a document could do harm.</summary>
internal sealed class GuardedResolver(IFormatterResolver inner, MessagePackSecurity security)
    : IFormatterResolver
{
    private static int s_types;

    private readonly Lock _lock = new();
    private object?[] _formatters = new object?[64];

    /// <summary>The formatter of a type, asked for by the format and by other formatters.</summary>
    /// <exception cref="UnknownPayloadTypeException">There is none.</exception>
    /// <exception cref="UnsafePayloadTypeException">Documents could make it slow or load types.</exception>
    public IMessagePackFormatter<T> GetFormatter<T>()
    {
        // Asked for at every object; the place of a type holds nothing but its formatter.
        object?[] formatters = Volatile.Read(ref _formatters);
        int place = Place<T>.Index;
        return place < formatters.Length && Volatile.Read(ref formatters[place]) is { } formatter
            ? Unsafe.As<GuardedFormatter<T>>(formatter)
            : Add<T>(place);
    }

    private GuardedFormatter<T> Add<T>(int place)
    {
        GuardedFormatter<T> formatter = Find<T>();
        lock (_lock)
        {
            object?[] formatters = _formatters;
            if (place >= formatters.Length)
            {
                Array.Resize(ref formatters, Math.Max(place + 1, 2 * formatters.Length));
            }

            Volatile.Write(ref formatters[place], formatter);
            Volatile.Write(ref _formatters, formatters);
        }

        return formatter;
    }

    private static bool IsFlat<T>(IMessagePackFormatter<T> formatter) =>
        typeof(T).IsEnum
        || Nullable.GetUnderlyingType(typeof(T)) is not null
        || (ReferenceEquals(formatter, BuiltinResolver.Instance.GetFormatter<T>()) && !UnsafeTypes.HoldsAnything<T>());

    private GuardedFormatter<T> Find<T>()
    {
        IMessagePackFormatter<T>? formatter;
        try
        {
            formatter = inner.GetFormatter<T>();
        }
        catch (Exception exception) when (exception is TypeInitializationException or MessagePackSerializationException)
        {
            throw Unknown(typeof(T), exception);
        }

        if (formatter is null)
        {
            throw Unknown(typeof(T), cause: null);
        }

        UnsafeTypes.Refuse(formatter, security);
        return new GuardedFormatter<T>(formatter, IsFlat(formatter));
    }

    private static UnknownPayloadTypeException Unknown(Type type, Exception? cause) => new(
        type,
        "MessagePack",
        "give it MessagePack's attributes, make it a class or structure with public members only, or pass a resolver "
        + "to UseMessagePack",
        cause);

    private static class Place<T>
    {
        public static readonly int Index = Interlocked.Increment(ref s_types) - 1;
    }
}
