using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Memories;

namespace Plugins.Wasm;

public sealed partial class Instance
{
    /// <summary>Copies the state of everything the instance owns.</summary>
    /// <exception cref="InvalidOperationException">
    /// The store is running guest code, or <see cref="HoldsObjects"/> is true.
    /// </exception>
    public InstanceSnapshot CaptureSnapshot()
    {
        if (HoldsObjects)
        {
            throw new InvalidOperationException("The state refers to objects of the guest.");
        }

        Store.Unpack();
        var state = new InstanceState
        {
            Slots = Slots,
            CellBits = Array.ConvertAll(Cells, cell => cell?.Bits ?? 0),
            CellReferences = Array.ConvertAll(Cells, cell => cell?.Reference),
            CellVectors = Array.ConvertAll(Cells, cell => cell?.Vector ?? default),
            Memories = Module.Share(
                Array.ConvertAll(Memories[Module.Binary.ImportedMemoryCount..], MemoryImage.Capture)),
            Tables = Module.MayChangeTables
                ? Array.ConvertAll(Tables[Module.Binary.ImportedTableCount..], t => t.Elements[..t.Count])
                : [],
            DroppedData = (bool[]?)_droppedData?.Clone(),
            DroppedElements = (bool[]?)_droppedElements?.Clone(),
        };
        return new InstanceSnapshot(Module, state);
    }

    /// <summary>Brings back a state of this instance, or of another instance of the same module.</summary>
    /// <remarks>
    /// Costs about one copy of the memories' contents, <see cref="InstanceSnapshot.ByteLength"/>; what was zero goes
    /// back to the system, but for 4 MiB of it. Allocates only where tables were changed. References in tables and
    /// globals are those of the instance the snapshot was taken from, so give a snapshot of a module that has such to
    /// no other instance.
    /// </remarks>
    /// <exception cref="ArgumentException">The snapshot is of another module.</exception>
    /// <exception cref="InvalidOperationException">The store is running guest code.</exception>
    /// <exception cref="StoreLimitException">
    /// The store or the system has no room for the state. The instance may not be used any more.
    /// </exception>
    public void Restore(InstanceSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ThrowIfRunning();
        RequireOwn(snapshot);
        ForgetObjects();
        InstanceState state = snapshot.State;
        Slots = state.Slots;
        for (int i = Module.Binary.ImportedGlobalCount; i < Cells.Length; i++)
        {
            if (Module.Globals[i].Kind == GlobalPlaceKind.Cell)
            {
                Cells[i].Bits = state.CellBits[i];
                Cells[i].Reference = state.CellReferences[i];
                Cells[i].Vector = state.CellVectors[i];
            }
        }

        for (int i = 0; i < state.Memories.Length; i++)
        {
            LinearMemory memory = Memories[Module.Binary.ImportedMemoryCount + i];
            memory.ForgetPacked();
            state.Memories[i].Restore(memory);
        }

        for (int i = 0; i < state.Tables.Length; i++)
        {
            Tables[Module.Binary.ImportedTableCount + i].Restore(state.Tables[i]);
        }

        RestoreFlags(state.DroppedData, ref _droppedData);
        RestoreFlags(state.DroppedElements, ref _droppedElements);
    }

    /// <summary>Keeps the memories' contents in less room while nobody uses them, and gives their pages back.</summary>
    /// <param name="near">A state that most of their contents are likely to be that of; kept as long.</param>
    /// <returns>False where nothing was gained: somebody uses the store, or too much differs.</returns>
    /// <remarks>
    /// <para>The next use brings the contents back; it takes some microseconds longer for each of the system's pages.
    /// While this runs, a thread that uses the store gets an <see cref="InvalidOperationException"/>.</para>
    /// <para>On Linux from 6.7 on, where a memory has up to 1 MiB of pages, and up to 64 KiB, and half of that, differ
    /// from the snapshot, or from zero.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The snapshot is of another module.</exception>
    public bool TryPack(InstanceSnapshot? near = null)
    {
        RequireOwn(near);
        return Store.TryPack(Memories.AsSpan(Module.Binary.ImportedMemoryCount), near?.State.Memories);
    }

    private void RequireOwn(InstanceSnapshot? snapshot)
    {
        if (snapshot is not null && snapshot.Module != Module)
        {
            throw new ArgumentException("The snapshot is of another module.", nameof(snapshot));
        }
    }

    private static void RestoreFlags(bool[]? from, ref bool[]? to)
    {
        if (from is null)
        {
            to = null;
        }
        else if (to is not null)
        {
            from.CopyTo(to, 0);
        }
        else
        {
            to = (bool[])from.Clone();
        }
    }

    private void ThrowIfRunning()
    {
        if (Store.IsRunning)
        {
            throw new InvalidOperationException("The store is running guest code.");
        }
    }
}
