using System.ComponentModel;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;
using Plugins.Host.Payloads;

namespace Plugins.Host.Clients;

/// <summary>What generated clients call a plugin through, of a catalog or loaded by itself.</summary>
/// <remarks>Only for generated code. Safe for use by many threads, as far as the plugin is; it owns nothing.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PluginClient
{
    private readonly CatalogPlugin? _named;
    private readonly PluginCaller? _plugin;

    /// <summary>Calls a plugin of a catalog: each call goes to the version that serves when it begins.</summary>
    /// <param name="plugin">The plugin; not disposed.</param>
    public PluginClient(CatalogPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _named = plugin;
    }

    /// <summary>Calls a plugin or a session.</summary>
    /// <param name="plugin">The plugin; not disposed.</param>
    public PluginClient(PluginCaller plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _plugin = plugin;
    }

    /// <summary>Calls a function with a value and reads its result.</summary>
    /// <typeparam name="TInput">A type that the input's format knows.</typeparam>
    /// <typeparam name="TResult">A type that the result's format knows.</typeparam>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The value.</param>
    /// <param name="inputFormat">Writes the value; null for the host's format for what the manifest states.</param>
    /// <param name="resultFormat">Reads the result; null for the host's format for what the manifest states.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, and the reading of its output.</param>
    /// <returns>The value of the output, and the cost of the call.</returns>
    /// <exception cref="PluginException">The plugin failed, or no version of it can be called.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public PluginResult<TResult> Call<TInput, TResult>(
        string function,
        TInput input,
        IPayloadFormat? inputFormat,
        IPayloadFormat? resultFormat,
        PluginCallOptions? options,
        CancellationToken cancellationToken)
    {
        if (_plugin is not null)
        {
            return _plugin.Call<TInput, TResult>(
                function, input, inputFormat, resultFormat, options, cancellationToken);
        }

        using var lease = _named!.Lease(options);
        return lease.Plugin.Call<TInput, TResult>(
            function, input, inputFormat, resultFormat, options, cancellationToken);
    }

    /// <summary>Calls a function with a value on another thread and reads its result.</summary>
    /// <inheritdoc cref="Call{TInput, TResult}"/>
    public Task<PluginResult<TResult>> CallAsync<TInput, TResult>(
        string function,
        TInput input,
        IPayloadFormat? inputFormat,
        IPayloadFormat? resultFormat,
        PluginCallOptions? options,
        CancellationToken cancellationToken)
    {
        Task<PluginResult<TResult>> Run(PluginCaller plugin) => plugin.CallAsync<TInput, TResult>(
            function, input, inputFormat, resultFormat, options, cancellationToken);
        return _plugin is not null ? Run(_plugin) : _named!.UseAsync(Run, options);
    }

    /// <summary>Calls a function that reads one stream and writes another, as it goes.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">Read to its end; not disposed.</param>
    /// <param name="output">Written to as the guest writes; not disposed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginException">The plugin or a stream failed, or no version can be called.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public PluginResult Call(
        string function,
        Stream input,
        Stream output,
        PluginCallOptions? options,
        CancellationToken cancellationToken) => _plugin is not null
            ? _plugin.Call(function, input, output, options, cancellationToken)
            : _named!.Call(function, input, output, options, cancellationToken);

    /// <summary>Calls a function on another thread that reads one stream and writes another, as it goes.</summary>
    /// <inheritdoc cref="Call(string, Stream, Stream, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult> CallAsync(
        string function,
        Stream input,
        Stream output,
        PluginCallOptions? options,
        CancellationToken cancellationToken) => _plugin is not null
            ? _plugin.CallAsync(function, input, output, options, cancellationToken)
            : _named!.CallAsync(function, input, output, options, cancellationToken);
}
