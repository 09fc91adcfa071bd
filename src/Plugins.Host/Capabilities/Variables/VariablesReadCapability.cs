using System.Buffers;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Variables;

/// <summary><c>variables.read</c>: key in, value out.</summary>
internal sealed class VariablesReadCapability() : VariableCapability("variables.read", PermissionNames.VariablesRead)
{
    private protected override CapabilityStatus Invoke(
        CallState call, VariableKey key, ReadOnlySpan<byte> rest, ResultBuffer result)
    {
        var store = call.Definition.Environment.Variables;
        if (call.Await(cancellation => store.ReadAsync(key, cancellation)) is not { } value)
        {
            return CapabilityStatus.NotFound;
        }

        result.Write(value);
        return CapabilityStatus.Success;
    }
}
