using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Plugins.Host.Catalog;

public sealed partial class CatalogPlugin
{
    /// <inheritdoc cref="PluginCaller.Call(string, Stream, Stream, PluginCallOptions?, CancellationToken)"/>
    public PluginResult Call(
        string function,
        Stream input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.Call(function, input, output, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.Call(
    /// string, Stream, PluginCallOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public PluginResult Call(
        string function,
        Stream input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.Call(function, input, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.Call(
    /// string, ReadOnlySpan{byte}, Stream, PluginCallOptions?, CancellationToken)"/>
    public PluginResult Call(
        string function,
        ReadOnlySpan<byte> input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var use = new VersionUse(Deployment.Acquire(options));
        return use.Plugin.Call(function, input, output, options, cancellationToken);
    }

    /// <inheritdoc cref="PluginCaller.CallAsync(string, Stream, Stream, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult> CallAsync(
        string function,
        Stream input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, output, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallAsync(
    /// string, Stream, PluginCallOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PluginResult> CallAsync(
        string function,
        Stream input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallAsync(
    /// string, ReadOnlyMemory{byte}, Stream, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, output, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallAsync(
    /// string, PipeReader, PipeWriter, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult> CallAsync(
        string function,
        PipeReader input,
        PipeWriter output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, output, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallAsync(
    /// string, PipeReader, PluginCallOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<PluginResult> CallAsync(
        string function,
        PipeReader input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, options, cancellationToken), options);

    /// <inheritdoc cref="PluginCaller.CallAsync(
    /// string, ReadOnlyMemory{byte}, PipeWriter, PluginCallOptions?, CancellationToken)"/>
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        PipeWriter output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        UseAsync(plugin => plugin.CallAsync(function, input, output, options, cancellationToken), options);
}
