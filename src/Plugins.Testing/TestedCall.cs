using System.Text;
using Plugins.Host;
using Plugins.Host.Errors;
using Plugins.Testing.Recording;

namespace Plugins.Testing;

/// <summary>The outcome of a call: its output or failure, its cost, and what the guest did during it.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. Each <c>Should</c> gives the call back, or throws
/// <see cref="PluginAssertionException"/>, which every test framework shows.
/// </remarks>
public sealed partial class TestedCall
{
    private readonly Plugin _plugin;
    private readonly CallScope _scope;

    internal TestedCall(Plugin plugin, string function, ReadOnlyMemory<byte> input, CallScope scope)
    {
        _plugin = plugin;
        _scope = scope;
        Function = function;
        Input = input;
    }

    /// <summary>The function that was called.</summary>
    public string Function { get; }

    /// <summary>The input.</summary>
    public ReadOnlyMemory<byte> Input { get; }

    /// <summary>The output.</summary>
    /// <value>Empty when it failed.</value>
    public ReadOnlyMemory<byte> Output { get; internal init; }

    /// <summary>The output as text; bytes that are not UTF-8 are replaced.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>The failure.</summary>
    /// <value>Null when it succeeded.</value>
    public PluginException? Failure { get; internal init; }

    /// <summary>The host's result, with fuel and time.</summary>
    /// <value>Null when it failed.</value>
    public PluginResult? Result { get; internal init; }

    /// <summary>The guest's log entries of this call, in order.</summary>
    public IReadOnlyList<GuestLogEntry> Logs => _scope.Logs;

    /// <summary>The guest's calls of capabilities in this call, in order.</summary>
    public IReadOnlyList<CapabilityCall> CapabilityCalls => _scope.CapabilityCalls;
}
