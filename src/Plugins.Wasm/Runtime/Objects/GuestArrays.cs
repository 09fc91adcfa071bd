using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>The instructions on arrays that compiled code calls, and the interpreter.</summary>
/// <remarks>
/// Ranges are checked whole before anything is written. Fuel is charged beforehand: one for 64 bytes of numbers, one
/// for each reference; then interrupts are looked at. WebAssembly 3.0, section 4.6.8.
/// </remarks>
internal static class GuestArrays
{
    private const int BytesPerFuel = 64;

    /// <summary>Makes an array of one of an instance's types, whose elements are zero or null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Make(Instance instance, int type, uint length) =>
        Make(instance, type, length, isPaid: false);

    private static GuestArray Make(Instance instance, int type, uint length, bool isPaid)
    {
        ObjectLayout layout = instance.LayoutOf(type);
        if (!isPaid)
        {
            Charge(instance, layout, length);
        }

        long bytes = ObjectLayout.EmptyArrayBytes + ((((long)length * layout.ElementBytes) + 7) & ~7L);
        if (length > (uint)Array.MaxLength)
        {
            throw new TrapException(TrapKind.HeapExhausted);
        }

        Allotment home = instance.OwningStore.Heap.TakeArray(ref instance.Allotments[type], layout, bytes);
        instance.OwningStore.ThrowIfInterrupted();
        return new GuestArray(MakeElements(layout.Element, (int)length), home);
    }

    /// <summary>Makes an array whose elements are a number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object MakeOf(Instance instance, int type, ulong value, uint length)
    {
        object made = Make(instance, type, length);
        FillNumbers(
            instance.Store,
            Unsafe.As<GuestArray>(made).Elements,
            instance.LayoutOf(type).Element,
            0,
            value,
            length);
        return made;
    }

    /// <summary>Makes an array whose elements are a vector.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object MakeOfVector(Instance instance, int type, Vector128<byte> value, uint length)
    {
        object made = Make(instance, type, length);
        FillVectors(instance.Store, Vectors(made), value);
        return made;
    }

    /// <summary>Makes an array whose elements are a reference.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object MakeOfReference(Instance instance, int type, object? value, uint length)
    {
        object made = Make(instance, type, length);
        if (value is not null)
        {
            ChunkedWork.Fill(instance.Store, References(made), value);
        }

        return made;
    }

    /// <summary>Makes an array for elements that were on the operand stack, each of which was paid for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object MakeFixed(Instance instance, int type, int length) =>
        Make(instance, type, (uint)length, isPaid: true);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object MakeOfData(Instance instance, int type, int segment, uint start, uint length)
    {
        ReadOnlySpan<byte> data = DataOf(instance, type, segment, start, length);
        object made = Make(instance, type, length);
        CopyData(instance, Unsafe.As<GuestArray>(made).Elements, instance.LayoutOf(type).Element, 0, data);
        return made;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object MakeOfElements(Instance instance, int type, int segment, uint start, uint length)
    {
        CheckElements(instance, segment, start, length);
        object made = Make(instance, type, length);
        CopyElements(instance, References(made), segment, start);
        return made;
    }

    public static int Length(object? array) => Require(array).Elements.Length;

    /// <summary>A number in an array, as a slot holds it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong GetNumber(Array elements, ValueCode code, int index) => code switch
    {
        ValueCode.I8 => Unsafe.As<byte[]>(elements)[index],
        ValueCode.I16 => Unsafe.As<ushort[]>(elements)[index],
        ValueCode.I32 or ValueCode.F32 => (uint)Unsafe.As<int[]>(elements)[index],
        _ => (ulong)Unsafe.As<long[]>(elements)[index],
    };

    public static void SetNumber(Array elements, ValueCode code, int index, ulong value)
    {
        switch (code)
        {
            case ValueCode.I8:
                Unsafe.As<byte[]>(elements)[index] = (byte)value;
                break;
            case ValueCode.I16:
                Unsafe.As<ushort[]>(elements)[index] = (ushort)value;
                break;
            case ValueCode.I32 or ValueCode.F32:
                Unsafe.As<int[]>(elements)[index] = (int)value;
                break;
            default:
                Unsafe.As<long[]>(elements)[index] = (long)value;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Instance instance, int type, object? array, uint start, ulong value, uint length)
    {
        Array elements = RangeOf(array, start, length);
        ObjectLayout layout = instance.LayoutOf(type);
        Charge(instance, layout, length);
        FillNumbers(instance.Store, elements, layout.Element, start, value, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillVector(
        Instance instance, int type, object? array, uint start, Vector128<byte> value, uint length)
    {
        Array elements = RangeOf(array, start, length);
        Charge(instance, instance.LayoutOf(type), length);
        FillVectors(
            instance.Store, Unsafe.As<Vector128<byte>[]>(elements).AsSpan((int)start, (int)length), value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillReference(
        Instance instance, int type, object? array, uint start, object? value, uint length)
    {
        Array elements = RangeOf(array, start, length);
        Charge(instance, instance.LayoutOf(type), length);
        ChunkedWork.Fill(
            instance.Store, Unsafe.As<object?[]>(elements).AsSpan((int)start, (int)length), value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(
        Instance instance, int type, object? to, uint toStart, object? from, uint fromStart, uint length)
    {
        _ = Require(to);
        _ = Require(from);
        Array target = RangeOf(to, toStart, length);
        Array source = RangeOf(from, fromStart, length);
        ObjectLayout layout = instance.LayoutOf(type);
        Charge(instance, layout, length);
        if (layout.Element.IsReference)
        {
            Copy<object?>(instance.Store, target, toStart, source, fromStart, length);
            return;
        }

        switch (layout.Element)
        {
            case ValueCode.I8:
                Copy<byte>(instance.Store, target, toStart, source, fromStart, length);
                break;
            case ValueCode.I16:
                Copy<ushort>(instance.Store, target, toStart, source, fromStart, length);
                break;
            case ValueCode.I32 or ValueCode.F32:
                Copy<int>(instance.Store, target, toStart, source, fromStart, length);
                break;
            case ValueCode.V128:
                Copy<Vector128<byte>>(instance.Store, target, toStart, source, fromStart, length);
                break;
            default:
                Copy<long>(instance.Store, target, toStart, source, fromStart, length);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void InitializeOfData(
        Instance instance, int type, int segment, object? array, uint start, uint from, uint length)
    {
        Array elements = RangeOf(array, start, length);
        ReadOnlySpan<byte> data = DataOf(instance, type, segment, from, length);
        Charge(instance, instance.LayoutOf(type), length);
        CopyData(instance, elements, instance.LayoutOf(type).Element, start, data);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void InitializeOfElements(
        Instance instance, int type, int segment, object? array, uint start, uint from, uint length)
    {
        Array elements = RangeOf(array, start, length);
        CheckElements(instance, segment, from, length);
        Charge(instance, instance.LayoutOf(type), length);
        CopyElements(
            instance, Unsafe.As<object?[]>(elements).AsSpan((int)start, (int)length), segment, from);
    }

    /// <summary>What an array is to the operand stack: null is not one.</summary>
    /// <exception cref="TrapException">It is null.</exception>
    public static GuestArray Require(object? reference) =>
        reference is null ? throw Traps.Create(TrapKind.NullReference) : Unsafe.As<GuestArray>(reference);

    /// <summary>The elements of an array that has the one at an index.</summary>
    /// <exception cref="TrapException">It has not, or is null.</exception>
    public static Array At(object? reference, uint index)
    {
        Array elements = Require(reference).Elements;
        return index < (uint)elements.Length ? elements : throw Traps.Create(TrapKind.OutOfBoundsArrayAccess);
    }

    private static Span<object?> References(object array) =>
        Unsafe.As<object?[]>(Unsafe.As<GuestArray>(array).Elements);

    private static Span<Vector128<byte>> Vectors(object array) =>
        Unsafe.As<Vector128<byte>[]>(Unsafe.As<GuestArray>(array).Elements);

    private static Array MakeElements(ValueCode code, int length) => code switch
    {
        ValueCode.I8 => new byte[length],
        ValueCode.I16 => new ushort[length],
        ValueCode.I32 or ValueCode.F32 => new int[length],
        ValueCode.V128 => new Vector128<byte>[length],
        _ when code.IsReference => new object?[length],
        _ => new long[length],
    };

    private static Array RangeOf(object? array, uint start, uint length)
    {
        Array elements = Require(array).Elements;
        return (ulong)start + length <= (uint)elements.Length
            ? elements
            : throw Traps.Create(TrapKind.OutOfBoundsArrayAccess);
    }

    private static ReadOnlySpan<byte> DataOf(Instance instance, int type, int segment, uint start, uint length)
    {
        DataSegment data = instance.Module.Binary.Data[segment];
        ulong available = instance.IsDataDropped(segment) ? 0 : (ulong)data.Length;
        ulong bytes = (ulong)length * (uint)instance.LayoutOf(type).ElementBytes;
        return start + bytes <= available
            ? instance.Module.Binary.Bytes.AsSpan(data.Start + (int)start, (int)bytes)
            : throw Traps.Create(TrapKind.OutOfBoundsMemoryAccess);
    }

    private static void CheckElements(Instance instance, int segment, uint start, uint length)
    {
        int available = instance.IsElementDropped(segment)
            ? 0
            : instance.Module.Binary.Elements[segment].Items.Length;
        if ((ulong)start + length > (uint)available)
        {
            throw Traps.Create(TrapKind.OutOfBoundsTableAccess);
        }
    }

    private static void CopyElements(Instance instance, Span<object?> to, int segment, uint start)
    {
        for (int i = 0; i < to.Length; i++)
        {
            if (i % ChunkedWork.ChunkElements == 0)
            {
                instance.Store.ThrowIfInterrupted();
            }

            to[i] = instance.ElementOf(segment, (int)start + i);
        }
    }

    private static void Copy<T>(Store store, Array to, uint toStart, Array from, uint fromStart, uint length) =>
        ChunkedWork.Copy(
            store,
            Unsafe.As<T[]>(from).AsSpan((int)fromStart, (int)length),
            Unsafe.As<T[]>(to).AsSpan((int)toStart, (int)length),
            isBackward: toStart > fromStart);

    // Data has the lowest byte first, as processors here have.
    private static void CopyData(
        Instance instance, Array elements, ValueCode code, uint start, ReadOnlySpan<byte> data)
    {
        switch (code)
        {
            case ValueCode.I8:
                CopyData<byte>(instance.Store, elements, start, data);
                break;
            case ValueCode.I16:
                CopyData<ushort>(instance.Store, elements, start, data);
                break;
            case ValueCode.I32 or ValueCode.F32:
                CopyData<int>(instance.Store, elements, start, data);
                break;
            case ValueCode.V128:
                CopyData<Vector128<byte>>(instance.Store, elements, start, data);
                break;
            default:
                CopyData<long>(instance.Store, elements, start, data);
                break;
        }
    }

    private static void CopyData<T>(Store store, Array elements, uint start, ReadOnlySpan<byte> data)
        where T : struct
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(data);
        ChunkedWork.Copy(store, from, Unsafe.As<T[]>(elements).AsSpan((int)start, from.Length), isBackward: false);
    }

    private static void FillVectors(Store store, Span<Vector128<byte>> range, Vector128<byte> value)
    {
        do
        {
            store.ThrowIfInterrupted();
            int elements = Math.Min(ChunkedWork.ChunkElements, range.Length);
            range[..elements].Fill(value);
            range = range[elements..];
        }
        while (range.Length > 0);
    }

    private static void FillNumbers(
        Store store, Array elements, ValueCode code, uint start, ulong value, uint length)
    {
        do
        {
            store.ThrowIfInterrupted();
            int count = (int)Math.Min(ChunkedWork.ChunkElements, length);
            FillChunk(elements, code, (int)start, value, count);
            start += (uint)count;
            length -= (uint)count;
        }
        while (length > 0);
    }

    private static void FillChunk(Array elements, ValueCode code, int start, ulong value, int count)
    {
        switch (code)
        {
            case ValueCode.I8:
                Unsafe.As<byte[]>(elements).AsSpan(start, count).Fill((byte)value);
                break;
            case ValueCode.I16:
                Unsafe.As<ushort[]>(elements).AsSpan(start, count).Fill((ushort)value);
                break;
            case ValueCode.I32 or ValueCode.F32:
                Unsafe.As<int[]>(elements).AsSpan(start, count).Fill((int)value);
                break;
            default:
                Unsafe.As<long[]>(elements).AsSpan(start, count).Fill((long)value);
                break;
        }
    }

    private static void Charge(Instance instance, ObjectLayout layout, uint length)
    {
        if (instance.Module.MetersFuel)
        {
            long bytes = (long)length * layout.ElementBytes;
            instance.Store.ConsumeFuel(layout.Element.IsReference ? length : bytes / BytesPerFuel);
        }
    }
}
