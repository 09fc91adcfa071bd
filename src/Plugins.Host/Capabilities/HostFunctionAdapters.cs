using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;

namespace Plugins.Host.Capabilities;

/// <summary>Makes host functions over bytes out of functions over text and JSON.</summary>
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
            using var writer = new Utf8JsonWriter(result);
            JsonSerializer.Serialize(writer, answer, resultType);
            return CapabilityStatus.Success;
        };

    // Guest memory cannot be lent to a stream, so that the request is copied.
    private static T? ReadInPieces<T>(
        ReadOnlySpan<byte> request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(request.Length);
        try
        {
            request.CopyTo(bytes);
            var memory = bytes.AsMemory(0, request.Length);
            return PayloadJson.Read(new PayloadDocument(memory, cancellation.ThrowIfCancellationRequested), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

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
            throw new GuestVisibleException("The request is not the JSON that this function takes.");
        }
    }
}
