using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;

namespace Plugins.Host.Capabilities;

/// <summary>Makes host functions over bytes out of functions over text, JSON and other formats.</summary>
internal static class HostFunctionAdapters
{
    private const int PieceBytes = 4_096;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    internal static HostFunction FromText(Func<PluginCallContext, string, string?> function) =>
        (context, request, result) =>
        {
            if (function(context, Decode(request)) is not { } answer)
            {
                return CapabilityStatus.NotFound;
            }

            Encoding.UTF8.GetBytes(answer, result);
            return CapabilityStatus.Success;
        };

    internal static HostFunction FromJson<TRequest, TResult>(
        Func<PluginCallContext, TRequest?, TResult> function,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResult> resultType) =>
        (context, request, result) =>
        {
            var answer = function(context, Deserialize(context, request, requestType));
            Serialize(result, answer, resultType);
            return CapabilityStatus.Success;
        };

    internal static AsyncHostFunction FromText(
        Func<PluginCallContext, string, CancellationToken, ValueTask<string?>> function) =>
        async (context, request, result, cancellation) =>
        {
            var text = Decode(request.Span);
            if (await function(context, text, cancellation).ConfigureAwait(false) is not { } answer)
            {
                return CapabilityStatus.NotFound;
            }

            Encoding.UTF8.GetBytes(answer, result);
            return CapabilityStatus.Success;
        };

    internal static AsyncHostFunction FromJson<TRequest, TResult>(
        Func<PluginCallContext, TRequest?, CancellationToken, ValueTask<TResult>> function,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResult> resultType) =>
        async (context, request, result, cancellation) =>
        {
            var value = Deserialize(request, requestType, cancellation);
            var answer = await function(context, value, cancellation).ConfigureAwait(false);
            Serialize(result, answer, resultType);
            return CapabilityStatus.Success;
        };

    internal static AsyncHostFunction FromStreams(StreamHostFunction function) =>
        async (context, request, result, cancellation) =>
        {
            var bytes = MemoryMarshal.TryGetArray(request, out var array) ? array : request.ToArray();
            using var asked = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
            return await function(context, asked, new ResultStream(result), cancellation).ConfigureAwait(false);
        };

    internal static HostFunction FromFormat<TRequest, TResult>(
        Func<PluginCallContext, TRequest, TResult> function, IPayloadFormat format)
    {
        format.EnsureKnown<TRequest>();
        format.EnsureKnown<TResult>();
        return (context, request, result) =>
        {
            var value = ReadCopy<TRequest>(request, format, context.CancellationToken);
            format.Write(result, function(context, value));
            return CapabilityStatus.Success;
        };
    }

    internal static AsyncHostFunction FromFormat<TRequest, TResult>(
        Func<PluginCallContext, TRequest, CancellationToken, ValueTask<TResult>> function, IPayloadFormat format)
    {
        format.EnsureKnown<TRequest>();
        format.EnsureKnown<TResult>();
        return async (context, request, result, cancellation) =>
        {
            var value = Read<TRequest>(request, format, cancellation);
            format.Write(result, await function(context, value, cancellation).ConfigureAwait(false));
            return CapabilityStatus.Success;
        };
    }

    private static T Read<T>(ReadOnlyMemory<byte> request, IPayloadFormat format, CancellationToken cancellation)
    {
        try
        {
            return format.Read<T>(new PayloadDocument(request, cancellation.ThrowIfCancellationRequested));
        }
        catch (PayloadException)
        {
            throw new GuestVisibleException($"The request is not the {format.Name} that this function takes.");
        }
    }

    // Guest memory cannot be lent as memory, so that the request is copied.
    private static T ReadCopy<T>(ReadOnlySpan<byte> request, IPayloadFormat format, CancellationToken cancellation)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(request.Length);
        try
        {
            request.CopyTo(bytes);
            return Read<T>(bytes.AsMemory(0, request.Length), format, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void Serialize<T>(IBufferWriter<byte> result, T answer, JsonTypeInfo<T> type)
    {
        using var writer = new Utf8JsonWriter(result);
        JsonSerializer.Serialize(writer, answer, type);
    }

    // Guest memory cannot be lent to a stream, so that the request is copied.
    private static T? ReadInPieces<T>(
        ReadOnlySpan<byte> request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(request.Length);
        try
        {
            request.CopyTo(bytes);
            return ReadInPieces(bytes.AsMemory(0, request.Length), type, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static T? ReadInPieces<T>(
        ReadOnlyMemory<byte> request, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        PayloadJson.Read(new PayloadDocument(request, cancellation.ThrowIfCancellationRequested), type);

    private static string Decode(ReadOnlySpan<byte> request)
    {
        try
        {
            return StrictUtf8.GetString(request);
        }
        catch (DecoderFallbackException)
        {
            throw new GuestVisibleException("The request is not UTF-8.");
        }
    }

    private static T? Deserialize<T>(PluginCallContext context, ReadOnlySpan<byte> request, JsonTypeInfo<T> type)
    {
        try
        {
            return request.Length <= PieceBytes
                ? PayloadJson.Read(request, type)
                : ReadInPieces(request, type, context.CancellationToken);
        }
        catch (JsonException)
        {
            throw NotTheJson();
        }
    }

    private static T? Deserialize<T>(
        ReadOnlyMemory<byte> request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            return request.Length <= PieceBytes
                ? PayloadJson.Read(request.Span, type)
                : ReadInPieces(request, type, cancellation);
        }
        catch (JsonException)
        {
            throw NotTheJson();
        }
    }

    private static GuestVisibleException NotTheJson() =>
        new("The request is not the JSON that this function takes.");
}
