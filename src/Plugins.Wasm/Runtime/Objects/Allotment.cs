namespace Plugins.Wasm.Runtime.Objects;

/// <summary>A part of a store's heap: objects of one type, counted together until all of them are gone.</summary>
/// <remarks>
/// Each of them refers to it, which so stays alive as long as any of them. What it had is free once it is collected:
/// RATIONALE.md, "How is a guest's heap counted?". Not for use by several threads, but for those that never change.
/// </remarks>
internal sealed class Allotment
{
    // Compiled code reads and writes these; see Runtime/RuntimeMembers.

    /// <summary>The numbers of the type's supertypes by their depth, its own last.</summary>
    internal readonly int[] Display;

    internal readonly ObjectKind Kind;

    /// <summary>Bytes that no object has yet.</summary>
    internal int Remaining;

    public Allotment(GuestHeap heap, int ticket, ObjectKind kind, int[] display, int bytes)
        : this(kind, display)
    {
        Heap = heap;
        Ticket = ticket;
        Bytes = bytes;
        Remaining = bytes;
    }

    private Allotment(ObjectKind kind, int[] display)
    {
        Kind = kind;
        Display = display;
    }

    /// <summary>Nothing is left of it, nor was anything ever there.</summary>
    public static Allotment None { get; } = new(ObjectKind.Host, []);

    /// <summary>That of the integers that all stores share.</summary>
    public static Allotment OfIntegers { get; } = new(ObjectKind.Integer, []);

    /// <summary>The heap that it is part of; null for those that belong to no store.</summary>
    public GuestHeap? Heap { get; }

    /// <summary>Where the heap counts it.</summary>
    public int Ticket { get; }

    public int Bytes { get; }
}
