using System.Runtime.ConstrainedExecution;

namespace Plugins.Wasm.Runtime.Memories;

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
    /// <param name="length">Where they end.</param>
    /// <param name="newLength">Where they begin.</param>
    /// <param name="mayKeep">How many bytes may stay in memory; see <see cref="Zero"/>.</param>
    /// <exception cref="StoreLimitException">The block was lost and may not be touched again.</exception>
    public abstract void Shrink(ulong length, ulong newLength, ref ulong mayKeep);

    /// <summary>Makes accessible bytes zero; those that nobody touched cost no memory.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="count">How many.</param>
    /// <param name="mayKeep">
    /// How many bytes may stay in memory because they are there, which the next to write them will be glad of; what was
    /// kept is taken off.
    /// </param>
    /// <exception cref="StoreLimitException">The block was lost and may not be touched again.</exception>
    public abstract void Zero(ulong start, ulong count, ref ulong mayKeep);

    /// <summary>Where the first bytes may not be zero, in ascending order, in whole pages of the system's.</summary>
    /// <param name="length">How many bytes.</param>
    /// <param name="most">Bytes that may be found.</param>
    /// <returns>Null where nobody tells, or there is more.</returns>
    public virtual List<MemoryRun>? FindContents(ulong length, ulong most) => null;

    /// <summary>Makes everything zero, so that it takes no memory; false where that cannot be done.</summary>
    public virtual bool TryDiscard() => false;

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
