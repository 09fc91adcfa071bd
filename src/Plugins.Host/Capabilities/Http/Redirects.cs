namespace Plugins.Host.Capabilities.Http;

/// <summary>How a request goes on at the place that a response redirects to: RFC 9110, section 15.4.</summary>
internal static class Redirects
{
    /// <summary>True for a status that says to send the request elsewhere.</summary>
    internal static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>True if a redirect would show on the network what was hidden from it.</summary>
    internal static bool IsDowngrade(Uri from, Uri target) =>
        from.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps;

    internal static GuestRequest Follow(GuestRequest request, int status, Uri target)
    {
        // As every browser does for 301 and 302, which the RFC allows.
        var becomesGet = status == 303 ? request.Method is not ("GET" or "HEAD")
            : status is 301 or 302 && request.Method == "POST";
        var headers = IsSameOrigin(request.Address, target)
            ? request.Headers
            : [.. request.Headers.Where(header => HeaderRules.CrossesOrigins(header.Key))];
        return becomesGet
            ? new GuestRequest("GET", target, [.. headers.Where(header => !IsAboutContent(header.Key))], default)
            : request with { Address = target, Headers = headers };
    }

    private static bool IsAboutContent(string header) =>
        HeaderRules.IsOfContent(header) || header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static bool IsSameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && left.IdnHost == right.IdnHost;
}
