using System.Buffers;
using System.Collections.Frozen;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Which header fields guests may send and get.</summary>
internal static class HeaderRules
{
    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // How the message is framed and forwarded, and what its method is: the host's business, and the means of smuggling.
    private static readonly FrozenSet<string> OfHost = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Connection", "Keep-Alive", "Upgrade", "Expect",
        "HTTP2-Settings", "Proxy", "Forwarded", "Via", "X-Real-IP", "X-HTTP-Method", "X-HTTP-Method-Override",
        "X-Method-Override");

    private static readonly string[] OfHostPrefixes = ["Proxy-", "X-Forwarded-", "Sec-"];

    // RFC 9110, section 7.6.1, and Trailer, as no trailers are passed on.
    private static readonly FrozenSet<string> HopByHop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    // What describes content or what is wanted. Anything else may be a secret of the first server.
    private static readonly FrozenSet<string> AcrossOrigins = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Encoding",
        "Content-Language", "Content-Type", "Pragma", "Range", "User-Agent");

    // RFC 9110, section 8.3 and later: System.Net.Http keeps them with the content.
    private static readonly FrozenSet<string> OfContent = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified");

    internal static bool IsName(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Visible ASCII with spaces and tabs between: no line ends, nor what encodings make such.</summary>
    internal static bool IsValue(string value) =>
        value.All(character => character is (>= ' ' and <= '~') or '\t')
        && value.AsSpan().Trim(" \t").Length == value.Length;

    /// <summary>True for one that only the host sets.</summary>
    internal static bool IsOfHost(string name)
    {
        var written = Canonical(name);
        return OfHost.Contains(written)
            || OfHostPrefixes.Any(prefix => written.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    internal static bool IsOfContent(string name) => OfContent.Contains(name);

    /// <summary>True if a header survives a redirect to another origin.</summary>
    internal static bool CrossesOrigins(string name) => AcrossOrigins.Contains(name);

    /// <summary>True if a response's header is about the connection, and not for the guest.</summary>
    internal static bool IsHopByHop(string name) =>
        HopByHop.Contains(name) || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if servers may take one for the other: gateways often write <c>_</c> for <c>-</c>.</summary>
    internal static bool AreSame(string left, string right) =>
        Canonical(left).Equals(Canonical(right), StringComparison.OrdinalIgnoreCase);

    private static string Canonical(string name) => name.Replace('_', '-');
}
