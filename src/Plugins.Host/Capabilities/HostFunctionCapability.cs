using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;

namespace Plugins.Host.Capabilities;

/// <summary>A function that the application registered.</summary>
internal sealed class HostFunctionCapability : Capability
{
    private readonly HostFunction _function;

    internal HostFunctionCapability(string name, string permission, HostFunction function)
        : base(name, permission) => _function = function;

    internal override CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result) =>
        _function(call.Context, request, result);
}
