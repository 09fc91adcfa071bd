using System.Buffers.Binary;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities;

/// <summary><c>random.bytes</c>: as many unpredictable bytes as the u32 in the request says.</summary>
internal sealed class RandomBytesCapability() : Capability("random.bytes", PermissionNames.RandomBytes)
{
    internal override CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result)
    {
        if (request.Length != sizeof(uint))
        {
            throw new GuestVisibleException("The request is not 4 bytes long.");
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(request);
        if (count > call.Limits.CapabilityResultBytes)
        {
            return CapabilityStatus.TooLarge;
        }

        call.ChargeBytes(count);
        call.Definition.Environment.Random.GetBytes(result.GetSpan((int)count)[..(int)count]);
        result.Advance((int)count);
        return CapabilityStatus.Success;
    }
}
