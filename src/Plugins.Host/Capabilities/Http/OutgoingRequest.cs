using System.Net;
using System.Net.Http;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Makes what goes to the network of a guest's request.</summary>
internal static class OutgoingRequest
{
    private const string AcceptEncoding = "Accept-Encoding";
    private const string Codings = "gzip, br";

    /// <summary>True if the guest leaves it to the host how the response is compressed.</summary>
    /// <remarks>A part of a compressed content could not be decompressed.</remarks>
    internal static bool LeavesCodingToHost(GuestRequest request) =>
        !request.Has(AcceptEncoding) && !request.Has("Range");

    /// <summary>A message of HTTP/1.1 with the guest's headers, and none of anybody else.</summary>
    internal static HttpRequestMessage Create(GuestRequest request, bool decompress)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = ContentOf(request),
        };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (decompress && LeavesCodingToHost(request))
        {
            message.Headers.TryAddWithoutValidation(AcceptEncoding, Codings);
        }

        return message;
    }

    /// <summary>Takes out a header, and what gateways may take for it.</summary>
    internal static void Remove(HttpRequestMessage message, string header)
    {
        string[] same =
        [
            .. message.Headers.NonValidated.Select(entry => entry.Key).Where(name => HeaderRules.AreSame(name, header)),
        ];
        foreach (var name in same)
        {
            message.Headers.Remove(name);
        }
    }

    // A request without content has headers of content only if it says so: RFC 9110, section 8.6.
    private static ReadOnlyMemoryContent? ContentOf(GuestRequest request)
    {
        var hasContent = request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH"
            || request.Headers.Any(header => HeaderRules.IsOfContent(header.Key));
        return hasContent ? new ReadOnlyMemoryContent(request.Body) : null;
    }
}
