using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Memories;

namespace Plugins.Wasm;

public sealed partial class Store
{
    private const int NoOwner = 0;
    private const int Disposed = -1;

    // Compiled code reads and writes these fields; see Runtime/RuntimeMembers.
    internal nuint StackLimit;
    internal long Fuel = long.MaxValue;

    /// <summary>What a metered loop needs to have: 0, or more than there is while an interrupt is requested.</summary>
    internal long FuelFloor;

    /// <summary>How many calls may still nest, as of the innermost host function.</summary>
    internal int DepthRemaining;

    /// <summary>Results after the first, on their way from callee to caller.</summary>
    internal readonly ExtraResults ExtraResults = new();

    internal nuint StackFloor;
    private InterpreterStack? _stack;
    private int _owner;
    private volatile bool _disposed;
    private bool _isPacked;

    /// <summary>Fuel left for modules compiled with <see cref="ModuleOptions.MeterFuel"/>, in wasm operators.</summary>
    /// <value><see cref="long.MaxValue"/>; 0 after a trap of kind <see cref="TrapKind.OutOfFuel"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long FuelRemaining
    {
        get => Math.Max(Fuel, 0);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Fuel = value;
        }
    }

    /// <summary>The stack of interpreted functions, for as long as the store is entered.</summary>
    internal InterpreterStack Stack => _stack ??= InterpreterStack.Rent(Options);

    internal bool IsRunning => _owner > NoOwner;

    /// <summary>Charges work that a host function did for the guest.</summary>
    /// <param name="amount">In the unit of <see cref="FuelRemaining"/>.</param>
    /// <exception cref="TrapException">Less was left (<see cref="TrapKind.OutOfFuel"/>).</exception>
    public void ConsumeFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Fuel = Fuel >= long.MinValue + amount ? Fuel - amount : -1;
        ThrowIfOutOfFuel();
    }

    /// <summary>
    /// Makes guest code trap with <see cref="TrapKind.Interrupted"/>, now and until <see cref="ClearInterrupt"/>.
    /// </summary>
    /// <remarks>
    /// For any thread. Loops, recursion and bulk operations notice within microseconds; a host function is not
    /// interrupted, its caller is.
    /// </remarks>
    public void Interrupt()
    {
        Volatile.Write(ref FuelFloor, long.MaxValue);
        Interlocked.MemoryBarrier();
        Volatile.Write(ref StackLimit, nuint.MaxValue);
    }

    /// <summary>Lets guest code run again.</summary>
    public void ClearInterrupt() => Volatile.Write(ref FuelFloor, 0);

    /// <summary>Releases the memories: at once, or when the running call returns.</summary>
    /// <remarks>
    /// For any thread, and more than once. A running call is not stopped: <see cref="Interrupt"/> does that.
    /// </remarks>
    public void Dispose()
    {
        _disposed = true;
        ReleaseIfIdle();
    }

    /// <summary>Claims the store for this thread; true when this is the outermost call.</summary>
    /// <exception cref="InvalidOperationException">Another thread has it.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    internal bool Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (_owner == thread)
        {
            return false;
        }

        int owner = Interlocked.CompareExchange(ref _owner, thread, NoOwner);
        if (owner != NoOwner)
        {
            ObjectDisposedException.ThrowIf(owner == Disposed, this);
            throw new InvalidOperationException("Another thread is using this store.");
        }

        if (_disposed)
        {
            Leave();
            throw new ObjectDisposedException(nameof(Store));
        }

        if (_isPacked)
        {
            Unpack();
        }

        DepthRemaining = Options.CallDepth;
        StackGuard.Begin(this);
        return true;
    }

    /// <summary>Packs memories, unless somebody uses the store; false where there is nothing to gain.</summary>
    internal bool TryPack(ReadOnlySpan<LinearMemory> memories, MemoryImage[]? images)
    {
        if (Interlocked.CompareExchange(ref _owner, Environment.CurrentManagedThreadId, NoOwner) != NoOwner)
        {
            return false;
        }

        bool isAny = false;
        for (int i = 0; i < memories.Length && !_disposed; i++)
        {
            isAny |= memories[i].TryPack(images?[i]);
        }

        _isPacked |= isAny;
        Interlocked.Exchange(ref _owner, NoOwner);
        if (_disposed)
        {
            ReleaseIfIdle();
        }

        return isAny;
    }

    /// <summary>Brings back what was packed.</summary>
    internal void Unpack()
    {
        _isPacked = false;
        foreach (LinearMemory memory in _memories)
        {
            memory.Unpack();
        }
    }

    /// <summary>Gives the store up after the outermost call.</summary>
    internal void Leave()
    {
        if (_retired.Count > 0)
        {
            FreeRetired();
        }

        _stack?.Return();
        _stack = null;

        // A full fence: either this thread sees a dispose request, or the disposing thread sees the store idle.
        Interlocked.Exchange(ref _owner, NoOwner);
        if (_disposed)
        {
            ReleaseIfIdle();
        }
    }

    /// <summary>Sets the stack limit unless an interrupt holds it up.</summary>
    internal void PublishStackLimit(nuint limit)
    {
        // Unchanged since the last call, and not held up: an interrupt that is under way will write it after this.
        if (Volatile.Read(ref StackLimit) == limit)
        {
            return;
        }

        // The exchange is a full fence: an interrupt requested before it is seen below, one after it overwrites it.
        Interlocked.Exchange(ref StackLimit, limit);
        if (Volatile.Read(ref FuelFloor) != 0)
        {
            Volatile.Write(ref StackLimit, nuint.MaxValue);
        }
    }

    internal void ThrowIfInterrupted()
    {
        if (Volatile.Read(ref FuelFloor) != 0)
        {
            throw new TrapException(TrapKind.Interrupted);
        }
    }

    internal void ThrowIfOutOfFuel()
    {
        if (Fuel < 0)
        {
            throw new TrapException(TrapKind.OutOfFuel);
        }
    }

    /// <summary>Throws where the guest may no longer have the host do something.</summary>
    internal void ThrowIfStopped()
    {
        ThrowIfOutOfFuel();
        ThrowIfInterrupted();
    }

    private void ReleaseIfIdle()
    {
        if (Interlocked.CompareExchange(ref _owner, Disposed, NoOwner) == NoOwner)
        {
            FreeEverything();
        }
    }
}
