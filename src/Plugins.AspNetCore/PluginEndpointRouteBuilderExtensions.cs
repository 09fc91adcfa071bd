using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plugins.AspNetCore.Admin;
using Plugins.AspNetCore.OpenApi;
using Plugins.AspNetCore.Problems;
using Plugins.Host.Catalog;

namespace Plugins.AspNetCore;

/// <summary>Maps endpoints that plugins answer, and those that administer them.</summary>
/// <remarks>For one thread, while the application is set up.</remarks>
public static class PluginEndpointRouteBuilderExtensions
{
    /// <summary>Answers POST requests by a function of a plugin: body in, output out.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The route's pattern.</param>
    /// <param name="plugin">The plugin's name in the catalog.</param>
    /// <param name="function">The function; the manifest lists it.</param>
    /// <param name="options">The defaults where null.</param>
    /// <returns>A builder for authorization, rate limits and other conventions.</returns>
    /// <remarks>
    /// Failures are answered with problem details; docs/aspnet.md lists each with its status. A client that leaves
    /// stops the call. OpenAPI documents (<c>AddOpenApi</c>) have the media types and schemas of the manifest.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The catalog has no plugin of that name.</exception>
    public static IEndpointConventionBuilder MapPlugin(
        this IEndpointRouteBuilder endpoints,
        string pattern,
        string plugin,
        string function,
        PluginEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrEmpty(plugin);
        ArgumentException.ThrowIfNullOrEmpty(function);
        var catalog = endpoints.ServiceProvider.GetRequiredService<PluginCatalog>();
        if (!catalog.TryGet(plugin, out var called))
        {
            throw new InvalidOperationException($"There is no plugin '{plugin}'; AddPlugin adds one.");
        }

        var endpoint = new PluginEndpoint(called, function, options ?? PluginEndpointOptions.Default);
        RequestDelegate answer = endpoint.AnswerAsync;
        return endpoints.MapPost(pattern, answer)
            .WithDisplayName($"{pattern} => {plugin} {function}")
            .WithTags(plugin)
            // Without a method, nothing describes the endpoint.
            .WithMetadata(answer.Method)
            .WithMetadata(new ProducesResponseTypeMetadata(
                StatusCodes.Status200OK, typeof(byte[]), [.. endpoint.MediaTypes]))
            .WithMetadata(
            [
                .. Problem.OfCalls.Select(problems => new ProducesResponseTypeMetadata(
                    problems.Key, typeof(ProblemDetails), [Problem.MediaType])),
            ])
            .AddOpenApiOperationTransformer(new PluginOperation(called, function).DescribeAsync);
    }

    /// <summary>Maps endpoints that list, reload, roll back, pin and disable plugins.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="prefix">The path that they begin with.</param>
    /// <param name="policy">The authorization policy that their callers must satisfy.</param>
    /// <returns>The group, for further conventions.</returns>
    /// <remarks>docs/aspnet.md lists them. Requests that a browser sends for another site change nothing.</remarks>
    /// <exception cref="InvalidOperationException">
    /// The application has no authorization services, or no such policy.
    /// </exception>
    public static RouteGroupBuilder MapPluginAdmin(
        this IEndpointRouteBuilder endpoints, string prefix, string policy)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentException.ThrowIfNullOrEmpty(policy);
        var policies = endpoints.ServiceProvider.GetService<IAuthorizationPolicyProvider>()
            ?? throw new InvalidOperationException("Plugins are administered by nobody without AddAuthorization.");
        if (policies.GetPolicyAsync(policy).GetAwaiter().GetResult() is null)
        {
            throw new InvalidOperationException($"There is no authorization policy '{policy}'.");
        }

        var group = endpoints.MapGroup(prefix).RequireAuthorization(policy);
        new PluginAdmin(endpoints.ServiceProvider.GetRequiredService<PluginCatalog>()).MapTo(group);
        return group;
    }
}
