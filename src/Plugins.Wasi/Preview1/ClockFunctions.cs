using Plugins.Wasi.Clocks;

namespace Plugins.Wasi.Preview1;

/// <summary>Clocks and randomness.</summary>
internal static class ClockFunctions
{
    internal const uint Realtime = 0;
    internal const uint Monotonic = 1;
    internal const uint LastClock = 3;

    internal static Errno ClockResGet(in GuestCall call)
    {
        if (Find(call, out var clock) is var error && error != Errno.Success)
        {
            return error;
        }

        var resolution = call.UInt32(0) == Realtime ? UnixTime.NanosecondsPerTick : clock!.MonotonicResolution;
        call.WriteUInt64(call.UInt32(1), resolution);
        return Errno.Success;
    }

    internal static Errno ClockTimeGet(in GuestCall call)
    {
        if (Find(call, out var clock) is var error && error != Errno.Success)
        {
            return error;
        }

        call.WriteUInt64(call.UInt32(2), call.UInt32(0) == Realtime ? clock!.WallTime : clock!.Monotonic);
        return Errno.Success;
    }

    internal static Errno RandomGet(in GuestCall call)
    {
        var memory = call.Memory(call.UInt32(0), call.UInt32(1));
        if (call.Context.Options.Random is not { } random)
        {
            return Errno.Notcapable;
        }

        call.Charge(memory.Length);
        random.GetBytes(memory);
        return Errno.Success;
    }

    // Times of the processor are told by no host that guests are tried on.
    private static Errno Find(in GuestCall call, out GuestClock? clock)
    {
        clock = call.Context.Clock;
        return call.UInt32(0) > LastClock ? Errno.Inval
            : call.UInt32(0) > Monotonic ? Errno.Badf
            : clock is null ? Errno.Notcapable
            : Errno.Success;
    }
}
