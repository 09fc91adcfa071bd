using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MessagePack;
using MessagePack.Formatters;
using Plugins.Host.MessagePack.Documents;
using Plugins.Host.MessagePack.Resolving;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack;

/// <summary>MessagePack by MessagePack for C#, which reads a document after a strict check of all of it.</summary>
/// <remarks>
/// Safe for use by many threads. Both passes are linear in the document, and both end when the call does.
/// </remarks>
public sealed class MessagePackPayloadFormat : IPayloadFormat
{
    internal const string EmitsCode = "MessagePack for C# emits code at run time, by reflection.";

    private readonly MessagePackPayloadOptions _limits;
    private readonly GuardedOptions _options;

    /// <summary>Makes a format.</summary>
    /// <param name="options">Resolvers and limits; the defaults where null.</param>
    /// <exception cref="ArgumentException">The serializer's options hide what is read from the check.</exception>
    [RequiresDynamicCode(EmitsCode)]
    [RequiresUnreferencedCode(EmitsCode)]
    public MessagePackPayloadFormat(MessagePackPayloadOptions? options = null)
    {
        _limits = options ?? MessagePackPayloadOptions.Default;
        _options = GuardedOptions.Create(_limits);
    }

    /// <inheritdoc/>
    public string Name => "MessagePack";

    /// <inheritdoc/>
    public bool Accepts(PayloadMediaType mediaType) =>
        mediaType.Is("application/vnd.msgpack")
        || mediaType.Is("application/msgpack")
        || mediaType.Is("application/x-msgpack")
        || mediaType.HasSuffix("+msgpack");

    /// <inheritdoc/>
    public void EnsureKnown<T>() => Find<T>();

    /// <inheritdoc/>
    public void Write<T>(IBufferWriter<byte> output, T value)
    {
        ArgumentNullException.ThrowIfNull(output);
        IMessagePackFormatter<T> formatter = Find<T>();
        RefuseNull(value, offset: null);
        var writer = new MessagePackWriter(output);
        Traversal traversal = Traversal.Current;
        Traversal.Frame outer = traversal.Begin(default, _limits.MaximumDepth);
        try
        {
            formatter.Serialize(ref writer, value, _options);
            writer.Flush();
        }
        catch (MessagePackSerializationException exception)
        {
            throw new MessagePackPayloadException(MessagePackProblem.NotWritable, typeof(T), cause: exception);
        }
        finally
        {
            traversal.End(outer);
        }
    }

    /// <inheritdoc/>
    public T Read<T>(PayloadDocument document)
    {
        IMessagePackFormatter<T> formatter = Find<T>();
        DocumentCheck.Run(document, _limits, typeof(T));
        var reader = new MessagePackReader(document.Bytes);
        Traversal traversal = Traversal.Current;
        Traversal.Frame outer = traversal.Begin(document, _limits.MaximumDepth);
        T value;
        try
        {
            value = formatter.Deserialize(ref reader, _options);
        }
        catch (Exception exception) when (!traversal.IsStopped && IsRefusal(exception))
        {
            throw Misfit<T>(document, reader.Consumed, exception);
        }
        finally
        {
            traversal.End(outer);
        }

        RefuseNull(value, offset: 0);
        return reader.End
            ? value
            : throw Misfit<T>(document, reader.Consumed, cause: null);
    }

    // The application's types may refuse a document with any exception.
    private static bool IsRefusal(Exception exception) => exception is not (PayloadException or OutOfMemoryException);

    // The library has read some of the value that it refuses, its first byte at least.
    private MessagePackPayloadException Misfit<T>(PayloadDocument document, long consumed, Exception? cause)
    {
        var (offset, path) = DocumentCheck.Find(document, _limits, (int)Math.Max(0, consumed - 1));
        return new(MessagePackProblem.DoesNotFit, typeof(T), offset, path, cause);
    }

    private static void RefuseNull<T>(T value, long? offset)
    {
        if (value is null && Nullable.GetUnderlyingType(typeof(T)) is null)
        {
            throw new MessagePackPayloadException(
                MessagePackProblem.UnexpectedNull, typeof(T), offset, offset is null ? null : "$");
        }
    }

    private IMessagePackFormatter<T> Find<T>() => _options.Guard.GetFormatter<T>();
}
