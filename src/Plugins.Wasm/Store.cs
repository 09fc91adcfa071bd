using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Memories;
using Plugins.Wasm.Runtime.Objects;
using Plugins.Wasm.Runtime.Paging;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>Owner of instances, memories, tables and globals, with their limits, fuel and stack.</summary>
/// <remarks>
/// <para>One thread at a time may run code or touch memories; a second one gets an
/// <see cref="InvalidOperationException"/>. <see cref="Interrupt"/> and <see cref="Dispose"/> are for any
/// thread.</para>
/// <para>Memories live in native memory, so dispose a store; one that is forgotten is released by its
/// finalizers.</para>
/// <para>WebAssembly 2.0, section 4.2.3.</para>
/// </remarks>
public sealed partial class Store : IDisposable
{
    private readonly List<LinearMemory> _memories = [];
    private readonly List<MemoryBlock> _retired = [];
    private ulong _memoryBytes;
    private uint _tableElements;
    private int _instances;
    private GuestHeap? _heap;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">Its limits; <see cref="StoreOptions.Default"/> where null.</param>
    public Store(StoreOptions? options = null)
    {
        Options = options ?? StoreOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.StackBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.CallDepth, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(Options.HeapBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(Options.HeapObjects, nameof(options));
        DepthRemaining = Options.CallDepth;
    }

    /// <summary>The limits given at construction.</summary>
    public StoreOptions Options { get; }

    /// <summary>Pages of 64 KiB that all memories have now, a part of one counted as a page.</summary>
    public uint MemoryPages => (uint)MemoryType.PagesOf(_memoryBytes);

    /// <summary>Elements that all tables have now.</summary>
    public uint TableElements => _tableElements;

    /// <summary>Requests to grow a memory that were refused since the store was made.</summary>
    public long RefusedMemoryGrowth { get; private set; }

    /// <summary>True once <see cref="Dispose"/> was called.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>Where the pages of large memories come from.</summary>
    internal VirtualMemory VirtualMemory { get; init; } = VirtualMemory.System;

    /// <summary>Bytes of garbage-collected objects that are in use, or were not yet found to be gone.</summary>
    public long HeapBytes => _heap?.Bytes ?? 0;

    /// <summary>The number of such objects.</summary>
    public long HeapObjects => _heap?.Objects ?? 0;

    /// <summary>Counts the guests' objects.</summary>
    internal GuestHeap Heap => _heap ??= new GuestHeap(this);

    internal bool HasOneInstance => _instances == 1;

    /// <summary>Counts from zero again, where no guest can reach an object of before.</summary>
    internal void ForgetHeap() => _heap = null;

    internal void CountInstance()
    {
        if (_instances >= Options.Instances)
        {
            throw new StoreLimitException(nameof(StoreOptions.Instances), Options.Instances, _instances + 1L);
        }

        _instances++;
    }

    internal void Own(LinearMemory memory) => _memories.Add(memory);

    /// <summary>Takes bytes before they are there; false where a limit or the budget has no room for them.</summary>
    /// <remarks>The budget counts pages of 64 KiB: of it the store has what all its bytes together come to.</remarks>
    internal bool TryTakeBytes(ulong bytes)
    {
        if (bytes > ((ulong)Options.MemoryPages * LinearMemory.PageBytes) - _memoryBytes)
        {
            return false;
        }

        uint pages = (uint)MemoryType.PagesOf(_memoryBytes + bytes) - MemoryPages;
        bool isTaken = pages == 0 || Options.MemoryBudget is null
            || Options.MemoryBudget.TakePages(pages, pages) == pages;
        if (isTaken)
        {
            _memoryBytes += bytes;
        }

        return isTaken;
    }

    internal void ReturnBytes(ulong bytes)
    {
        uint before = MemoryPages;
        _memoryBytes -= bytes;
        if (before > MemoryPages)
        {
            Options.MemoryBudget?.ReturnPages(before - MemoryPages);
        }
    }

    /// <summary>True if the budget has room for so many more elements.</summary>
    internal bool MayTakeElements(uint elements) => (ulong)_tableElements + elements <= Options.TableElements;

    /// <summary>Takes elements that were asked for, once they are there.</summary>
    internal void TakeElements(uint elements) => _tableElements += elements;

    internal void ReturnElements(uint elements) => _tableElements -= elements;

    internal void CountRefusedMemoryGrowth() => RefusedMemoryGrowth++;

    /// <summary>Frees <paramref name="block"/> once no frame can hold a pointer or span into it.</summary>
    internal void Retire(MemoryBlock block)
    {
        if (IsRunning)
        {
            _retired.Add(block);
        }
        else
        {
            block.Free();
        }
    }

    private void FreeRetired()
    {
        foreach (MemoryBlock block in _retired)
        {
            block.Free();
        }

        _retired.Clear();
    }

    private void FreeEverything()
    {
        FreeRetired();
        foreach (LinearMemory memory in _memories)
        {
            memory.Release();
        }

        _memories.Clear();
        ReturnBytes(_memoryBytes);
    }
}
