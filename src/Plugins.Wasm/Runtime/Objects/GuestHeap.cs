using System.Runtime.InteropServices;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>Counts the objects of a store's guests, and refuses more than its limits allow.</summary>
/// <remarks>
/// <para>Objects are counted in allotments; those of an allotment that was collected count no longer. Where a limit is
/// reached, the allotments are looked through, and if too few of them are gone, the runtime collects.</para>
/// <para>Both are bounded by what was allocated in between, so that no guest can have them done again and again:
/// a sixteenth of the limit for a look, a quarter for a collection. RATIONALE.md, "How is a guest's heap
/// counted?".</para>
/// <para>Not for use by several threads.</para>
/// </remarks>
internal sealed class GuestHeap
{
    // The most that an allotment of several objects has.
    private const int AllotmentBytes = 16 * 1024;

    // A type's first allotment has room for so many; each further one for twice as many as the one before.
    private const int FirstObjects = 4;

    // Arrays from this size on are counted alone.
    private const int LargeBytes = 4 * 1024;

    private const int LookFraction = 16;
    private const int CollectionFraction = 4;

    private readonly Store _store;
    private readonly long _maximumBytes;
    private readonly long _maximumObjects;
    private Ticket[] _tickets = new Ticket[64];
    private int[] _free = new int[16];
    private int _freeCount;
    private int _ticketCount;
    private long _allocated;
    private long _nextLook;
    private long _nextCollection;
    private Allotment _integers = Allotment.None;

    public GuestHeap(Store store)
    {
        _store = store;
        _maximumBytes = store.Options.HeapBytes;
        _maximumObjects = store.Options.HeapObjects;
    }

    ~GuestHeap()
    {
        for (int i = 0; i < _ticketCount; i++)
        {
            _tickets[i].Handle.Free();
        }
    }

    public Store Store => _store;

    /// <summary>Bytes that are counted: of objects that may still be alive, and of begun allotments.</summary>
    public long Bytes { get; private set; }

    /// <summary>Objects that are counted.</summary>
    public long Objects { get; private set; }

    /// <summary>How often the runtime was made to collect.</summary>
    public int Collections { get; private set; }

    /// <summary>An allotment for the next structure of a type, of which an instance has used up the last one.</summary>
    /// <exception cref="TrapException">There is no room for one, or the store was interrupted.</exception>
    public Allotment Refill(Allotment last, ObjectLayout layout)
    {
        _store.ThrowIfInterrupted();
        int size = layout.Bytes;
        int bytes = NextBytes(last, size);
        if (bytes > size && TryTake(bytes, bytes / size))
        {
            return Open(ObjectKind.Structure, layout.Display, bytes, bytes / size);
        }

        Take(size, 1);
        return Open(ObjectKind.Structure, layout.Display, size, 1);
    }

    /// <summary>The allotment of the next array of a type.</summary>
    /// <param name="current">The one that the instance has for the type.</param>
    /// <param name="layout">The type.</param>
    /// <param name="bytes">What the array takes.</param>
    /// <exception cref="TrapException">There is no room for it.</exception>
    public Allotment TakeArray(ref Allotment current, ObjectLayout layout, long bytes)
    {
        if (bytes >= LargeBytes)
        {
            Take(bytes, 1);
            return Open(ObjectKind.Array, layout.Display, 0, 1, bytes);
        }

        return TakeSmall(ref current, ObjectKind.Array, layout.Display, (int)bytes);
    }

    /// <summary>The allotment of an integer.</summary>
    /// <exception cref="TrapException">There is no room for it.</exception>
    public Allotment TakeInteger() => TakeSmall(ref _integers, ObjectKind.Integer, [], GuestInteger.Bytes);

    /// <summary>The allotment of a reference of the host.</summary>
    /// <exception cref="TrapException">There is no room for it.</exception>
    public Allotment TakeHostReference()
    {
        Take(HostReference.Bytes, 1);
        return Open(ObjectKind.Host, [], HostReference.Bytes, 1);
    }

    private Allotment TakeSmall(ref Allotment current, ObjectKind kind, int[] display, int bytes)
    {
        if (current.Remaining < bytes)
        {
            _store.ThrowIfInterrupted();
            int room = NextBytes(current, bytes);
            if (room <= bytes || !TryTake(room, 0))
            {
                room = bytes;
                Take(room, 0);
            }

            current = Open(kind, display, room, 0);
        }

        Allotment allotment = current;
        if (Objects >= _maximumObjects)
        {
            Take(0, 1);
            Objects--;
        }

        Objects++;
        _tickets[allotment.Ticket].Objects++;
        allotment.Remaining -= bytes;
        return allotment;
    }

    private static int NextBytes(Allotment last, int size) =>
        Math.Max(size, Math.Min(AllotmentBytes, Math.Max(2 * last.Bytes, FirstObjects * size)) / size * size);

    private bool TryTake(long bytes, int objects)
    {
        if (Bytes + bytes > _maximumBytes || Objects + objects > _maximumObjects)
        {
            return false;
        }

        Bytes += bytes;
        Objects += objects;
        _allocated += Math.Max(bytes, (long)((double)objects / Math.Max(1, _maximumObjects) * _maximumBytes));
        return true;
    }

    private void Take(long bytes, int objects)
    {
        if (TryTake(bytes, objects))
        {
            return;
        }

        if (bytes <= _maximumBytes && objects <= _maximumObjects)
        {
            if (_allocated >= _nextLook)
            {
                _nextLook = _allocated + (_maximumBytes / LookFraction);
                Look();
                if (TryTake(bytes, objects))
                {
                    return;
                }
            }

            if (_allocated >= _nextCollection)
            {
                _nextCollection = _allocated + (_maximumBytes / CollectionFraction);
                Collect();
                if (TryTake(bytes, objects))
                {
                    return;
                }
            }
        }

        throw new TrapException(TrapKind.HeapExhausted);
    }

    private void Collect()
    {
        Collections++;
        long wanted = Bytes - (_maximumBytes / CollectionFraction);
        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        Look();
        if (Bytes > wanted)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            Look();
        }
    }

    /// <summary>Finds the allotments that were collected.</summary>
    private void Look()
    {
        for (int i = 0; i < _ticketCount; i++)
        {
            ref Ticket ticket = ref _tickets[i];
            if (ticket.IsTaken && ticket.Handle.Target is null)
            {
                Bytes -= ticket.Bytes;
                Objects -= ticket.Objects;
                ticket.IsTaken = false;
                if (_freeCount == _free.Length)
                {
                    Array.Resize(ref _free, 2 * _freeCount);
                }

                _free[_freeCount++] = i;
            }
        }
    }

    private Allotment Open(ObjectKind kind, int[] display, int remaining, int objects, long bytes = 0)
    {
        if (_freeCount == 0 && _ticketCount == _tickets.Length)
        {
            LookOrGrow();
        }

        int number = _freeCount > 0 ? _free[--_freeCount] : AddTicket();
        Allotment allotment = new(this, number, kind, display, remaining);
        ref Ticket ticket = ref _tickets[number];
        ticket.Bytes = Math.Max(bytes, remaining);
        ticket.Objects = objects;
        ticket.IsTaken = true;
        ticket.Handle.Target = allotment;
        return allotment;
    }

    // So there are not many more tickets than allotments that live, as the runtime's collections are seen.
    private void LookOrGrow()
    {
        Look();
        if (_freeCount < _ticketCount / 2)
        {
            Ticket[] larger = new Ticket[2 * _ticketCount];
            Array.Copy(_tickets, larger, _ticketCount);
            _tickets = larger;
        }
    }

    private int AddTicket()
    {
        _tickets[_ticketCount].Handle = GCHandle.Alloc(null, GCHandleType.Weak);
        return _ticketCount++;
    }

    private struct Ticket
    {
        public GCHandle Handle;
        public long Bytes;
        public long Objects;
        public bool IsTaken;
    }
}
