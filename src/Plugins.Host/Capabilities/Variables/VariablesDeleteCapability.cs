using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Variables;

/// <summary><c>variables.delete</c>: key in; deleting what is not there succeeds.</summary>
internal sealed class VariablesDeleteCapability()
    : VariableCapability("variables.delete", PermissionNames.VariablesWrite)
{
    private protected override CapabilityStatus Invoke(
        CallState call, VariableKey key, ReadOnlySpan<byte> rest, ResultBuffer result)
    {
        var store = call.Definition.Environment.Variables;
        return call.Await(async cancellation =>
        {
            await store.DeleteAsync(key, cancellation).ConfigureAwait(false);
            return CapabilityStatus.Success;
        });
    }
}
