using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Plugins.Manifest.Permissions;

/// <summary>Requests that <c>http.send</c> may make: <c>[METHOD ][http://|https://]host[:port]</c>.</summary>
/// <remarks>
/// Every method is covered unless one is written. The scheme is https unless written; the port is the scheme's unless
/// written. The host is a lowercase DNS name, a canonical IP address (IPv6 in brackets), or <c>*.suffix</c>, which
/// covers every name below the suffix but not the suffix. An address is covered by that very address alone. Immutable
/// and safe for use by many threads.
/// </remarks>
public sealed record HostPattern
{
    /// <summary>Maximum length of a pattern, in characters.</summary>
    public const int MaxLength = 280;

    /// <summary>Maximum length of a method, in characters.</summary>
    public const int MaxMethodLength = 20;

    internal const string Form =
        "'[METHOD ][scheme://]host[:port]' with a lowercase host, an address or '*.suffix'";

    private HostPattern(string? method, bool secure, bool wildcard, string host, int port)
    {
        Method = method;
        IsSecure = secure;
        IsWildcard = wildcard;
        Host = host;
        Port = port;
    }

    /// <summary>The one method that it covers, in capitals.</summary>
    /// <value>Null: every method.</value>
    public string? Method { get; }

    /// <summary>True for https, false for http.</summary>
    public bool IsSecure { get; }

    /// <summary>True if it covers the names below <see cref="Host"/> but not that name itself.</summary>
    public bool IsWildcard { get; }

    /// <summary>The name, or the address (IPv6 in brackets); for a wildcard the part after <c>*.</c>.</summary>
    public string Host { get; }

    /// <summary>The port, whether it was written or is the scheme's.</summary>
    public int Port { get; }

    /// <summary>Reads a pattern if the text is one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="pattern">The pattern when the text is one.</param>
    /// <returns>True if the text has the form of a host pattern.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out HostPattern? pattern)
    {
        pattern = null;
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        if (!TrySplitMethod(text, out var method, out var origin))
        {
            return false;
        }

        var secure = !origin.StartsWith("http://", StringComparison.Ordinal);
        if (!TrySplitPort(origin[SchemeLength(origin)..], out var host, out var port))
        {
            return false;
        }

        var wildcard = host.StartsWith("*.", StringComparison.Ordinal);
        var name = wildcard ? host[2..] : host;
        if (!IsDnsName(name) && (wildcard || !IsCanonicalAddress(name)))
        {
            return false;
        }

        pattern = new HostPattern(method, secure, wildcard, name.ToString(), port ?? (secure ? 443 : 80));
        return true;
    }

    /// <summary>True if a request is within the pattern.</summary>
    /// <param name="method">The request's method, which is compared exactly.</param>
    /// <param name="address">An absolute address.</param>
    /// <returns>True if method, scheme, host and port fit; never for one with user information.</returns>
    public bool Covers(string method, Uri address)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(address);
        if (!CoversMethod(method) || !address.IsAbsoluteUri || address.UserInfo.Length > 0 || address.Port != Port)
        {
            return false;
        }

        return address.Scheme == (IsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)
            && CoversHost(HostOf(address), wildcard: false);
    }

    /// <summary>The pattern in full, with the port unless it is the scheme's.</summary>
    /// <returns>A text that reads back as the same pattern.</returns>
    public override string ToString()
    {
        var port = Port == (IsSecure ? 443 : 80) ? "" : string.Create(CultureInfo.InvariantCulture, $":{Port}");
        var method = Method is null ? "" : Method + " ";
        return $"{method}{(IsSecure ? "" : "http://")}{(IsWildcard ? "*." : "")}{Host}{port}";
    }

    internal bool Covers(HostPattern other) =>
        CoversMethod(other.Method) && IsSecure == other.IsSecure && Port == other.Port
        && CoversHost(other.Host, other.IsWildcard);

    /// <summary>What both cover, or null where that is nothing.</summary>
    /// <remarks>
    /// Methods are nested or disjoint, and so are hosts, but one pattern may have the inner method and the other the
    /// inner host.
    /// </remarks>
    internal HostPattern? Intersect(HostPattern other)
    {
        var inner = other.CoversHost(Host, IsWildcard) ? this : other;
        var method = Method ?? other.Method;
        var result = new HostPattern(method, inner.IsSecure, inner.IsWildcard, inner.Host, inner.Port);
        return Covers(result) && other.Covers(result) ? result : null;
    }

    private bool CoversMethod(string? method) => Method is null || method == Method;

    private bool CoversHost(string host, bool wildcard)
    {
        if (!IsWildcard || (wildcard && host == Host))
        {
            return wildcard == IsWildcard && host == Host;
        }

        return host.Length > Host.Length + 1
            && host.EndsWith(Host, StringComparison.Ordinal)
            && host[^(Host.Length + 1)] == '.';
    }

    // Uri gives IPv6 without brackets in IdnHost, and the pattern writes them.
    private static string HostOf(Uri address) =>
        address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;

    // Capitals and '-', as all registered methods; RFC 9110, section 16.1.1 has the registry.
    private static bool TrySplitMethod(string text, out string? method, out ReadOnlySpan<char> origin)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        method = space < 0 ? null : text[..space];
        origin = text.AsSpan(space + 1);
        return method is null
            || (method.Length is > 0 and <= MaxMethodLength && char.IsAsciiLetterUpper(method[0])
                && method.All(character => char.IsAsciiLetterUpper(character) || character == '-'));
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("https://", StringComparison.Ordinal))
        {
            return "https://".Length;
        }

        return text.StartsWith("http://", StringComparison.Ordinal) ? "http://".Length : 0;
    }

    private static bool TrySplitPort(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out int? port)
    {
        port = null;
        host = text;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || (text.Length > 0 && text[^1] == ']'))
        {
            return true;
        }

        host = text[..colon];
        var digits = text[(colon + 1)..];
        var valid = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 65535
            && digits[0] != '0';
        port = number;
        return valid;
    }

    private static bool IsCanonicalAddress(ReadOnlySpan<char> text)
    {
        var bracketed = text.Length > 2 && text[0] == '[' && text[^1] == ']';
        var literal = bracketed ? text[1..^1] : text;
        return IPAddress.TryParse(literal, out var address)
            && address.ToString().AsSpan().SequenceEqual(literal)
            && bracketed == literal.Contains(':')
            && !literal.Contains('%');
    }

    // RFC 1123 2.1; a last label of digits or 0x… is left out because URL parsers take it for an IPv4 address.
    private static bool IsDnsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        var last = name;
        foreach (var range in name.Split('.'))
        {
            last = name[range];
            if (!IsLabel(last))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(last[0]) || (last.ContainsAnyExceptInRange('0', '9') && !last.StartsWith("0x"));
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var character in label)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }
}
