using System.Diagnostics.CodeAnalysis;

namespace Plugins.Pdk.Runtime;

/// <summary>The imports of guest ABI v1 (docs/abi.md), with spans for pointers and lengths.</summary>
/// <remarks>
/// As WebAssembly a plugin gets the real imports. Elsewhere a test enters a runtime of its own on the thread that calls
/// the plugin. Used by one thread at a time; whoever made it disposes it, if it needs that.
/// </remarks>
public abstract class PluginRuntime
{
    [ThreadStatic]
    private static PluginRuntime? s_entered;

    /// <summary>The runtime that serves this thread.</summary>
    /// <exception cref="NoPluginRuntimeException">This is not WebAssembly, and no runtime was entered.</exception>
    public static PluginRuntime Current => OperatingSystem.IsWasi()
        ? ImportedRuntime.Instance
        : s_entered ?? throw new NoPluginRuntimeException();

    /// <summary>Counts the calls, so that a reply knows whether it is still the host's last result.</summary>
    internal int CapabilityCalls { get; private set; }

    /// <summary>Makes a runtime current on this thread until the scope is disposed.</summary>
    /// <remarks>Scopes nest; without effect as WebAssembly.</remarks>
    public static RuntimeScope Enter(PluginRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        var scope = new RuntimeScope(s_entered);
        s_entered = runtime;
        return scope;
    }

    /// <summary>The length of the input in bytes, or -1 for a stream of unknown length.</summary>
    public abstract int InputLength();

    /// <summary>Copies the next bytes of the input and returns their number, 0 at the end.</summary>
    public abstract int InputRead(Span<byte> destination);

    /// <summary>Appends to the output.</summary>
    public abstract void OutputWrite(ReadOnlySpan<byte> source);

    /// <summary>Appends to the message of a failure.</summary>
    public abstract void ErrorWrite(ReadOnlySpan<byte> source);

    /// <summary>The length in bytes of the last capability's result or failure message.</summary>
    public abstract int ResultLength();

    /// <summary>Copies the next bytes of the result and returns their number, 0 at the end.</summary>
    public abstract int ResultRead(Span<byte> destination);

    /// <summary>Writes a log entry.</summary>
    /// <param name="level">0 trace to 5 critical.</param>
    /// <param name="text">UTF-8.</param>
    public abstract void Log(int level, ReadOnlySpan<byte> text);

    /// <summary>Calls a capability and returns 0 or the status of its failure.</summary>
    /// <remarks>As WebAssembly each capability is an import of its own, and this is not called.</remarks>
    public abstract int Call(string capability, ReadOnlySpan<byte> request);

    /// <summary>Ends the guest at once, as the instruction <c>unreachable</c> does.</summary>
    [DoesNotReturn]
    public abstract void Trap();

    /// <summary>True for an exception by which this runtime ends the guest.</summary>
    /// <remarks>
    /// Such an exception leaves the plugin function as it is. Code of the plugin may still catch it; a runtime to which
    /// that matters remembers it and throws it again after the call.
    /// </remarks>
    public virtual bool Ends(Exception exception) => false;

    internal static void Leave(PluginRuntime? outer) => s_entered = outer;

    internal int CountCapabilityCall() => CapabilityCalls = unchecked(CapabilityCalls + 1);
}
