using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Catalog;

public sealed partial class CatalogPlugin
{
    /// <inheritdoc cref="PluginCaller.Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(2)]
    public PluginResult Call(
        string function,
        ReadOnlySpan<byte> input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.Call(function, input, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.Call(
    /// string, ReadOnlySpan{byte}, IBufferWriter{byte}, PluginCallOptions?, CancellationToken)"/>
    public PluginResult Call(
        string function,
        ReadOnlySpan<byte> input,
        IBufferWriter<byte> output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.Call(function, input, output, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.CallText"/>
    public PluginResult<string> CallText(
        string function,
        string input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.CallText(function, input, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.CallJson"/>
    public PluginResult<TResult?> CallJson<TInput, TResult>(
        string function,
        TInput input,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TResult> resultType,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.CallJson(function, input, inputType, resultType, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.Call{TInput, TResult}(
    /// string, TInput, PluginCallOptions?, CancellationToken)"/>
    public PluginResult<TResult> Call<TInput, TResult>(
        string function,
        TInput input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.Call<TInput, TResult>(function, input, options, cancellationToken);
    }

    /// <inheritdoc
    /// cref="PluginCaller.CallAsync(string, ReadOnlyMemory{byte}, PluginCallOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(2)]
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallAsync(
    /// string, ReadOnlyMemory{byte}, IBufferWriter{byte}, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        IBufferWriter<byte> output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, output, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallTextAsync"/>
    public Task<PluginResult<string>> CallTextAsync(
        string function,
        string input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallTextAsync(function, input, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallJsonAsync"/>
    public Task<PluginResult<TResult?>> CallJsonAsync<TInput, TResult>(
        string function,
        TInput input,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TResult> resultType,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(
            plugin => plugin.CallJsonAsync(function, input, inputType, resultType, options, cancellationToken),
            options);

    /// <inheritdoc cref="PluginCaller.CallAsync{TInput, TResult}(
    /// string, TInput, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult<TResult>> CallAsync<TInput, TResult>(
        string function,
        TInput input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync<TInput, TResult>(function, input, options, cancellationToken), options);

    internal async Task<T> UseAsync<T>(Func<Plugin, Task<T>> call, PluginCallOptions? options)
    {
        var version = await Deployment.AcquireAsync(options, CancellationToken.None).ConfigureAwait(false);
        using var use = new VersionUse(version);
        return await call(use.Plugin).ConfigureAwait(false);
    }
}
