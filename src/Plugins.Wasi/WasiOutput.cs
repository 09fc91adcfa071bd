using Plugins.Wasi.Streams;

namespace Plugins.Wasi;

/// <summary>A stream that a guest writes.</summary>
/// <remarks>For one guest, and the thread of its call.</remarks>
public abstract class WasiOutput
{
    /// <summary>A stream that forgets what is written.</summary>
    public static WasiOutput Discarded { get; } = new DiscardedOutput();

    /// <summary>Gives a guest a stream of the application's.</summary>
    /// <param name="stream">Written asynchronously. Not flushed, and not disposed.</param>
    public static WasiOutput To(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamOutput(stream);
    }

    /// <summary>Writes all of some bytes.</summary>
    /// <param name="source">In the guest's memory; gone when this returns.</param>
    /// <param name="guest">Who writes.</param>
    /// <exception cref="IOException">It cannot be written: the guest is told <c>io</c>.</exception>
    public abstract void Write(ReadOnlySpan<byte> source, IWasiGuest guest);
}
