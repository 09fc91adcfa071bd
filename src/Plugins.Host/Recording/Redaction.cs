using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plugins.Host.Recording;

/// <summary>Leaves out of requests and results what a recording must not hold.</summary>
/// <param name="isSecret">What the application says, or null.</param>
/// <param name="headers">Names of headers whose values are secret.</param>
internal sealed class Redaction(
    Func<string, ReadOnlyMemory<byte>, bool>? isSecret, IReadOnlyCollection<string> headers)
{
    internal const string ConfigRead = "config.read";
    private const string HttpSend = "http.send";
    private const string Hidden = "(not recorded)";

    private readonly HashSet<string> _headers = new(headers, StringComparer.OrdinalIgnoreCase);

    /// <summary>Settings that the manifest says are secret.</summary>
    internal IReadOnlySet<string> SecretSettings { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The request as it is recorded, and whether its result is not.</summary>
    internal (byte[]? Request, bool IsSecret) OfRequest(string name, ReadOnlySpan<byte> request)
    {
        var bytes = request.ToArray();
        if (SaysSecret(name, bytes))
        {
            return (null, true);
        }

        return name switch
        {
            ConfigRead => (bytes, SecretSettings.Contains(Encoding.UTF8.GetString(bytes))),
            HttpSend => (WithoutHeaders(bytes), false),
            _ => (bytes, false),
        };
    }

    internal byte[] OfResult(string name, int status, ReadOnlySpan<byte> result) =>
        name == HttpSend && status == 0 ? WithoutHeaders(result.ToArray()) : result.ToArray();

    private bool SaysSecret(string name, byte[] request)
    {
        try
        {
            return isSecret?.Invoke(name, request) ?? false;
        }
        catch
        {
            return true;
        }
    }

    // The message stays byte for byte what it was where no header is secret. What is no message has no headers.
    private byte[] WithoutHeaders(byte[] message)
    {
        if (message.Length < sizeof(uint)
            || BinaryPrimitives.ReadUInt32LittleEndian(message) is var length && length > message.Length - sizeof(uint))
        {
            return message;
        }

        var head = message.AsSpan(sizeof(uint), (int)length);
        if (Parse(head) is not { } values || !Hide(values))
        {
            return message;
        }

        var hidden = Encoding.UTF8.GetBytes(values.ToJsonString());
        var lengthBytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(lengthBytes, (uint)hidden.Length);
        return [.. lengthBytes, .. hidden, .. message.AsSpan(sizeof(uint) + (int)length)];
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> head)
    {
        try
        {
            return JsonNode.Parse(head, documentOptions: new JsonDocumentOptions { MaxDepth = 8 }) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private bool Hide(JsonObject head)
    {
        var hides = false;
        foreach (var pair in (head["headers"] as JsonArray)?.OfType<JsonArray>() ?? [])
        {
            if (pair is [JsonValue name, _] && name.TryGetValue(out string? text) && _headers.Contains(text))
            {
                pair[1] = Hidden;
                hides = true;
            }
        }

        return hides;
    }
}
