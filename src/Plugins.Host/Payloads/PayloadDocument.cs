namespace Plugins.Host.Payloads;

/// <summary>The bytes that a plugin wrote, with a check of the time left to read them.</summary>
/// <remarks>
/// Immutable. The bytes are lent for the reading: they belong to a buffer that is used again afterwards.
/// </remarks>
public readonly struct PayloadDocument
{
    private readonly Action? _check;

    /// <summary>Makes a document.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="check">Throws to end the reading; null where nothing ends it.</param>
    public PayloadDocument(ReadOnlyMemory<byte> bytes, Action? check = null)
    {
        Bytes = bytes;
        _check = check;
    }

    /// <summary>All bytes of the document.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Throws when the call's time is over or the caller has cancelled.</summary>
    /// <remarks>A format calls it between pieces of about 4 KiB, and lets the exception through.</remarks>
    public void ThrowIfStopped() => _check?.Invoke();

    /// <summary>Opens the bytes as a stream that calls <see cref="ThrowIfStopped"/> before each piece.</summary>
    /// <returns>A stream for one reader; disposing it has no effect.</returns>
    public Stream OpenStream() => new PiecewiseStream(Bytes, _check);
}
