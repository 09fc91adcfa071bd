using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Capabilities;

/// <summary>Makes host functions over bytes out of functions over text and JSON.</summary>
internal static class HostFunctionAdapters
{
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
            var answer = function(context, Deserialize(request, requestType));
            using var writer = new Utf8JsonWriter(result);
            JsonSerializer.Serialize(writer, answer, resultType);
            return CapabilityStatus.Success;
        };

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

    private static T? Deserialize<T>(ReadOnlySpan<byte> request, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(request, type);
        }
        catch (JsonException)
        {
            throw new GuestVisibleException("The request is not the JSON that this function takes.");
        }
    }
}
