using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Plugins.AspNetCore.Problems;
using Plugins.Host;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;
using Plugins.Manifest;

namespace Plugins.AspNetCore;

/// <summary>Answers requests by one function of a plugin.</summary>
internal sealed class PluginEndpoint
{
    private const string Bytes = "application/octet-stream";

    // What a guest wrote is data: should a browser show it as a page after all, nothing of it runs or loads.
    private const string ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private readonly CatalogPlugin _plugin;
    private readonly string _function;
    private readonly PluginEndpointOptions _options;

    internal PluginEndpoint(CatalogPlugin plugin, string function, PluginEndpointOptions options)
    {
        _plugin = plugin;
        _function = function;
        _options = options;
        MediaTypes = options.AllowedMediaTypes.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    internal IReadOnlySet<string> MediaTypes { get; }

    internal async Task AnswerAsync(HttpContext context)
    {
        var problem = await TryAnswerAsync(context).ConfigureAwait(false);
        if (problem is not null)
        {
            await problem.WriteAsync(context, _plugin.Name).ConfigureAwait(false);
        }
    }

    private async Task<Problem?> TryAnswerAsync(HttpContext context)
    {
        try
        {
            var call = new PluginCallOptions
            {
                CallId = context.TraceIdentifier, Services = context.RequestServices, PrefersCallingThread = true,
            };
            call = _options.ConfigureCall?.Invoke(context, call) ?? call;

            // One version for all of the request: its limits, its media types, its call.
            using var lease = await _plugin.LeaseAsync(call, context.RequestAborted).ConfigureAwait(false);
            return await TryAnswerAsync(context, lease.Plugin, call).ConfigureAwait(false);
        }
        catch (PluginStreamException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (PluginStreamException exception) when (exception.InnerException is BadHttpRequestException request)
        {
            return ProblemOf(request);
        }
        catch (PluginException exception)
        {
            return Problem.Of(exception, _options.ShowGuestMessages);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            return null;
        }
        catch (BadHttpRequestException exception)
        {
            return ProblemOf(exception);
        }
        catch (ObjectDisposedException)
        {
            return Problem.Stopping;
        }
    }

    private async Task<Problem?> TryAnswerAsync(HttpContext context, Plugin plugin, PluginCallOptions call)
    {
        if (plugin.Functions.FirstOrDefault(function => function.Name == _function) is not { } function)
        {
            return Problem.UnknownFunction;
        }

        if (!Accepts(function, context.Request.ContentType))
        {
            return Problem.InputMediaType;
        }

        var mediaType = function.OutputMediaType ?? Bytes;
        if (!MediaTypes.Contains(MediaTypeOf(mediaType)))
        {
            return Problem.OutputMediaType;
        }

        var limit = _options.Streams ? plugin.Limits.StreamedInputBytes : plugin.Limits.InputBytes;
        LimitBody(context, limit);
        if (context.Request.ContentLength > limit)
        {
            return Problem.TooLong;
        }

        if (_options.Streams)
        {
            await StreamAsync(context, plugin, call, mediaType).ConfigureAwait(false);
            return null;
        }

        var result = await CallAsync(context, plugin, call, limit).ConfigureAwait(false);
        if (result is not { Output: var output })
        {
            return Problem.TooLong;
        }

        var response = context.Response;
        Head(response, mediaType);
        response.ContentLength = output.Length;
        await response.Body.WriteAsync(output, context.RequestAborted).ConfigureAwait(false);
        return null;
    }

    /// <summary>Calls with the body as it comes; the first byte that the guest writes begins the answer.</summary>
    private Task<PluginResult> StreamAsync(
        HttpContext context, Plugin plugin, PluginCallOptions call, string mediaType)
    {
        var response = context.Response;
        Head(response, mediaType);

        // Pieces go to the client as they come, and not when some middleware has enough of them.
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return plugin.CallAsync(
            _function, context.Request.BodyReader, response.BodyWriter, call, context.RequestAborted);
    }

    private static void Head(HttpResponse response, string mediaType)
    {
        response.ContentType = mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !mediaType.Contains(';', StringComparison.Ordinal) ? mediaType + "; charset=utf-8" : mediaType;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
    }

    /// <summary>Reads the body, in place where it came in one piece, and calls; null if it is too long.</summary>
    private async Task<PluginResult?> CallAsync(
        HttpContext context, Plugin plugin, PluginCallOptions call, long limit)
    {
        var body = context.Request.BodyReader;
        var read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        while (!read.IsCompleted && read.Buffer.Length <= limit)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        }

        try
        {
            if (read.Buffer.Length > limit)
            {
                return null;
            }

            var input = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
            return await plugin.CallAsync(_function, input, call, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            body.AdvanceTo(read.Buffer.End);
        }
    }

    private static Problem ProblemOf(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.TooLong : Problem.BadRequest;

    // The server then refuses a longer body before it reads it; not all servers have a limit.
    private static void LimitBody(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit;
        }
    }

    private static bool Accepts(ExportedFunction function, string? contentType) =>
        function.InputMediaType is not { } expected
        || (contentType is not null && MediaTypeOf(contentType).Equals(
            MediaTypeOf(expected), StringComparison.OrdinalIgnoreCase));

    // Without parameters such as a charset; the empty string where it is none.
    private static string MediaTypeOf(string text) =>
        MediaTypeHeaderValue.TryParse(text, out var parsed) ? parsed.MediaType.Value ?? "" : "";
}
