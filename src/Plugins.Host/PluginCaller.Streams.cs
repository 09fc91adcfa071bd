using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Errors;

namespace Plugins.Host;

public abstract partial class PluginCaller
{
    /// <summary>Calls a function that reads one stream and writes another, as it goes.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">
    /// Read as the guest reads, within <see cref="Limits.PluginLimits.StreamedInputBytes"/>; not disposed.
    /// </param>
    /// <param name="output">
    /// Written to as the guest writes, within <see cref="Limits.PluginLimits.StreamedOutputBytes"/>; not disposed.
    /// </param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginStreamException">A stream failed.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// The guest is not told the length of the input. What it wrote before a failure stays written. A stream that
    /// blocks is not interrupted; <see cref="CallAsync(string, Stream, Stream, PluginCallOptions?,
    /// CancellationToken)"/> is.
    /// </remarks>
    public PluginResult Call(
        string function,
        Stream input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return Observe(new CallRequest
        {
            Function = function,
            Source = input,
            Sink = output,
            Options = options,
            Cancellation = cancellationToken,
        });
    }

    /// <summary>Calls a function that reads a stream, and returns what it wrote.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">Read as the guest reads; not disposed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The output, and the cost of the call.</returns>
    /// <exception cref="PluginStreamException">The stream failed.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// The guest is not told the length of the input. A stream that blocks is not interrupted; see
    /// <see cref="CallAsync(string, Stream, PluginCallOptions?, CancellationToken)"/>.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public PluginResult Call(
        string function,
        Stream input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Observe(new CallRequest
        {
            Function = function, Source = input, Options = options, Cancellation = cancellationToken,
        });
    }

    /// <summary>Calls a function with bytes that writes a stream, as it goes.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="output">Written to as the guest writes; not disposed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginStreamException">The stream failed.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// What the guest wrote before a failure stays written. A stream that blocks is not interrupted; see
    /// <see cref="CallAsync(string, ReadOnlyMemory{byte}, Stream, PluginCallOptions?, CancellationToken)"/>.
    /// </remarks>
    public PluginResult Call(
        string function,
        ReadOnlySpan<byte> input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Observe(new CallRequest
        {
            Function = function, Input = input, Sink = output, Options = options, Cancellation = cancellationToken,
        });
    }

    /// <summary>
    /// Calls a function on another thread that reads one stream and writes another, as it goes.
    /// </summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">Read as the guest reads; not disposed.</param>
    /// <param name="output">Written to as the guest writes; not disposed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginStreamException">A stream failed.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// The streams are used by their asynchronous methods, whose token is cancelled when the call is stopped. The guest
    /// is not told the length of the input. What it wrote before a failure stays written.
    /// </remarks>
    public Task<PluginResult> CallAsync(
        string function,
        Stream input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var call = new DeferredCall(function, default, options) { Source = input, Sink = output };
        return ObserveAsync(call, cancellationToken);
    }

    /// <summary>Calls a function on another thread that reads a stream, and returns what it wrote.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">Read as the guest reads; not disposed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The output, and the cost of the call.</returns>
    /// <exception cref="PluginStreamException">The stream failed.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// The stream is read by its asynchronous method, whose token is cancelled when the call is stopped. The guest is
    /// not told the length of the input.
    /// </remarks>
    [OverloadResolutionPriority(1)]
    public Task<PluginResult> CallAsync(
        string function,
        Stream input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ObserveAsync(new DeferredCall(function, default, options) { Source = input }, cancellationToken);
    }

    /// <summary>Calls a function with bytes on another thread that writes a stream, as it goes.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="output">Written to as the guest writes; not disposed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginStreamException">The stream failed.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// The stream is written to by its asynchronous method, whose token is cancelled when the call is stopped. What the
    /// guest wrote before a failure stays written. The memory must not change until the call has ended.
    /// </remarks>
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        Stream output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return ObserveAsync(new DeferredCall(function, input, options) { Sink = output }, cancellationToken);
    }

    /// <summary>Calls a function on another thread that reads one pipe and writes another, as it goes.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">Read as the guest reads; not completed.</param>
    /// <param name="output">Written to as the guest writes; not completed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginStreamException">
    /// A pipe failed, its pending operation was cancelled, or the output is read no more.
    /// </exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// The guest waits while the pipe of the output is full, that is, holds more than its
    /// <see cref="PipeOptions.PauseWriterThreshold"/>; at most 64 KiB are written past that. Everything is flushed.
    /// The guest is not told the length of the input. What it wrote before a failure stays written. A pipe and a
    /// stream go together by <see cref="PipeReader.AsStream"/> and <see cref="PipeWriter.AsStream"/>.
    /// </remarks>
    public Task<PluginResult> CallAsync(
        string function,
        PipeReader input,
        PipeWriter output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return CallAsync(
            function, input.AsStream(leaveOpen: true), new PipeSink(output), options, cancellationToken);
    }

    /// <summary>Calls a function on another thread that reads a pipe, and returns what it wrote.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">Read as the guest reads; not completed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The output, and the cost of the call.</returns>
    /// <exception cref="PluginStreamException">The pipe failed, or its pending read was cancelled.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>The guest is not told the length of the input.</remarks>
    [OverloadResolutionPriority(1)]
    public Task<PluginResult> CallAsync(
        string function,
        PipeReader input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CallAsync(function, input.AsStream(leaveOpen: true), options, cancellationToken);
    }

    /// <summary>Calls a function with bytes on another thread that writes a pipe, as it goes.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The input, within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="output">Written to as the guest writes; not completed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The cost of the call; its output is empty.</returns>
    /// <exception cref="PluginStreamException">
    /// The pipe failed, its pending flush was cancelled, or it is read no more.
    /// </exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    /// <remarks>
    /// As for <see cref="CallAsync(string, PipeReader, PipeWriter, PluginCallOptions?, CancellationToken)"/>. To have
    /// the output written only once the call has succeeded, pass the pipe as an
    /// <see cref="System.Buffers.IBufferWriter{T}"/>. The memory must not change until the call has ended.
    /// </remarks>
    public Task<PluginResult> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        PipeWriter output,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return CallAsync(function, input, new PipeSink(output), options, cancellationToken);
    }
}
