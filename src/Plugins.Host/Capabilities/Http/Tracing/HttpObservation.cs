using System.Diagnostics;
using System.Globalization;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Http.Tracing;

/// <summary>What is told of one request, as OpenTelemetry's conventions for HTTP clients have it.</summary>
/// <remarks>
/// A redirect is a request of its own. What a guest chooses is in spans alone, and of a URL only its origin: metrics
/// have a series for each value, so that they name the destination as it was granted.
/// </remarks>
internal sealed class HttpObservation : IDisposable
{
    private const string Other = "_OTHER";

    private readonly HttpInstruments _instruments;
    private readonly Activity? _activity;
    private TagList _tags;
    private readonly TimeSpan _began;
    private int? _status;
    private string? _error;

    private HttpObservation(HttpInstruments instruments, HttpCall call, GuestRequest request, int resends)
    {
        _instruments = instruments;
        var method = IsKnown(request.Method) ? request.Method : Other;
        var scheme = request.Address.Scheme;
        _tags = new TagList
        {
            { "http.request.method", method }, { "plugin.id", call.Plugin.ToString() }, { "url.scheme", scheme },
        };
        AddDestination(call.Scope, request);
        _activity = instruments.Source.StartActivity(method == Other ? "HTTP" : method, ActivityKind.Client);
        _activity?.SetTag("http.request.method", method);
        _activity?.SetTag("plugin.id", call.Plugin.ToString());
        _activity?.SetTag("url.scheme", scheme);
        _activity?.SetTag("server.address", request.Address.IdnHost);
        _activity?.SetTag("server.port", request.Address.Port);
        if (method == Other)
        {
            _activity?.SetTag("http.request.method_original", request.Method);
        }

        if (resends > 0)
        {
            _activity?.SetTag("http.request.resend_count", resends);
        }

        _began = instruments.Now();
    }

    /// <summary>The request's span, where anybody wants it.</summary>
    internal Activity? Activity => _activity;

    /// <summary>Null where nobody listens.</summary>
    /// <param name="call">The call that sends it.</param>
    /// <param name="request">The request.</param>
    /// <param name="resends">Redirects that led to it.</param>
    internal static HttpObservation? Begin(HttpCall call, GuestRequest request, int resends) =>
        call.Instruments is { AreWanted: true } instruments
            ? new HttpObservation(instruments, call, request, resends)
            : null;

    /// <summary>The server has answered; its content may still fail.</summary>
    internal void Answer(int status)
    {
        _status = status;
        _activity?.SetTag("http.response.status_code", status);
        _error = status >= 400 ? status.ToString(CultureInfo.InvariantCulture) : null;
    }

    internal void Fail(string error) => _error = error;

    /// <summary>Ends it, before the span does, so that the measurement refers to that.</summary>
    public void Dispose()
    {
        var tags = _tags;
        if (_status is { } status)
        {
            tags.Add("http.response.status_code", status);
        }

        if (_error is not null)
        {
            tags.Add("error.type", _error);
            _activity?.SetTag("error.type", _error);
            _activity?.SetStatus(ActivityStatusCode.Error);
        }

        _instruments.Duration.Record(Math.Max((_instruments.Now() - _began).TotalSeconds, 0), tags);
        _activity?.Dispose();
    }

    private void AddDestination(PermissionScope scope, GuestRequest request)
    {
        foreach (var item in scope.Items)
        {
            if (HostPattern.TryParse(item, out var pattern) && pattern.Covers(request.Method, request.Address))
            {
                _tags.Add("server.address", pattern.IsWildcard ? $"*.{pattern.Host}" : pattern.Host);
                _tags.Add("server.port", pattern.Port);
                return;
            }
        }

        _tags.Add("server.address", Other);
    }

    private static bool IsKnown(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS";
}
