using Plugins.Host.Abi;
using Plugins.Host.Calls;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Variables;

/// <summary><c>variables.delete</c>: key in; deleting what is not there succeeds.</summary>
internal sealed class VariablesDeleteCapability()
    : VariableCapability("variables.delete", PermissionNames.VariablesWrite)
{
    private protected override CapabilityStatus Invoke(
        CallState call, VariableKey key, ReadOnlySpan<byte> rest, ResultBuffer result)
    {
        var deletion = call.Definition.Environment.Variables.DeleteAsync(key, call.Cancellation);
        if (!deletion.IsCompletedSuccessfully)
        {
            deletion.AsTask().GetAwaiter().GetResult();
        }

        return CapabilityStatus.Success;
    }
}
