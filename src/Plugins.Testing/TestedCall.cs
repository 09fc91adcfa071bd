using System.Text;
using Plugins.Host;
using Plugins.Host.Errors;
using Plugins.Testing.Recording;

namespace Plugins.Testing;

/// <summary>What came of a call: an output or a failure, what it cost, and what the guest did meanwhile.</summary>
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

    /// <summary>What it was given.</summary>
    public ReadOnlyMemory<byte> Input { get; }

    /// <summary>What it wrote.</summary>
    /// <value>Empty when it failed.</value>
    public ReadOnlyMemory<byte> Output { get; internal init; }

    /// <summary>The output as text; what is not UTF-8 is replaced.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>Why it failed.</summary>
    /// <value>Null when it succeeded.</value>
    public PluginException? Failure { get; internal init; }

    /// <summary>What the host says it cost.</summary>
    /// <value>Null when it failed.</value>
    public PluginResult? Result { get; internal init; }

    /// <summary>What the guest logged in this call, in order.</summary>
    public IReadOnlyList<GuestLogEntry> Logs => _scope.Logs;

    /// <summary>The capabilities that the guest called in this call, in order.</summary>
    public IReadOnlyList<CapabilityCall> CapabilityCalls => _scope.CapabilityCalls;
}
