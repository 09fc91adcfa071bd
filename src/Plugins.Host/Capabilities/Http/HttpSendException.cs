using System.Net.Http;
using System.Net.Sockets;
using Plugins.Manifest.Text;

namespace Plugins.Host.Capabilities.Http;

/// <summary>A request of a guest that was refused or failed.</summary>
/// <remarks>Without paths, queries, headers and contents: any of them may hold a secret.</remarks>
internal sealed class HttpSendException : Exception
{
    internal HttpSendException(HttpFailureKind kind, string detail = "", Exception? inner = null)
        : base(VisibleText.Escape(detail, VisibleText.MaximumMessageLength), inner) => Kind = kind;

    internal HttpFailureKind Kind { get; }

    /// <summary>The origin that the failing request went to, or null before there was one.</summary>
    internal string? Origin { get; set; }

    /// <summary>What a failure of the transport means, or null where it is a fault of this host.</summary>
    internal static HttpSendException? Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpSendException known)
            {
                return known;
            }
        }

        HttpRequestError? error = exception switch
        {
            // A connection that broke after it was made.
            HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException } =>
                HttpRequestError.ResponseEnded,
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            IOException or SocketException => HttpRequestError.ResponseEnded,
            _ => null,
        };
        return error is { } code ? new HttpSendException(KindOf(code), code.ToString(), exception) : null;
    }

    /// <summary>The value of <c>error.type</c> for a kind.</summary>
    internal static string NameOf(HttpFailureKind kind) => kind switch
    {
        HttpFailureKind.OutOfScope => "out_of_scope",
        HttpFailureKind.AddressDenied => "address_denied",
        HttpFailureKind.RequestTooLarge => "request_too_large",
        HttpFailureKind.ResponseTooLarge => "response_too_large",
        HttpFailureKind.TooManyRequests => "too_many_requests",
        HttpFailureKind.TooManyRedirects => "too_many_redirects",
        HttpFailureKind.InsecureRedirect => "insecure_redirect",
        HttpFailureKind.Unreachable => "unreachable",
        HttpFailureKind.NotSecure => "not_secure",
        HttpFailureKind.InvalidResponse => "invalid_response",
        HttpFailureKind.Truncated => "truncated",
        HttpFailureKind.InvalidEncoding => "invalid_encoding",
        HttpFailureKind.TimedOut => "timed_out",
        HttpFailureKind.CredentialFailed => "credential_failed",
        _ => "_OTHER",
    };

    /// <inheritdoc/>
    public override string ToString() => VisibleText.Describe(this);

    private static HttpFailureKind KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.SecureConnectionError => HttpFailureKind.NotSecure,
        HttpRequestError.ConfigurationLimitExceeded => HttpFailureKind.ResponseTooLarge,
        HttpRequestError.ResponseEnded => HttpFailureKind.Truncated,
        HttpRequestError.InvalidResponse => HttpFailureKind.InvalidResponse,
        _ => HttpFailureKind.Unreachable,
    };
}
