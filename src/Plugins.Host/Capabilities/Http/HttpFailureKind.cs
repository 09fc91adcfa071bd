namespace Plugins.Host.Capabilities.Http;

/// <summary>The ways in which <c>http.send</c> fails; docs/http.md says what the guest gets for each.</summary>
internal enum HttpFailureKind
{
    /// <summary>The permission's scope does not cover the request, or one that a redirect leads to.</summary>
    OutOfScope,

    /// <summary>The server is at an address that is not public and was not granted by name.</summary>
    AddressDenied,

    /// <summary>The guest's message is no request that this host sends.</summary>
    Malformed,

    /// <summary>URL, headers or content of the request are over a limit.</summary>
    RequestTooLarge,

    /// <summary>Headers or content of the response are over a limit.</summary>
    ResponseTooLarge,

    /// <summary>The call has sent as many requests as it may.</summary>
    TooManyRequests,

    /// <summary>One request was redirected more often than allowed.</summary>
    TooManyRedirects,

    /// <summary>The server redirected from https to http.</summary>
    InsecureRedirect,

    /// <summary>The name does not resolve, or nothing answers.</summary>
    Unreachable,

    /// <summary>No TLS connection could be made, as with a certificate that is not trusted.</summary>
    NotSecure,

    /// <summary>The server answered with something else than HTTP.</summary>
    InvalidResponse,

    /// <summary>The response ended before it was complete.</summary>
    Truncated,

    /// <summary>The content is not what its encoding says.</summary>
    InvalidEncoding,

    /// <summary>The time for one request was over.</summary>
    TimedOut,

    /// <summary>The application's code for a credential failed.</summary>
    CredentialFailed,
}
