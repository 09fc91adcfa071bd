using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Runtime;

/// <summary>The table instructions that compiled code calls.</summary>
/// <remarks>
/// Fuel is one per element, charged beforehand; then interrupts are looked at. WebAssembly 2.0, section 4.4.6.
/// </remarks>
internal static class BulkTable
{
    private const int ChunkReferences = 1024;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object? Get(Instance instance, int table, ulong index)
    {
        Table target = instance.Tables[table];
        return index < (uint)target.Count
            ? target.Elements[index]
            : throw new TrapException(TrapKind.OutOfBoundsTableAccess);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Set(Instance instance, int table, ulong index, object? value)
    {
        Table target = instance.Tables[table];
        if (index >= (uint)target.Count)
        {
            throw new TrapException(TrapKind.OutOfBoundsTableAccess);
        }

        target.Elements[index] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Size(Instance instance, int table) => instance.Tables[table].Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Grow(Instance instance, int table, object? initial, ulong elements)
    {
        Table target = instance.Tables[table];
        if (target.MayGrow(elements))
        {
            Charge(instance, elements);
        }

        return target.Grow(elements, initial, instance.Store);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Instance instance, int table, ulong start, object? value, ulong count)
    {
        Span<object?> range = Range(instance.Tables[table], start, count);
        Charge(instance, count);
        ChunkedWork.Fill(instance.Store, range, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(
        Instance instance, int toTable, int fromTable, ulong destination, ulong source, ulong count)
    {
        Span<object?> from = Range(instance.Tables[fromTable], source, count);
        Span<object?> to = Range(instance.Tables[toTable], destination, count);
        Charge(instance, count);
        ChunkedWork.Copy(instance.Store, from, to, isBackward: destination > source);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Initialize(
        Instance instance, int table, int segment, ulong destination, ulong source, ulong count)
    {
        ElementSegment elements = instance.Module.Binary.Elements[segment];
        ulong available = instance.IsElementDropped(segment) ? 0 : (ulong)elements.Items.Length;
        Span<object?> to = Range(instance.Tables[table], destination, count);
        if (source + count > available)
        {
            throw new TrapException(TrapKind.OutOfBoundsTableAccess);
        }

        Charge(instance, count);
        instance.Store.ThrowIfInterrupted();
        for (int i = 0; i < to.Length; i++)
        {
            if ((i + 1) % ChunkReferences == 0)
            {
                instance.Store.ThrowIfInterrupted();
            }

            to[i] = instance.ElementOf(segment, (int)source + i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Drop(Instance instance, int segment) => instance.DropElement(segment);

    private static Span<object?> Range(Table table, ulong start, ulong count) =>
        count <= (uint)table.Count && start <= (uint)table.Count - count
            ? table.Elements.AsSpan((int)start, (int)count)
            : throw new TrapException(TrapKind.OutOfBoundsTableAccess);

    private static void Charge(Instance instance, ulong amount)
    {
        if (instance.Module.MetersFuel)
        {
            instance.Store.ConsumeFuel((long)amount);
        }
    }
}
