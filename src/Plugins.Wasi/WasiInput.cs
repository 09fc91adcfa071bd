using Plugins.Wasi.Streams;

namespace Plugins.Wasi;

/// <summary>A stream that a guest reads.</summary>
/// <remarks>For one guest, and the thread of its call.</remarks>
public abstract class WasiInput
{
    /// <summary>A stream that is at its end.</summary>
    public static WasiInput Empty { get; } = new EmptyInput();

    /// <summary>Gives a guest a stream of the application's.</summary>
    /// <param name="stream">Read asynchronously, and ahead of the guest where it polls. Not disposed.</param>
    public static WasiInput From(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamInput(stream);
    }

    /// <summary>Reads some bytes, waiting for the first.</summary>
    /// <param name="target">At least one byte.</param>
    /// <param name="guest">Who reads.</param>
    /// <returns>How many were read; 0 at the end.</returns>
    /// <exception cref="IOException">It cannot be read: the guest is told <c>io</c>.</exception>
    public abstract int Read(Span<byte> target, IWasiGuest guest);

    /// <summary>Begins to make ready what <see cref="Read"/> would wait for.</summary>
    /// <param name="guest">Who polls.</param>
    /// <returns>Completes, in whichever way, when a read would not wait.</returns>
    public virtual Task Prepare(IWasiGuest guest) => Task.CompletedTask;
}
