using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Plugins.Host.Capabilities;
using Plugins.Manifest.Permissions;

namespace Plugins.Testing.Web;

/// <summary>Answers <c>http.send</c> (docs/abi.md): u32 length of the head, head in JSON, body; both ways.</summary>
internal sealed class HttpStub(Func<StubbedRequest, StubbedResponse> answer)
{
    private const int PrefixBytes = sizeof(uint);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    internal CapabilityStatus Send(PluginCallContext context, ReadOnlySpan<byte> message, IBufferWriter<byte> result)
    {
        var request = Read(message) ?? throw new GuestVisibleException("the request is malformed");
        if (!context.ScopeOf(PermissionNames.HttpSend).CoversRequest(request.Method, request.Url))
        {
            return CapabilityStatus.Denied;
        }

        Write(answer(request), result);
        return CapabilityStatus.Success;
    }

    private static StubbedRequest? Read(ReadOnlySpan<byte> message)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(message, out var length)
            || length > message.Length - PrefixBytes)
        {
            return null;
        }

        try
        {
            using var head = JsonDocument.Parse(message.Slice(PrefixBytes, (int)length).ToArray(), Strict);
            var body = message[(PrefixBytes + (int)length)..].ToArray();
            return Read(head.RootElement, body);
        }
        catch (Exception exception) when (IsOfContent(exception))
        {
            return null;
        }
    }

    private static StubbedRequest Read(JsonElement head, byte[] body) => new(
        head.GetProperty("method").GetString() ?? throw new FormatException(),
        new Uri(head.GetProperty("url").GetString() ?? "", UriKind.Absolute),
        [
            .. head.GetProperty("headers").EnumerateArray()
                .Select(header => KeyValuePair.Create(header[0].GetString() ?? "", header[1].GetString() ?? "")),
        ],
        body);

    // What a value of another kind, a name that is not there and a list too short throw.
    private static bool IsOfContent(Exception exception) => exception is JsonException or FormatException
        or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException;

    private static void Write(StubbedResponse response, IBufferWriter<byte> result)
    {
        var head = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(head))
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", response.Status);
            writer.WriteStartArray("headers");
            foreach (var (name, value) in response.Headers)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(name);
                writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        BinaryPrimitives.WriteUInt32LittleEndian(result.GetSpan(PrefixBytes), (uint)head.WrittenCount);
        result.Advance(PrefixBytes);
        result.Write(head.WrittenSpan);
        result.Write(response.Body.Span);
    }
}
