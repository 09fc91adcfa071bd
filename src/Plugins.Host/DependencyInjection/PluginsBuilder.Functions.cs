using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Capabilities;
using Plugins.Host.Payloads;

namespace Plugins.Host.DependencyInjection;

public sealed partial class PluginsBuilder
{
    /// <summary>Offers plugins an asynchronous function over text, with a service of the call's scope.</summary>
    /// <typeparam name="TService">The service; a scoped one is the call's own.</typeparam>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function, where null tells the guest that there is no such item.</param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// Offering a function grants nothing: <see cref="PluginHostOptions.Permissions"/> does. A name that is taken or
    /// has another form is found when the application starts.
    /// </remarks>
    public PluginsBuilder AddFunction<TService>(
        string name,
        Func<TService, PluginCallContext, string, CancellationToken, ValueTask<string?>> function,
        string? permission = null)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        return Configure(options => options.AddFunction(
            name, (context, text, stop) => function(ServiceOf<TService>(context), context, text, stop), permission));
    }

    /// <summary>Offers plugins an asynchronous function over values, with a service of the call's scope.</summary>
    /// <typeparam name="TService">The service; a scoped one is the call's own.</typeparam>
    /// <typeparam name="TRequest">What the guest asks.</typeparam>
    /// <typeparam name="TResult">What it gets.</typeparam>
    /// <param name="name">The name guests import from <c>plugins:host/v1</c>: lowercase words joined by dots.</param>
    /// <param name="function">The function; called on many threads at once, for different calls.</param>
    /// <param name="format">
    /// Reads requests and writes results, such as a <see cref="Payloads.Json.JsonPayloadFormat"/> of a context.
    /// </param>
    /// <param name="permission">The permission the manifest must ask for; null for the function's name.</param>
    /// <inheritdoc cref="AddFunction{TService}" path="/*[self::returns or self::remarks]"/>
    public PluginsBuilder AddFunction<TService, TRequest, TResult>(
        string name,
        Func<TService, PluginCallContext, TRequest, CancellationToken, ValueTask<TResult>> function,
        IPayloadFormat format,
        string? permission = null)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(format);
        return Configure(options => options.AddFunction<TRequest, TResult>(
            name,
            (context, value, stop) => function(ServiceOf<TService>(context), context, value, stop),
            format,
            permission));
    }

    private static TService ServiceOf<TService>(PluginCallContext context)
        where TService : notnull => context.Services.GetRequiredService<TService>();

    private PluginsBuilder Configure(Action<PluginHostOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}
