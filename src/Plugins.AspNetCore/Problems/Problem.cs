using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Errors;
using Plugins.Manifest.Text;

namespace Plugins.AspNetCore.Problems;

/// <summary>An answer that says what went wrong (RFC 9457), with a type that programs can rely on.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The last part of the type's URN.</param>
/// <param name="Title">What is wrong, in words that are the same each time.</param>
internal sealed record Problem(int Status, string Type, string Title)
{
    internal const string MediaType = "application/problem+json";
    internal const string TypePrefix = "urn:plugins:error:";

    /// <summary>What the guest says of it, made harmless; null where that is not shown.</summary>
    internal string? Detail { get; init; }

    /// <summary>Seconds after which it may be different.</summary>
    internal int? RetryAfter { get; init; }

    internal static Problem UnknownPlugin { get; } =
        new(StatusCodes.Status404NotFound, "unknown-plugin", "There is no such plugin.");

    internal static Problem UnknownFunction { get; } =
        new(StatusCodes.Status404NotFound, "unknown-function", "The plugin has no such function.");

    internal static Problem InputMediaType { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "input-media-type", "The plugin does not take this media type.");

    internal static Problem OutputMediaType { get; } = new(
        StatusCodes.Status502BadGateway, "output-media-type", "The plugin's output has no media type that is allowed.");

    internal static Problem TooLong { get; } = OfCode(PluginErrorCode.InputLimit);

    internal static Problem BadRequest { get; } =
        new(StatusCodes.Status400BadRequest, "bad-request", "The request could not be read.");

    internal static Problem OtherSite { get; } =
        new(StatusCodes.Status403Forbidden, "other-site", "Another site's page may not change plugins.");

    internal static Problem Share { get; } =
        new(StatusCodes.Status400BadRequest, "share", "The share is a number above 0 and up to 1.");

    internal static Problem NothingBefore { get; } =
        new(StatusCodes.Status409Conflict, "nothing-before", "There is nothing to go back or forward to.");

    internal static Problem Refused { get; } =
        new(StatusCodes.Status422UnprocessableEntity, "refused", "The version was refused.");

    internal static Problem Stopping { get; } = OfCode(PluginErrorCode.Unavailable);

    /// <summary>All that calls may end with, by their status.</summary>
    internal static ILookup<int, Problem> OfCalls { get; } = Enum.GetValues<PluginErrorCode>()
        .Where(code => code >= PluginErrorCode.Trap)
        .Select(code => OfCode(code))
        .Concat([UnknownFunction, InputMediaType, OutputMediaType, BadRequest])
        .ToLookup(problem => problem.Status);

    internal static Problem Of(PluginException exception, bool showsGuestMessage) => OfCode(
        exception.Code, RetryAfterOf(exception)) with
    {
        Detail = showsGuestMessage && exception.GuestMessage is { } message
            ? VisibleText.Escape(message, VisibleText.MaximumMessageLength)
            : null,
    };

    /// <summary>For administrators: with the reason.</summary>
    internal Problem For(Exception failure) =>
        this with { Detail = VisibleText.Escape(failure.Message, VisibleText.MaximumMessageLength) };

    /// <summary>The answer to each code; docs/aspnet.md has the same table.</summary>
    /// <param name="code">What failed.</param>
    /// <param name="wait">When it may be different, where that is known.</param>
    internal static Problem OfCode(PluginErrorCode code, TimeSpan? wait = null)
    {
        var (status, title) = code switch
        {
            PluginErrorCode.Tenant => (StatusCodes.Status403Forbidden, "The plugin does not serve this tenant."),
            PluginErrorCode.InputLimit => (StatusCodes.Status413PayloadTooLarge, "The input is too long."),
            PluginErrorCode.Guest => (StatusCodes.Status422UnprocessableEntity, "The plugin refused the input."),
            PluginErrorCode.InputStream => (StatusCodes.Status400BadRequest, "The input could not be read."),
            PluginErrorCode.InstanceLimit or PluginErrorCode.GuestThreadLimit
                or PluginErrorCode.AbandonedOperationLimit or PluginErrorCode.MemoryBudget =>
                (StatusCodes.Status503ServiceUnavailable, "The plugin is busy."),
            PluginErrorCode.ConcurrencyLimit or PluginErrorCode.QueueLimit
                or PluginErrorCode.FuelRateLimit or PluginErrorCode.CallRateLimit =>
                (StatusCodes.Status429TooManyRequests, "There are too many calls."),
            PluginErrorCode.CircuitOpen => (StatusCodes.Status503ServiceUnavailable, "The plugin keeps failing."),
            PluginErrorCode.Unavailable => (StatusCodes.Status503ServiceUnavailable, "The plugin cannot be called."),
            PluginErrorCode.TimeLimit => (StatusCodes.Status504GatewayTimeout, "The plugin took too long."),
            < PluginErrorCode.Trap => (StatusCodes.Status422UnprocessableEntity, "The plugin was refused."),
            _ => (StatusCodes.Status502BadGateway, "The plugin failed."),
        };
        var isTemporary = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
        return new Problem(status, TypeOf(code), title) { RetryAfter = isTemporary ? SecondsOf(wait) : null };
    }

    /// <summary>Writes it, by the application's own service for problem details where there is one.</summary>
    internal async Task WriteAsync(HttpContext context, string? plugin)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.Clear();
        response.StatusCode = Status;
        response.Headers.RetryAfter = RetryAfter?.ToString(CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status413PayloadTooLarge && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // Servers close the connection rather than read what is left of the body: clients must not reuse it.
            response.Headers.Connection = "close";
        }

        var details = new ProblemDetails { Type = TypePrefix + Type, Title = Title, Status = Status, Detail = Detail };
        if (plugin is not null)
        {
            details.Extensions["plugin"] = plugin;
        }

        var written = new ProblemDetailsContext { HttpContext = context, ProblemDetails = details };
        var service = context.RequestServices.GetService<IProblemDetailsService>();
        if (service is null || !await service.TryWriteAsync(written).ConfigureAwait(false))
        {
            response.ContentType = MediaType;
            await response.BodyWriter.WriteAsync(Serialize(details, plugin, context), context.RequestAborted)
                .ConfigureAwait(false);
        }
    }

    private static TimeSpan? RetryAfterOf(PluginException exception) => exception switch
    {
        PluginQuotaException quota => quota.RetryAfter,
        PluginCircuitException circuit => circuit.RetryAfter,
        _ => null,
    };

    private static int SecondsOf(TimeSpan? wait) =>
        (int)Math.Clamp(Math.Ceiling(wait?.TotalSeconds ?? 1), 1, int.MaxValue);

    private static string TypeOf(PluginErrorCode code) => string.Concat(code.ToString().Select((letter, index) =>
        char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static byte[] Serialize(ProblemDetails details, string? plugin, HttpContext context)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", details.Type);
            json.WriteString("title", details.Title);
            json.WriteNumber("status", details.Status ?? 0);
            WriteWhereKnown(json, "detail", details.Detail);
            WriteWhereKnown(json, "plugin", plugin);
            json.WriteString("traceId", Activity.Current?.Id ?? context.TraceIdentifier);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteWhereKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
