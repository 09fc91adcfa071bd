using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plugins.AspNetCore.Problems;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;

namespace Plugins.AspNetCore.Admin;

/// <summary>The endpoints that administer a catalog.</summary>
internal sealed class PluginAdmin(PluginCatalog catalog)
{
    internal void MapTo(RouteGroupBuilder group)
    {
        group.MapGet("/", (RequestDelegate)ListAsync);
        group.MapGet("/{name}", (RequestDelegate)ShowAsync);
        Map(group, "reload", async (plugin, stop) => await plugin.ReloadAsync(stop).ConfigureAwait(false));
        Map(group, "rollback", async (plugin, stop) => await plugin.RollbackAsync(stop).ConfigureAwait(false));
        Map(group, "promote", async (plugin, stop) => await plugin.PromoteCanaryAsync(stop).ConfigureAwait(false));
        Map(group, "unpin", (plugin, stop) => plugin.UnpinAsync(stop));
        Map(group, "pin", plugin => plugin.Pin());
        Map(group, "disable", plugin => plugin.Disable());
        Map(group, "enable", plugin => plugin.Enable());
        group.MapPost("/{name}/canary", (RequestDelegate)StartCanaryAsync);
    }

    private Task ListAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        catalog.Plugins.OrderBy(plugin => plugin.Name, StringComparer.Ordinal).Select(PluginReport.Of),
        AdminJson.Default.IEnumerablePluginReport,
        cancellationToken: context.RequestAborted);

    private Task ShowAsync(HttpContext context) => Find(context) is { } plugin
        ? WriteAsync(context, plugin)
        : Problem.UnknownPlugin.WriteAsync(context, null);

    private void Map(RouteGroupBuilder group, string action, Action<CatalogPlugin> change) =>
        Map(group, action, (plugin, _) =>
        {
            change(plugin);
            return Task.FromResult<PluginReloadResult?>(null);
        });

    private void Map(
        RouteGroupBuilder group,
        string action,
        Func<CatalogPlugin, CancellationToken, Task<PluginReloadResult?>> change) =>
        group.MapPost($"/{{name}}/{action}", (RequestDelegate)(context => ChangeAsync(context, change)));

    private Task StartCanaryAsync(HttpContext context)
    {
        var isShare = double.TryParse(
            context.Request.Query["share"], NumberStyles.Float, CultureInfo.InvariantCulture, out var share);
        return isShare && share is > 0 and <= 1
            ? ChangeAsync(context, async (plugin, stop) =>
                await plugin.StartCanaryAsync(share, stop).ConfigureAwait(false))
            : Problem.Share.WriteAsync(context, null);
    }

    private async Task ChangeAsync(
        HttpContext context, Func<CatalogPlugin, CancellationToken, Task<PluginReloadResult?>> change)
    {
        if (IsOfAnotherSite(context))
        {
            await Problem.OtherSite.WriteAsync(context, null).ConfigureAwait(false);
        }
        else if (Find(context) is not { } plugin)
        {
            await Problem.UnknownPlugin.WriteAsync(context, null).ConfigureAwait(false);
        }
        else if (ProblemOf(await change(plugin, context.RequestAborted).ConfigureAwait(false)) is { } problem)
        {
            await problem.WriteAsync(context, plugin.Name).ConfigureAwait(false);
        }
        else
        {
            await WriteAsync(context, plugin).ConfigureAwait(false);
        }
    }

    private static Problem? ProblemOf(PluginReloadResult? result) => result switch
    {
        { Outcome: PluginReloadOutcome.NothingBefore } => Problem.NothingBefore,
        { Outcome: PluginReloadOutcome.Stopped } => Problem.Stopping,
        { Failure: PluginException failure } => Problem.OfCode(failure.Code).For(failure),
        { Failure: { } failure } => Problem.Refused.For(failure),
        _ => null,
    };

    // Cookies go along with what another site's page sends, unless they are told not to.
    private static bool IsOfAnotherSite(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"] is [var site] && site is not ("same-origin" or "none");

    private CatalogPlugin? Find(HttpContext context) =>
        context.Request.RouteValues["name"] is string name && catalog.TryGet(name, out var plugin) ? plugin : null;

    private static Task WriteAsync(HttpContext context, CatalogPlugin plugin) => context.Response.WriteAsJsonAsync(
        PluginReport.Of(plugin), AdminJson.Default.PluginReport, cancellationToken: context.RequestAborted);
}
