using System.Buffers.Binary;
using System.Text.Json;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Reads the message of <c>http.send</c> (docs/abi.md): u32 length of the head, head in JSON, body.</summary>
internal sealed class GuestRequestReader(PluginHttpOptions options)
{
    private const int PrefixBytes = sizeof(uint);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <exception cref="HttpSendException">It is malformed, or over a limit.</exception>
    internal GuestRequest Read(ReadOnlyMemory<byte> message)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(message.Span, out var length)
            || length > message.Length - PrefixBytes)
        {
            throw Malformed("its head is longer than the message");
        }

        var body = message[(PrefixBytes + (int)length)..];
        if (body.Length > options.MaximumRequestBytes)
        {
            throw TooLarge("content", body.Length, options.MaximumRequestBytes);
        }

        try
        {
            using var head = JsonDocument.Parse(message.Slice(PrefixBytes, (int)length), Strict);
            return ReadHead(head.RootElement, body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Malformed("its head is not JSON of the form {\"method\",\"url\",\"headers\":[[name,value]…]}");
        }
    }

    /// <summary>Reads the target of a redirect, or null where it is none.</summary>
    /// <exception cref="HttpSendException">No guest could send a request there.</exception>
    internal Uri? ReadLocation(Uri from, string location)
    {
        if (!Uri.TryCreate(from, location, out var address))
        {
            return null;
        }

        try
        {
            Require(address, location);
            return WithoutFragment(address);
        }
        catch (HttpSendException exception)
        {
            throw new HttpSendException(HttpFailureKind.OutOfScope, $"redirected, but {exception.Message}");
        }
    }

    private GuestRequest ReadHead(JsonElement head, ReadOnlyMemory<byte> body)
    {
        string? method = null;
        Uri? address = null;
        IReadOnlyList<KeyValuePair<string, string>> headers = [];
        foreach (var property in head.EnumerateObject())
        {
            switch (property.Name)
            {
                case "method":
                    method = ReadMethod(TextOf(property.Value));
                    break;
                case "url":
                    address = ReadAddress(TextOf(property.Value));
                    break;
                case "headers":
                    headers = ReadHeaders(property.Value);
                    break;
                default:
                    throw Malformed($"its head has the unknown field '{VisibleText.Name(property.Name)}'");
            }
        }

        return method is null || address is null
            ? throw Malformed("its head has no method or no url")
            : new GuestRequest(method, address, headers, body);
    }

    private static string ReadMethod(string method)
    {
        var isSent = method.Length is > 0 and <= HostPattern.MaxMethodLength
            && method.All(character => char.IsAsciiLetterUpper(character) || character == '-')
            && method is not ("CONNECT" or "TRACE" or "TRACK");
        return isSent ? method : throw Malformed($"the method '{VisibleText.Name(method)}' is not sent");
    }

    private Uri ReadAddress(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            throw Malformed("its url is not absolute");
        }

        Require(address, url);
        return WithoutFragment(address);
    }

    // Spaces, controls and backslashes are where parsers of URLs disagree.
    private void Require(Uri address, string text)
    {
        if (Math.Max(text.Length, address.AbsoluteUri.Length) > options.MaximumUrlLength)
        {
            throw TooLarge("url", Math.Max(text.Length, address.AbsoluteUri.Length), options.MaximumUrlLength);
        }

        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            throw Malformed("its url is neither http nor https");
        }

        if (address.UserInfo.Length > 0)
        {
            throw Malformed("its url has user information");
        }

        if (address.IdnHost.Length == 0 || text.Any(character => character is <= ' ' or '\\' or '\u007f'))
        {
            throw Malformed("its url has a character that no url has");
        }
    }

    private List<KeyValuePair<string, string>> ReadHeaders(JsonElement list)
    {
        if (list.GetArrayLength() > options.MaximumHeaders)
        {
            throw TooLarge("headers", list.GetArrayLength(), options.MaximumHeaders);
        }

        var headers = new List<KeyValuePair<string, string>>(list.GetArrayLength());
        long bytes = 0;
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.GetArrayLength() != 2)
            {
                throw Malformed("a header is not a name and a value");
            }

            var (name, value) = (TextOf(entry[0]), TextOf(entry[1]));
            bytes += name.Length + value.Length;
            RequireHeader(name, value);
            headers.Add(KeyValuePair.Create(name, value));
        }

        return bytes <= options.MaximumHeaderBytes
            ? headers
            : throw TooLarge("bytes of headers", bytes, options.MaximumHeaderBytes);
    }

    private static void RequireHeader(string name, string value)
    {
        if (!HeaderRules.IsName(name))
        {
            throw Malformed($"'{VisibleText.Name(name)}' cannot be the name of a header");
        }

        if (HeaderRules.IsOfHost(name))
        {
            throw Malformed($"the header {VisibleText.Name(name)} is for the host to set");
        }

        if (!HeaderRules.IsValue(value))
        {
            throw Malformed($"the value of the header {VisibleText.Name(name)} is not visible ASCII");
        }
    }

    private static string TextOf(JsonElement value) =>
        value.GetString() ?? throw Malformed("its head has a null in place of text");

    private static Uri WithoutFragment(Uri address) =>
        address.Fragment.Length == 0 ? address : new Uri(address.GetLeftPart(UriPartial.Query));

    private static HttpSendException Malformed(string detail) => new(HttpFailureKind.Malformed, detail);

    private static HttpSendException TooLarge(string what, long actual, long limit) =>
        new(HttpFailureKind.RequestTooLarge, $"its {what}: {actual}, at most {limit}");
}
