using System.Buffers.Binary;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk;

/// <summary>The clock of the host, with the permission <c>clock.now</c>.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class Clock
{
    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    /// <exception cref="InvalidReplyException">The answer has another length than a time has.</exception>
    [UsesCapability(CapabilityNames.ClockNow)]
    public static long GetNanoseconds()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        HostCall.Invoke(CapabilityNames.ClockNow, [], CapabilityImports.ClockNow).Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>The current time in UTC, in units of 100 nanoseconds.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    /// <exception cref="InvalidReplyException">The answer has another length than a time has.</exception>
    [UsesCapability(CapabilityNames.ClockNow)]
    public static DateTimeOffset GetUtcNow() =>
        DateTimeOffset.UnixEpoch.AddTicks(GetNanoseconds() / TimeSpan.NanosecondsPerTick);
}
