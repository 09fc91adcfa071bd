namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Lets one thread at a time into an instance, and puts its release off until that thread is out.</summary>
/// <remarks>Safe for use by many threads.</remarks>
internal sealed class InstanceGate
{
    private const int NoOwner = 0;
    private const int Released = -1;

    private int _owner;
    private volatile bool _isDisposed;

    internal bool IsEntered => Volatile.Read(ref _owner) > NoOwner;

    internal bool IsMine => Volatile.Read(ref _owner) == Environment.CurrentManagedThreadId;

    /// <summary>Whether nobody will ever enter again.</summary>
    internal bool IsReleased => Volatile.Read(ref _owner) == Released;

    /// <summary>Claims the instance for this thread; true when this is the outermost call.</summary>
    /// <exception cref="InvalidOperationException">Another thread has it.</exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    internal bool Enter()
    {
        var thread = Environment.CurrentManagedThreadId;
        if (_owner == thread)
        {
            return false;
        }

        var owner = Interlocked.CompareExchange(ref _owner, thread, NoOwner);
        if (owner != NoOwner)
        {
            ObjectDisposedException.ThrowIf(owner == Released, typeof(WasmtimeInstance));
            throw new InvalidOperationException("Another thread is using this instance.");
        }

        return true;
    }

    /// <summary>Gives the instance up after the outermost call; true when it is this thread's to release it.</summary>
    internal bool Leave()
    {
        // A full fence: either this thread sees a dispose request, or the disposing thread sees the instance idle.
        Interlocked.Exchange(ref _owner, NoOwner);
        return _isDisposed && TryRelease();
    }

    /// <summary>Asks for the release; true when it is this thread's to do it.</summary>
    internal bool Dispose()
    {
        _isDisposed = true;
        Interlocked.MemoryBarrier();
        return TryRelease();
    }

    private bool TryRelease() => Interlocked.CompareExchange(ref _owner, Released, NoOwner) == NoOwner;
}
