using System.Buffers.Binary;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities;

/// <summary><c>clock.now</c>: i64 nanoseconds since 1970-01-01 UTC.</summary>
internal sealed class ClockNowCapability() : Capability("clock.now", PermissionNames.ClockNow)
{
    internal override CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result)
    {
        var ticks = (call.Definition.Environment.GuestTime.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        BinaryPrimitives.WriteInt64LittleEndian(result.GetSpan(sizeof(long)), ticks * TimeSpan.NanosecondsPerTick);
        result.Advance(sizeof(long));
        return CapabilityStatus.Success;
    }
}
