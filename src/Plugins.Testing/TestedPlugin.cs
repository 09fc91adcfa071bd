using System.Text;
using Plugins.Host;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Errors;
using Plugins.Testing.Recording;

namespace Plugins.Testing;

/// <summary>A plugin loaded for a test; its calls return results and failures alike.</summary>
/// <remarks>Safe for use by many threads. The test host that loaded it disposes it.</remarks>
public sealed class TestedPlugin
{
    private readonly Recorder _recorder;
    private readonly PluginTestHost _host;

    internal TestedPlugin(Plugin plugin, Recorder recorder, PluginTestHost host, bool isInProcess)
    {
        Plugin = plugin;
        IsInProcess = isInProcess;
        _recorder = recorder;
        _host = host;
    }

    /// <summary>The loaded plugin itself, for typed calls and sessions.</summary>
    /// <remarks>What is done through it is recorded in the test host only.</remarks>
    public Plugin Plugin { get; }

    /// <summary>True when it runs in the test's process, where limits on fuel, memory and stack do not hold.</summary>
    public bool IsInProcess { get; }

    /// <summary>The current variables, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Variables => _host.Variables.Of(Plugin.Id);

    /// <summary>The current text of a variable; null when there is none.</summary>
    public string? VariableText(string name) =>
        Variables.TryGetValue(name, out var value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>Sets a variable.</summary>
    public void SetVariable(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var owner = VariableKey.OwnerOf(Plugin.Id, Plugin.IsSigned);
        _host.Variables.Set(new VariableKey(null, owner, name), Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Calls a function with bytes.</summary>
    /// <returns>The result or the failure.</returns>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public TestedCall Call(string function, ReadOnlySpan<byte> input, PluginCallOptions? options = null)
    {
        var bytes = input.ToArray();
        var outer = _recorder.Scope;
        var scope = Begin(options);
        try
        {
            var result = Plugin.Call(function, bytes, options);
            return new TestedCall(Plugin, function, bytes, scope) { Output = result.Output, Result = result };
        }
        catch (PluginException failure)
        {
            return new TestedCall(Plugin, function, bytes, scope) { Failure = failure };
        }
        finally
        {
            _recorder.Scope = outer;
        }
    }

    /// <summary>Calls a function with text, which is passed as UTF-8.</summary>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?)"/>
    public TestedCall Call(string function, string input = "", PluginCallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Call(function, Encoding.UTF8.GetBytes(input), options);
    }

    /// <summary>Calls a function on a pool thread, as concurrent calls do.</summary>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?)"/>
    public async Task<TestedCall> CallAsync(
        string function,
        ReadOnlyMemory<byte> input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var scope = Begin(options);
        try
        {
            var result = await Plugin.CallAsync(function, input, options, cancellationToken).ConfigureAwait(false);
            return new TestedCall(Plugin, function, input, scope) { Output = result.Output, Result = result };
        }
        catch (PluginException failure)
        {
            return new TestedCall(Plugin, function, input, scope) { Failure = failure };
        }
    }

    /// <summary>
    /// Calls a function with a stream of unknown length as its input, in uneven pieces as from a network.
    /// </summary>
    /// <inheritdoc cref="Call(string, ReadOnlySpan{byte}, PluginCallOptions?)"/>
    public async Task<TestedCall> CallStreamedAsync(
        string function,
        ReadOnlyMemory<byte> input,
        PluginCallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var source = new TricklingStream(input);
        using var sink = new MemoryStream();
        var scope = Begin(options);
        try
        {
            var result = await Plugin.CallAsync(function, source, sink, options, cancellationToken)
                .ConfigureAwait(false);
            return new TestedCall(Plugin, function, input, scope) { Output = sink.ToArray(), Result = result };
        }
        catch (PluginException failure)
        {
            return new TestedCall(Plugin, function, input, scope) { Failure = failure };
        }
    }

    private CallScope Begin(PluginCallOptions? options)
    {
        var limit = Plugin.Limits.WallTime;
        if (options?.WallTime is { } less && less < limit)
        {
            limit = less;
        }

        var scope = new CallScope(_host.Clock.GetTimestamp() + limit.Ticks);
        _recorder.Scope = scope;
        return scope;
    }
}
