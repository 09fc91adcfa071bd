using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Arrays of values, read and written by what all collections share.</summary>
internal static class Elements
{
    private const int FirstBytes = 4_096;
    private const int FewestFirst = 4;

    // A hash table's entry has a hash code, the index of the next and a bucket, and up to half of its entries are free.
    private const int HashedOverhead = 12;
    private const int HashedSlack = 2;

    /// <summary>How many elements to make room for before any was read; a header alone proves little.</summary>
    public static int FirstCapacity<T>(int announced) =>
        Math.Min(announced, Math.Max(FewestFirst, FirstBytes / Unsafe.SizeOf<T>()));

    public static long HashedSize<T>() => HashedSlack * (Unsafe.SizeOf<T>() + HashedOverhead);

    public static T[] ReadArray<T>(ref MessagePackReader reader, PayloadConverter<T> element)
    {
        int length = reader.ReadArrayHeader();
        T[] elements = [];
        for (int i = 0; i < length; i++)
        {
            if (i == elements.Length)
            {
                Array.Resize(ref elements, Grow<T>(ref reader, i, length));
            }

            elements[i] = element.Read(ref reader);
        }

        reader.EndContainer();
        return elements;
    }

    public static List<T> ReadList<T>(ref MessagePackReader reader, PayloadConverter<T> element)
    {
        int length = reader.ReadArrayHeader();
        var elements = new List<T>();
        for (int i = 0; i < length; i++)
        {
            if (i == elements.Capacity)
            {
                elements.Capacity = Grow<T>(ref reader, i, length);
            }

            elements.Add(element.Read(ref reader));
        }

        reader.EndContainer();
        return elements;
    }

    public static void Write<T>(
        ref MessagePackWriter writer,
        scoped ReadOnlySpan<T> values,
        PayloadConverter<T> element)
    {
        writer.WriteArrayHeader(values.Length);
        foreach (T value in values)
        {
            element.Write(ref writer, value);
        }

        writer.EndContainer();
    }

    /// <summary>Writes any sequence; one that does not know its length is copied first.</summary>
    public static void Write<T>(ref MessagePackWriter writer, IEnumerable<T> values, PayloadConverter<T> element)
    {
        switch (values)
        {
            case T[] array:
                Write(ref writer, (ReadOnlySpan<T>)array, element);
                break;
            case List<T> list:
                Write(ref writer, (ReadOnlySpan<T>)CollectionsMarshal.AsSpan(list), element);
                break;
            default:
                Write(ref writer, (ReadOnlySpan<T>)values.ToArray(), element);
                break;
        }
    }

    /// <summary>The next capacity: twice as much, exactly what was announced at the end, and paid for.</summary>
    private static int Grow<T>(ref MessagePackReader reader, int present, int announced)
    {
        int next = present == 0 ? FirstCapacity<T>(announced) : (int)Math.Min(announced, 2L * present);
        reader.Reserve((long)(next - present) * Unsafe.SizeOf<T>());
        return next;
    }
}
