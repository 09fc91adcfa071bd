using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The handlers of one function.</summary>
/// <remarks>
/// Looking for one takes time in proportion to the handlers around an instruction, which were paid for when their
/// blocks were entered, whatever else the function has.
/// </remarks>
internal sealed unsafe class ExceptionHandlers
{
    // Each before those inside it.
    private readonly ProtectedRegion[] _regions;

    /// <param name="all">The handlers, those of inner blocks first.</param>
    public ExceptionHandlers(ExceptionHandler[] all)
    {
        var regions = new Dictionary<long, ProtectedRegion>(all.Length);
        foreach (ExceptionHandler handler in all)
        {
            long extent = ((long)handler.Start << 32) | (uint)handler.End;
            if (!regions.TryGetValue(extent, out ProtectedRegion? region))
            {
                region = new ProtectedRegion(handler.Start, handler.End);
                regions.Add(extent, region);
            }

            region.Handlers.Add(handler);
        }

        _regions = [.. regions.Values];
        Array.Sort(_regions, static (one, other) =>
            one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        ProtectedRegion? open = null;
        foreach (ProtectedRegion region in _regions)
        {
            while (open is not null && open.End <= region.Start)
            {
                open = open.Parent;
            }

            region.Parent = open;
            open = region;
        }
    }

    /// <summary>Has the exception handled, if a handler takes it: its values are in their slots then.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="instance">Whose function it is.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="cell">The instruction that threw, or the call.</param>
    /// <param name="fp">The function's first slot.</param>
    /// <returns>The cell to go on at; less than 0 where no handler takes it.</returns>
    public int Handle(ExceptionInstance exception, Instance instance, InterpreterStack stack, int cell, ulong* fp)
    {
        if (Find(exception.Tag, instance.Tags, cell) is not ExceptionHandler handler)
        {
            return -1;
        }

        if (handler.Tag != ExceptionHandler.All)
        {
            Write(exception, stack, fp + handler.Payload);
        }

        if (handler.Reference >= 0)
        {
            stack.ReferenceAt(fp + handler.Reference) = exception;
        }

        return handler.Pad;
    }

    /// <summary>Whether a handler takes exceptions of a tag.</summary>
    public bool Takes(Tag tag, Instance instance, int cell) => Find(tag, instance.Tags, cell) is not null;

    /// <summary>The handler of exceptions of a tag; null where there is none.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="tags">Those of the instance, which handlers have the numbers of.</param>
    /// <param name="cell">The instruction that threw, or the call.</param>
    public ExceptionHandler? Find(Tag tag, Tag[] tags, int cell)
    {
        int depth = int.MaxValue;
        for (ProtectedRegion? region = LastBefore(cell); region is not null; region = region.Parent)
        {
            for (int i = 0; i < region.Handlers.Count && cell < region.End; i++)
            {
                ref readonly ExceptionHandler handler = ref region.Handlers[i];
                if (handler.Depth > depth)
                {
                    continue;
                }

                if (handler.Tag == ExceptionHandler.Delegates)
                {
                    depth = handler.Pad;
                }
                else if (handler.Tag == ExceptionHandler.All || tags[handler.Tag] == tag)
                {
                    return handler;
                }
            }
        }

        return null;
    }

    /// <summary>The last region that begins at a cell or before; those that the cell is in are around it.</summary>
    private ProtectedRegion? LastBefore(int cell)
    {
        int low = 0, high = _regions.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_regions[middle].Start <= cell)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? null : _regions[low - 1];
    }

    private static void Write(ExceptionInstance exception, InterpreterStack stack, ulong* slots)
    {
        ValueKind[] kinds = exception.Tag.Type.Payload.ParameterKinds;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i].IsReference)
            {
                stack.ReferenceAt(slots + i) = exception.References![i];
            }
            else if (kinds[i] == ValueKind.V128)
            {
                *stack.VectorsAt(slots + i) = exception.Vectors![i];
            }
            else
            {
                slots[i] = (ulong)exception.Bits[i];
            }
        }
    }
}
