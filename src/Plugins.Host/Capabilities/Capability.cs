using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;

namespace Plugins.Host.Capabilities;

/// <summary>Something of the host that guests may import from <c>plugins:host/v1</c>.</summary>
/// <remarks>One object serves all calls of all plugins, on many threads.</remarks>
internal abstract class Capability
{
    private protected Capability(string name, string? permission, bool isPure = false)
    {
        Name = name;
        Permission = permission;
        IsPure = isPure;
    }

    internal string Name { get; }

    /// <summary>The permission that the manifest must ask for, or null where none is needed.</summary>
    internal string? Permission { get; }

    /// <summary>True if it gives every call of a plugin the same answer.</summary>
    internal bool IsPure { get; }

    /// <summary>True if an answer may take time without work; asynchronous calls then have a guest thread.</summary>
    internal virtual bool MayWait(HostEnvironment environment) => false;

    /// <summary>Answers one request. The request lies in guest memory and is gone when this returns.</summary>
    internal abstract CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result);
}
