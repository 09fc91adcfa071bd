using System.Buffers;
using System.Text;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;

namespace Plugins.Host.Capabilities;

/// <summary><c>config.read</c>: the value of a setting that the manifest lists.</summary>
internal sealed class ConfigReadCapability() : Capability("config.read", permission: null, isPure: true)
{
    internal override CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result)
    {
        if (!call.Definition.Configuration.TryGetValue(Encoding.UTF8.GetString(request), out var value))
        {
            return CapabilityStatus.NotFound;
        }

        result.Write(value);
        return CapabilityStatus.Success;
    }
}
