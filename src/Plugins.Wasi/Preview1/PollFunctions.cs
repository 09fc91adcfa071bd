using System.Buffers.Binary;
using Plugins.Wasi.Clocks;
using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>Waiting for clocks and streams.</summary>
internal static class PollFunctions
{
    private const uint EventBytes = 32;
    private const ushort HangUp = 1;

    // As long as a timer can be set for; a call is over long before.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(40);

    internal static Errno PollOneoff(in GuestCall call)
    {
        var count = call.UInt32(2);
        if (count == 0)
        {
            return Errno.Inval;
        }

        var memory = call.Memory(call.UInt32(0), Length(count, Subscription.Bytes), 8);
        _ = call.Memory(call.UInt32(1), Length(count, EventBytes), 8);
        _ = call.Memory(call.UInt32(3), sizeof(uint), 4);
        call.Charge(memory.Length);
        var subscriptions = new Subscription[count];
        for (var index = 0; index < subscriptions.Length; index++)
        {
            subscriptions[index] = Subscription.Read(memory[(index * (int)Subscription.Bytes)..]);
        }

        var error = Check(call, subscriptions);
        return error == Errno.Success ? Poll(call, subscriptions) : error;
    }

    private static uint Length(uint count, uint size) => (uint)Math.Min((ulong)count * size, uint.MaxValue);

    private static Errno Check(in GuestCall call, Subscription[] subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            if (!subscription.IsValid)
            {
                return Errno.Inval;
            }

            if (subscription.Type == Subscription.OfClock)
            {
                if (subscription.IsAbsolute && call.Context.Clock is null)
                {
                    return Errno.Notcapable;
                }

                continue;
            }

            var descriptor = call.Descriptors.Find(subscription.Target);
            var isFitting = descriptor is FileDescriptor
                || (subscription.Type == Subscription.OfReading ? descriptor is InputDescriptor
                    : descriptor is OutputDescriptor);
            if (!isFitting)
            {
                return Errno.Badf;
            }
        }

        return Errno.Success;
    }

    private static Errno Poll(in GuestCall call, Subscription[] subscriptions)
    {
        var time = call.Context.Clock?.Time ?? TimeProvider.System;
        var started = time.GetTimestamp();
        var delays = new TimeSpan[subscriptions.Length];
        List<Task> pending = [];
        var isReady = false;
        var shortest = TimeSpan.MaxValue;
        for (var index = 0; index < subscriptions.Length; index++)
        {
            var subscription = subscriptions[index];
            if (subscription.Type == Subscription.OfClock)
            {
                delays[index] = DelayOf(call, subscription);
                shortest = delays[index] < shortest ? delays[index] : shortest;
            }
            else if (Prepare(call, subscription) is { IsCompleted: false } task)
            {
                pending.Add(task);
            }
            else
            {
                isReady = true;
            }
        }

        // A timer may be early by the ticks of the system's coarse clock: then it is set again for the rest.
        for (var left = shortest; !isReady && left > TimeSpan.Zero; left = shortest - time.GetElapsedTime(started))
        {
            isReady = Wait(call, pending, left, time);
        }

        return Report(call, subscriptions, delays, time.GetElapsedTime(started));
    }

    private static TimeSpan DelayOf(in GuestCall call, in Subscription subscription)
    {
        var now = !subscription.IsAbsolute ? 0
            : subscription.Target == ClockFunctions.Realtime ? call.Context.Clock!.WallTime
            : call.Context.Clock!.Monotonic;
        var left = subscription.Timeout > now ? subscription.Timeout - now : 0;

        // Up, so that the time has come when the guest looks.
        var ticks = (left / UnixTime.NanosecondsPerTick) + (left % UnixTime.NanosecondsPerTick > 0 ? 1UL : 0);
        return ticks < (ulong)s_longest.Ticks ? new TimeSpan((long)ticks) : s_longest;
    }

    private static Task Prepare(in GuestCall call, in Subscription subscription) =>
        call.Descriptors.Find(subscription.Target) is InputDescriptor input
            ? input.Input.Prepare(call.Guest)
            : Task.CompletedTask;

    /// <summary>Waits for a stream or for the time; true if it was a stream.</summary>
    private static bool Wait(in GuestCall call, List<Task> streams, TimeSpan time, TimeProvider clock)
    {
        using var over = new CancellationTokenSource();
        try
        {
            // Timers are due after whole milliseconds.
            call.Guest.Wait(time == TimeSpan.MaxValue
                ? Task.WhenAny(streams)
                : Task.WhenAny([.. streams, Task.Delay(time + TimeSpan.FromMilliseconds(1), clock, over.Token)]));
        }
        finally
        {
            // No timer outlives the wait, however it ends.
            over.Cancel();
        }

        // Streams end their reads when the call is stopped, which may be seen here before the guest's own wait is.
        call.Guest.Cancellation.ThrowIfCancellationRequested();
        return streams.Exists(stream => stream.IsCompleted);
    }

    private static Errno Report(
        in GuestCall call, Subscription[] subscriptions, TimeSpan[] delays, TimeSpan elapsed)
    {
        var count = 0U;
        for (var index = 0; index < subscriptions.Length; index++)
        {
            var subscription = subscriptions[index];
            var isReady = subscription.Type == Subscription.OfClock
                ? delays[index] <= elapsed
                : Prepare(call, subscription).IsCompleted;
            if (!isReady)
            {
                continue;
            }

            var memory = call.Memory(call.UInt32(1) + (count++ * EventBytes), EventBytes, 8);
            memory.Clear();
            BinaryPrimitives.WriteUInt64LittleEndian(memory, subscription.UserData);
            memory[10] = subscription.Type;
            if (subscription.Type != Subscription.OfClock)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(memory[16..], 1);
                BinaryPrimitives.WriteUInt16LittleEndian(memory[24..], FlagsOf(call, subscription));
            }
        }

        call.WriteUInt32(call.UInt32(3), count);
        return Errno.Success;
    }

    private static ushort FlagsOf(in GuestCall call, in Subscription subscription) =>
        subscription.Type == Subscription.OfReading
            && call.Descriptors.Find(subscription.Target) is FileDescriptor file
            && file.File.Stat(out var stat) == FileError.None
            && stat.Size <= file.Position
                ? HangUp
                : (ushort)0;
}
