using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Errors;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Reading;

namespace Plugins.Host;

public abstract partial class PluginCaller
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Calls a function with text, and returns the text it wrote; UTF-8 both ways.</summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The text, whose UTF-8 is within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The text of the output, and the cost of the call.</returns>
    /// <exception cref="PluginOutputException">The output is not UTF-8.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    public PluginResult<string> CallText(
        string function,
        string input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return DecodeText(function, Call(function, Encoding.UTF8.GetBytes(input), options, cancellationToken));
    }

    /// <summary>
    /// Calls a function with text on another thread, and returns the text it wrote; UTF-8 both ways.
    /// </summary>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The text, whose UTF-8 is within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is.</param>
    /// <returns>The text of the output, and the cost of the call.</returns>
    /// <exception cref="PluginOutputException">The output is not UTF-8.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    public async Task<PluginResult<string>> CallTextAsync(
        string function,
        string input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var bytes = Encoding.UTF8.GetBytes(input);
        var result = await CallAsync(function, bytes, options, cancellationToken).ConfigureAwait(false);
        return DecodeText(function, result);
    }

    /// <summary>Calls a function with a value as JSON, and reads the JSON it wrote.</summary>
    /// <typeparam name="TInput">The type of the input.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The value, whose JSON is within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="inputType">Describes how the input is written.</param>
    /// <param name="resultType">Describes how the output is read; its options are not changed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is, and the reading of its output.</param>
    /// <returns>The value of the output, which is null for the JSON <c>null</c>, and the cost of the call.</returns>
    /// <remarks>
    /// Pass the types from a source-generated <c>JsonSerializerContext</c>; nothing is found by reflection.
    /// Exceptions from writing the input reach the caller unchanged, before the guest runs.
    /// </remarks>
    /// <exception cref="PluginOutputException">The output is not JSON of the result's type.</exception>
    /// <exception cref="Payloads.UnsafePayloadTypeException">The result's type cannot be read safely.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    public PluginResult<TResult?> CallJson<TInput, TResult>(
        string function,
        TInput input,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TResult> resultType,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(input, inputType);
        var result = Call(function, bytes, options, cancellationToken);
        return DecodeJson(function, result, resultType, options, cancellationToken);
    }

    /// <summary>Calls a function with a value as JSON on another thread, and reads the JSON it wrote.</summary>
    /// <typeparam name="TInput">The type of the input.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="function">The function's name; the manifest lists it.</param>
    /// <param name="input">The value, whose JSON is within <see cref="Limits.PluginLimits.InputBytes"/>.</param>
    /// <param name="inputType">Describes how the input is written.</param>
    /// <param name="resultType">Describes how the output is read; its options are not changed.</param>
    /// <param name="options">Tenant, context and lower limits for this call; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, wherever the guest is, and the reading of its output.</param>
    /// <returns>The value of the output, which is null for the JSON <c>null</c>, and the cost of the call.</returns>
    /// <remarks>
    /// Pass the types from a source-generated <c>JsonSerializerContext</c>; nothing is found by reflection.
    /// Exceptions from writing the input reach the caller unchanged, before the guest runs.
    /// </remarks>
    /// <exception cref="PluginOutputException">The output is not JSON of the result's type.</exception>
    /// <exception cref="Payloads.UnsafePayloadTypeException">The result's type cannot be read safely.</exception>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?, CancellationToken)" path="/exception"/>
    public async Task<PluginResult<TResult?>> CallJsonAsync<TInput, TResult>(
        string function,
        TInput input,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TResult> resultType,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(input, inputType);
        var result = await CallAsync(function, bytes, options, cancellationToken).ConfigureAwait(false);
        return DecodeJson(function, result, resultType, options, cancellationToken);
    }

    private PluginResult<string> DecodeText(string function, in PluginResult result)
    {
        try
        {
            return result.With(StrictUtf8.GetString(result.Output.Span));
        }
        catch (DecoderFallbackException exception)
        {
            throw new PluginOutputException(Site(function, result), "UTF-8 text", exception);
        }
    }

    private PluginResult<T?> DecodeJson<T>(
        string function,
        in PluginResult result,
        JsonTypeInfo<T> type,
        PluginCallOptions? options,
        CancellationToken cancellation)
    {
        var reading = new OutputReading(
            Definition, Site(function, result), options ?? DefaultOptions, result, cancellation);
        try
        {
            return reading.Read(
                result,
                result.Output,
                document => PayloadJson.Read(document, type));
        }
        catch (Exception exception) when (IsUnreadable(exception, cancellation))
        {
            throw new PluginOutputException(Site(function, result), $"the JSON of a {typeof(T).Name}", exception);
        }
    }
}
