using System.Runtime.ConstrainedExecution;

namespace Plugins.Wasm.Runtime;

/// <summary>Native memory behind one linear memory. Freed by its owner, or by its finalizer.</summary>
internal abstract unsafe class MemoryBlock : CriticalFinalizerObject
{
    /// <summary>Its first byte; null once freed.</summary>
    public byte* Start { get; protected set; }

    /// <summary>The bytes that can be made accessible without moving.</summary>
    public ulong Capacity { get; protected init; }

    /// <summary>
    /// Makes the bytes from <paramref name="length"/> up to <paramref name="newLength"/> accessible and zero.
    /// </summary>
    /// <returns>False where the system has no more memory.</returns>
    /// <exception cref="TrapException">The store is given, and an interrupt is requested.</exception>
    public abstract bool TryExtend(ulong length, ulong newLength, Store? interruptible);

    /// <summary>Gives up the bytes from <paramref name="newLength"/> up to <paramref name="length"/>.</summary>
    public abstract void Shrink(ulong length, ulong newLength);

    /// <summary>Releases the block; harmless when done twice.</summary>
    public void Free()
    {
        byte* start = Start;
        Start = null;
        if (start is not null)
        {
            Release(start);
        }

#pragma warning disable CA1816 // Free is this type's Dispose: its owner calls it from any thread, at any time.
        GC.SuppressFinalize(this);
#pragma warning restore CA1816
    }

    protected abstract void Release(byte* start);
}
