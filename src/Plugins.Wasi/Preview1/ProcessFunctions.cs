namespace Plugins.Wasi.Preview1;

/// <summary>The guest's own life.</summary>
internal static class ProcessFunctions
{
    private const uint LastSignal = 30;

    internal static Errno ProcExit(in GuestCall call) => throw new WasiExitException(call.UInt32(0));

    internal static Errno ProcRaise(in GuestCall call) => call.UInt32(0) > LastSignal ? Errno.Inval : Errno.Notsup;

    internal static Errno SchedYield(in GuestCall call) => Errno.Success;
}
