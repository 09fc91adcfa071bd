using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Host.Payloads;
using Plugins.Host.Reading;

namespace Plugins.Host;

public abstract partial class PluginCaller
{
    /// <summary>Calls a function with a value and reads its result, in the formats that its manifest states.</summary>
    /// <typeparam name="TInput">A type that a format of <see cref="PluginHostOptions.Payloads"/> knows.</typeparam>
    /// <typeparam name="TResult">A type that a format of <see cref="PluginHostOptions.Payloads"/> knows.</typeparam>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The value; written, it is within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is, and the reading of its output.</param>
    /// <returns>The value of the output, and the cost of the call.</returns>
    /// <remarks>
    /// The function's media types in the manifest choose among <see cref="PluginHostOptions.Payloads"/>.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// The manifest states no media type for the input or the output, or one that no format accepts.
    /// </exception>
    /// <exception cref="PayloadException">The input cannot be written, or a type is unknown or unsafe.</exception>
    /// <exception cref="PluginOutputException">The output is not a document of the result's type.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    public PluginResult<TResult> Call<TInput, TResult>(
        string function,
        TInput input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Call<TInput, TResult>(function, input, null, null, options, cancellationToken);

    /// <summary>Calls a function in formats of the caller's choice; null for those of the manifest.</summary>
    internal PluginResult<TResult> Call<TInput, TResult>(
        string function,
        TInput input,
        IPayloadFormat? inputFormat,
        IPayloadFormat? resultFormat,
        PluginCallOptions? options,
        CancellationToken cancellationToken)
    {
        var entry = Find(function);
        resultFormat = Known<TResult>(entry, resultFormat);
        using var bytes = Write(entry, inputFormat, input);
        using var output = new PayloadBuffer();
        var result = Call(function, bytes.WrittenSpan, output, options, cancellationToken);
        return Read<TResult>(function, resultFormat, result, output.WrittenMemory, options, cancellationToken);
    }

    /// <summary>
    /// Calls a function with a value on another thread and reads its result, in its manifest's formats.
    /// </summary>
    /// <typeparam name="TInput">A type that a format of <see cref="PluginHostOptions.Payloads"/> knows.</typeparam>
    /// <typeparam name="TResult">A type that a format of <see cref="PluginHostOptions.Payloads"/> knows.</typeparam>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The value; written, it is within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is, and the reading of its output.</param>
    /// <returns>The value of the output, and the cost of the call.</returns>
    /// <remarks>
    /// The function's media types in the manifest choose among <see cref="PluginHostOptions.Payloads"/>. The input
    /// is written before this method returns.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// The manifest states no media type for the input or the output, or one that no format accepts.
    /// </exception>
    /// <exception cref="PayloadException">The input cannot be written, or a type is unknown or unsafe.</exception>
    /// <exception cref="PluginOutputException">The output is not a document of the result's type.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    public Task<PluginResult<TResult>> CallAsync<TInput, TResult>(
        string function,
        TInput input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CallAsync<TInput, TResult>(function, input, null, null, options, cancellationToken);

    /// <inheritdoc cref="Call{TInput, TResult}(
    /// string, TInput, IPayloadFormat?, IPayloadFormat?, PluginCallOptions?, CancellationToken)"/>
    internal async Task<PluginResult<TResult>> CallAsync<TInput, TResult>(
        string function,
        TInput input,
        IPayloadFormat? inputFormat,
        IPayloadFormat? resultFormat,
        PluginCallOptions? options,
        CancellationToken cancellationToken)
    {
        var entry = Find(function);
        resultFormat = Known<TResult>(entry, resultFormat);
        using var bytes = Write(entry, inputFormat, input);
        using var output = new PayloadBuffer();
        var result = await CallAsync(function, bytes.WrittenMemory, output, options, cancellationToken)
            .ConfigureAwait(false);
        return Read<TResult>(function, resultFormat, result, output.WrittenMemory, options, cancellationToken);
    }

    /// <summary>Fails before the guest runs where its output could not be read.</summary>
    private IPayloadFormat Known<T>(FunctionEntry entry, IPayloadFormat? format)
    {
        format ??= entry.OutputFormat(Definition.Environment.Payloads);
        format.EnsureKnown<T>();
        return format;
    }

    private PayloadBuffer Write<T>(FunctionEntry entry, IPayloadFormat? format, T input)
    {
        var bytes = new PayloadBuffer();
        try
        {
            (format ?? entry.InputFormat(Definition.Environment.Payloads)).Write(bytes, input);
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private PluginResult<T> Read<T>(
        string function,
        IPayloadFormat format,
        in PluginResult result,
        ReadOnlyMemory<byte> output,
        PluginCallOptions? options,
        CancellationToken cancellation)
    {
        var reading = new OutputReading(
            Definition, Site(function, result), options ?? DefaultOptions, result, cancellation);
        try
        {
            return reading.Read(result, output, format.Read<T>);
        }
        catch (Exception exception) when (IsUnreadable(exception, cancellation))
        {
            throw new PluginOutputException(
                Site(function, result), $"the {format.Name} of a {typeof(T).Name}", exception);
        }
    }

    // Converters and constructors are the application's, and may refuse what a guest wrote with any exception. Not so
    // the end of the call's time, and types that could be read from no document.
    private static bool IsUnreadable(Exception exception, CancellationToken cancellation) =>
        exception is not (PluginTimeException or UnsafePayloadTypeException or UnknownPayloadTypeException)
        && !(exception is OperationCanceledException && cancellation.IsCancellationRequested);
}
