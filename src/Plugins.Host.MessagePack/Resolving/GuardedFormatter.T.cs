using MessagePack;
using MessagePack.Formatters;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>A formatter whose values may hold others: writing is bounded in depth, reading in time.</summary>
internal sealed class GuardedFormatter<T>(IMessagePackFormatter<T> inner) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            inner.Serialize(ref writer, value, options);
            return;
        }

        Traversal traversal = Traversal.Current;
        traversal.Enter(typeof(T));
        try
        {
            inner.Serialize(ref writer, value, options);
        }
        finally
        {
            traversal.Leave();
        }
    }

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        Traversal.Current.Step();
        return inner.Deserialize(ref reader, options);
    }
}
