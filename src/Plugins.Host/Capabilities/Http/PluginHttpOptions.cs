using System.Globalization;
using System.Net;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Limits of <c>http.send</c>, for every plugin of a host, and the private hosts it may reach.</summary>
/// <remarks>
/// They hold besides a plugin's own limits on time, capability bytes and host calls. Immutable and safe for use by many
/// threads. docs/http.md has the table.
/// </remarks>
public sealed record PluginHttpOptions
{
    private const int MaximumCount = 1_000_000;
    private const int MaximumBytes = 1 << 30;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromHours(1);

    /// <summary>Characters of a URL.</summary>
    /// <value>8,192.</value>
    public int MaximumUrlLength { get; init; } = 8_192;

    /// <summary>Bytes of a request's content.</summary>
    /// <value>1 MiB.</value>
    public int MaximumRequestBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a response's content, as it is sent and again when it is decompressed.</summary>
    /// <value>4 MiB; a plugin's limit on capability results, 1 MiB by default, holds as well.</value>
    public int MaximumResponseBytes { get; init; } = 4 << 20;

    /// <summary>Header fields of a request, and of a response.</summary>
    /// <value>100.</value>
    public int MaximumHeaders { get; init; } = 100;

    /// <summary>Bytes of all names and values of the headers of a request, and of a response.</summary>
    /// <value>32 KiB.</value>
    public int MaximumHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Redirects that are followed for one request.</summary>
    /// <value>5. With zero, guests get the redirecting response itself.</value>
    public int MaximumRedirects { get; init; } = 5;

    /// <summary>Requests that one call of a plugin may send, each redirect counted.</summary>
    /// <value>50.</value>
    public int MaximumRequestsPerCall { get; init; } = 50;

    /// <summary>Requests of one plugin at the same time; more of them wait.</summary>
    /// <value>32.</value>
    public int MaximumConcurrentRequests { get; init; } = 32;

    /// <summary>Connections to one server, for one plugin and tenant.</summary>
    /// <value>8.</value>
    public int MaximumConnectionsPerServer { get; init; } = 8;

    /// <summary>Time to resolve a name and connect.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one request of a guest, redirects and waiting included.</summary>
    /// <value>30 seconds; the time that the call has left is never exceeded.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True to ask for compressed responses, and to decompress them, for guests that do not ask.</summary>
    /// <value>True.</value>
    public bool Decompress { get; init; } = true;

    /// <summary>Hosts, exact or <c>*.suffix</c>, whose names may resolve to private and loopback addresses.</summary>
    /// <value>Empty: names lead to public addresses only.</value>
    /// <remarks>
    /// It grants nothing. List only names whose zones you control: whoever controls one points it at any machine of
    /// your network.
    /// </remarks>
    public IReadOnlyList<string> PrivateHosts { get; init => field = value is { } hosts ? [.. hosts] : value; } = [];

    /// <summary>Hosts, exact or <c>*.suffix</c>, whose servers are told the trace that a request belongs to.</summary>
    /// <value>Empty: no server is.</value>
    /// <remarks>
    /// They get <c>traceparent</c> and <c>tracestate</c> of the request's span, in place of a guest's own. It grants
    /// nothing. List hosts of your own: others could tell by it which requests belong together.
    /// </remarks>
    public IReadOnlyList<string> TraceContextHosts
    {
        get;
        init => field = value is { } hosts ? [.. hosts] : value;
    } = [];

    /// <summary>Everything that is out of range, with its name after a prefix; empty when all is fine.</summary>
    internal IEnumerable<string> FindFaults(string prefix)
    {
        foreach (var (name, value, minimum, maximum) in Numbers())
        {
            if (value < minimum || value > maximum)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{prefix}{name} is out of range: it must be from {minimum} to {maximum}.");
            }
        }

        foreach (var (name, time) in Times())
        {
            if (time <= TimeSpan.Zero || time > MaximumTime)
            {
                yield return $"{prefix}{name} is out of range: it must be more than 0 and at most an hour.";
            }
        }

        foreach (var fault in FindFaults(prefix + nameof(PrivateHosts), PrivateHosts)
            .Concat(FindFaults(prefix + nameof(TraceContextHosts), TraceContextHosts)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FindFaults(string path, IReadOnlyList<string> hosts) => hosts
        .Select((host, index) => IsHost(host)
            ? null
            : $"{path}:{index} is '{VisibleText.Name(host ?? "")}'; it must be a lowercase host name or '*.suffix'.")
        .OfType<string>();

    /// <summary>The range of a number, for who reads it from a configuration.</summary>
    internal static (int Minimum, int Maximum) RangeOf(string name)
    {
        var entry = new PluginHttpOptions().Numbers().Single(number => number.Name == name);
        return (entry.Minimum, entry.Maximum);
    }

    // The port tells a bare host from a pattern with a scheme, a port or a method of its own.
    private static bool IsHost(string? text) =>
        HostPattern.TryParse($"{text}:1", out var pattern) && pattern.Method is null
        && !IPAddress.TryParse(pattern.Host, out _)
        && text == (pattern.IsWildcard ? "*." : "") + pattern.Host;

    private (string Name, int Value, int Minimum, int Maximum)[] Numbers() =>
    [
        (nameof(MaximumUrlLength), MaximumUrlLength, 1, ushort.MaxValue),
        (nameof(MaximumRequestBytes), MaximumRequestBytes, 0, MaximumBytes),
        (nameof(MaximumResponseBytes), MaximumResponseBytes, 0, MaximumBytes),
        (nameof(MaximumHeaders), MaximumHeaders, 0, 10_000),
        (nameof(MaximumHeaderBytes), MaximumHeaderBytes, 1, 1 << 20),
        (nameof(MaximumRedirects), MaximumRedirects, 0, 50),
        (nameof(MaximumRequestsPerCall), MaximumRequestsPerCall, 1, MaximumCount),
        (nameof(MaximumConcurrentRequests), MaximumConcurrentRequests, 1, MaximumCount),
        (nameof(MaximumConnectionsPerServer), MaximumConnectionsPerServer, 1, MaximumCount),
    ];

    private (string Name, TimeSpan Value)[] Times() =>
        [(nameof(ConnectTimeout), ConnectTimeout), (nameof(RequestTimeout), RequestTimeout)];
}
