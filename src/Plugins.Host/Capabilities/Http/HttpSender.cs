using System.Net;
using System.Net.Http;
using Plugins.Host.Capabilities.Http.Tracing;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Sends guests' requests: looks at each, and at each place that a server redirects it to.</summary>
/// <remarks>One for each host; for many threads.</remarks>
internal sealed class HttpSender
{
    private readonly PluginHttpOptions _options;
    private readonly HttpCredential[] _credentials;
    private readonly GuestRequestReader _reader;
    private readonly AddressPolicy _policy;
    private readonly TraceContext _traceContext;
    private readonly Func<string, Task<IPAddress[]>>? _resolve;
    private readonly HttpMessageHandler? _handler;

    /// <param name="options">The limits.</param>
    /// <param name="credentials">What the host adds to requests; of one header, the last that fits.</param>
    /// <param name="granted">What the application grants, whose addresses may be private.</param>
    /// <param name="resolve">Finds the addresses of a name; null for the system's way.</param>
    /// <param name="handler">Answers in place of the network; null for the network.</param>
    internal HttpSender(
        PluginHttpOptions options,
        IEnumerable<HttpCredential> credentials,
        PermissionScope granted,
        Func<string, Task<IPAddress[]>>? resolve = null,
        HttpMessageHandler? handler = null)
    {
        _options = options;
        _credentials = [.. credentials];
        _reader = new GuestRequestReader(options);
        _handler = handler;
        _policy = new AddressPolicy(granted, options.PrivateHosts);
        _traceContext = new TraceContext(options.TraceContextHosts);
        _resolve = resolve;
    }

    /// <summary>A place for a plugin's connections, for whoever loads the plugin to dispose.</summary>
    internal HttpTransportPool CreateTransports() => new(
        _options, new Connector(_policy, new HostResolver(_resolve), _options.ConnectTimeout), _handler);

    /// <summary>Sends one request, and those that it is redirected to.</summary>
    /// <param name="message">The guest's message; not in guest memory, as that may change or go.</param>
    /// <param name="call">The call that sends it.</param>
    /// <param name="cancellation">Cancelled when the call is over.</param>
    /// <exception cref="HttpSendException">It was refused, or failed.</exception>
    /// <exception cref="OperationCanceledException">The call is over.</exception>
    internal async ValueTask<GuestResponse> SendAsync(
        ReadOnlyMemory<byte> message, HttpCall call, CancellationToken cancellation)
    {
        var request = _reader.Read(message);
        RequireGranted(request, call, redirects: 0);
        call.Stopping = cancellation;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.RequestTimeout);
        try
        {
            await call.Transports.EnterAsync(patience.Token).ConfigureAwait(false);
            try
            {
                return await SendAllAsync(request, call, patience.Token).ConfigureAwait(false);
            }
            finally
            {
                call.Transports.Leave();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpSendException(HttpFailureKind.TimedOut) { Origin = request.Origin };
        }
    }

    private async ValueTask<GuestResponse> SendAllAsync(
        GuestRequest request, HttpCall call, CancellationToken cancellation)
    {
        var transport = call.Transports.Rent(call.Tenant);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                var (response, next) = await SendOnceAsync(request, call, transport, redirects, cancellation)
                    .ConfigureAwait(false);
                if (next is null)
                {
                    return response!; // One of the two is there.
                }

                request = next;
            }
        }
        finally
        {
            call.Transports.Return(transport);
        }
    }

    private async ValueTask<(GuestResponse? Response, GuestRequest? Next)> SendOnceAsync(
        GuestRequest request, HttpCall call, HttpTransport transport, int redirects, CancellationToken cancellation)
    {
        RequireGranted(request, call, redirects);
        using var observation = HttpObservation.Begin(call, request, redirects);
        try
        {
            return await ExchangeAsync(request, call, transport, redirects, observation, cancellation)
                .ConfigureAwait(false);
        }
        catch (HttpSendException failure)
        {
            observation?.Fail(HttpSendException.NameOf(failure.Kind));
            throw;
        }
        catch (OperationCanceledException)
        {
            observation?.Fail(call.Stopping.IsCancellationRequested
                ? "cancelled"
                : HttpSendException.NameOf(HttpFailureKind.TimedOut));
            throw;
        }
    }

    private async ValueTask<(GuestResponse? Response, GuestRequest? Next)> ExchangeAsync(
        GuestRequest request,
        HttpCall call,
        HttpTransport transport,
        int redirects,
        HttpObservation? observation,
        CancellationToken cancellation)
    {
        try
        {
            if (++call.Requests > _options.MaximumRequestsPerCall)
            {
                throw new HttpSendException(
                    HttpFailureKind.TooManyRequests, $"at most {_options.MaximumRequestsPerCall}");
            }

            using var outgoing = OutgoingRequest.Create(request, _options.Decompress);
            await AddCredentialsAsync(outgoing, request, call, cancellation).ConfigureAwait(false);
            _traceContext.AddTo(outgoing, request.Address, observation?.Activity);
            using var response = await transport.SendAsync(outgoing, cancellation).ConfigureAwait(false);
            observation?.Answer((int)response.StatusCode);
            return NextOf(request, response, redirects) is { } next
                ? (null, next)
                : (await ReadAsync(request, response, call, cancellation).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (Explain(exception, cancellation) is { } known)
        {
            throw At(request, known);
        }
    }

    private static HttpSendException At(GuestRequest request, HttpSendException failure)
    {
        failure.Origin ??= request.Origin;
        return failure;
    }

    private static void RequireGranted(GuestRequest request, HttpCall call, int redirects)
    {
        if (!call.Scope.CoversRequest(request.Method, request.Address))
        {
            using var observation = HttpObservation.Begin(call, request, redirects);
            observation?.Fail(HttpSendException.NameOf(HttpFailureKind.OutOfScope));
            throw new HttpSendException(HttpFailureKind.OutOfScope, $"the permission does not cover {request.Method}")
            {
                Origin = request.Origin,
            };
        }
    }

    private async ValueTask AddCredentialsAsync(
        HttpRequestMessage outgoing, GuestRequest request, HttpCall call, CancellationToken cancellation)
    {
        foreach (var credential in _credentials)
        {
            if (!credential.Destination.Covers(request.Method, request.Address))
            {
                continue;
            }

            // The header is the host's here, even if there is no value for this plugin.
            OutgoingRequest.Remove(outgoing, credential.Header);
            var value = await credential.GetValueAsync(
                new HttpCredentialRequest(
                    call.Plugin, call.IsSigned, call.Tenant, call.CallId, request.Method, request.Address),
                cancellation).ConfigureAwait(false);
            if (value is not null)
            {
                outgoing.Headers.TryAddWithoutValidation(credential.Header, value);
            }
        }
    }

    private GuestRequest? NextOf(GuestRequest request, HttpResponseMessage response, int redirects)
    {
        var status = (int)response.StatusCode;
        if (_options.MaximumRedirects == 0 || !Redirects.IsRedirect(status)
            || !response.Headers.NonValidated.TryGetValues("Location", out var locations) || locations.Count != 1
            || _reader.ReadLocation(request.Address, locations.ToString()) is not { } target)
        {
            return null;
        }

        if (Redirects.IsDowngrade(request.Address, target))
        {
            throw new HttpSendException(HttpFailureKind.InsecureRedirect);
        }

        return redirects < _options.MaximumRedirects
            ? Redirects.Follow(request, status, target)
            : throw new HttpSendException(
                HttpFailureKind.TooManyRedirects, $"at most {_options.MaximumRedirects}");
    }

    private ValueTask<GuestResponse> ReadAsync(
        GuestRequest request, HttpResponseMessage response, HttpCall call, CancellationToken cancellation)
    {
        var limit = Math.Min(_options.MaximumResponseBytes, call.ResultBytes);
        var decompress = _options.Decompress && OutgoingRequest.LeavesCodingToHost(request);
        return GuestResponseReader.ReadAsync(response, _options, limit, decompress, cancellation);
    }

    /// <summary>What failed, or null where the request was stopped, or this host is at fault.</summary>
    private static HttpSendException? Explain(Exception exception, CancellationToken cancellation) => exception switch
    {
        _ when cancellation.IsCancellationRequested => null,
        OperationCanceledException => new HttpSendException(HttpFailureKind.Unreachable, "connecting took too long"),
        _ => HttpSendException.Of(exception),
    };
}
