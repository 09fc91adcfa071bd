using MessagePack;
using MessagePack.Formatters;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>A formatter by which writing is bounded in depth, and reading in time.</summary>
/// <param name="inner">The application's or the library's.</param>
/// <param name="isFlat">Whether its values hold no others, so that they add no depth.</param>
internal sealed class GuardedFormatter<T>(IMessagePackFormatter<T> inner, bool isFlat) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        if (isFlat || value is null)
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
