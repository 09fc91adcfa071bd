using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Variables;

/// <summary><c>variables.write</c>: u32 key length, key, value.</summary>
internal sealed class VariablesWriteCapability() : VariableCapability("variables.write", PermissionNames.VariablesWrite)
{
    private protected override bool HasValue => true;

    private protected override CapabilityStatus Invoke(
        CallState call, VariableKey key, ReadOnlySpan<byte> rest, ResultBuffer result)
    {
        var store = call.Definition.Environment.Variables;
        var value = rest.ToArray();
        return Translate(call.Await(cancellation => store.WriteAsync(key, value, cancellation)));
    }
}
