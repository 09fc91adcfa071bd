namespace Plugins.Wasi.Preview1;

/// <summary>Sockets, of which no guest has any.</summary>
internal static class SocketFunctions
{
    internal static Errno SockAccept(in GuestCall call) => Refuse(call, call.UInt32(1), (uint)FileFunctions.AllFlags);

    internal static Errno SockRecv(in GuestCall call) => Refuse(call, call.UInt32(3), 3);

    internal static Errno SockSend(in GuestCall call) => Refuse(call, call.UInt32(3), 0);

    internal static Errno SockShutdown(in GuestCall call) => Refuse(call, call.UInt32(1), 3);

    private static Errno Refuse(in GuestCall call, uint flags, uint known) =>
        (flags & ~known) != 0 ? Errno.Inval
        : call.Descriptors.Find(call.UInt32(0)) is null ? Errno.Badf
        : Errno.Notsock;
}
