using System.Text;

namespace Plugins.Benchmarks.Guests;

/// <summary>
/// Generates modules of any size, out of many functions that do what compiled code does: loops, memory, calls.
/// </summary>
/// <remarks>
/// <c>few</c> runs one function in sixteen, as the first call of a real plugin runs a small part of it; <c>all</c> runs
/// every one. Both take a number and return a checksum. <c>first</c> is <c>few</c> in the shape of the guest ABI.
/// </remarks>
internal static class SampleModule
{
    private const int FewStride = 16;
    private const byte I32 = 0x7F;

    public static byte[] OfSize(int bytes)
    {
        int hundred = Build(300).Length - Build(200).Length;
        return Build(Math.Max(1, bytes * 100 / hundred));
    }

    /// <summary>A module that only has a memory of that many pages.</summary>
    public static byte[] OfPages(int pages) => Module(
        Section(5, [1, 0, .. Number(pages)]),
        Section(7, [1, .. Name("memory"), 2, 0]));

    private static byte[] Build(int count)
    {
        List<byte[]> bodies = [.. Enumerable.Range(0, count).Select(Work)];
        bodies.Add(Caller(count, FewStride));
        bodies.Add(Caller(count, stride: 1));
        List<byte[]> types = bodies.ConvertAll(_ => new byte[] { 0 });
        types.Add([1]);
        bodies.Add(Body([0x41, 1, 0x10, .. Number(count), 0x1A, 0x41, 0], locals: 0));
        return Module(
            Section(1, [2, 0x60, 1, I32, 1, I32, 0x60, 0, 1, I32]),
            Section(3, Vector(types)),
            Section(5, [1, 0, 1]),
            Section(7, Vector(
            [
                [.. Name("few"), 0, .. Number(count)],
                [.. Name("all"), 0, .. Number(count + 1)],
                [.. Name("first"), 0, .. Number(count + 2)],
                [.. Name("memory"), 2, 0],
            ])),
            Section(10, Vector(bodies)));
    }

    /// <summary>Hashes bytes of memory in a loop, stores some back, and branches on what it finds.</summary>
    private static byte[] Work(int index) => Body(
        [
            0x20, 0, 0x41, .. Signed(index * 7919), 0x6A, 0x21, 1, // sum = argument + constant
            0x41, 8, 0x21, 2, // remaining = 8
            0x03, 0x40, // loop
            0x20, 1, 0x41, .. Signed(0x7FFC), 0x71, 0x22, 3, // address = sum & 0x7ffc
            0x28, 2, .. Number(index * 4 % 1024), // load at address + offset
            0x20, 1, 0x41, 13, 0x77, 0x73, 0x41, .. Signed((index * 31) | 1), 0x6A, 0x21, 1, // sum = mixed
            0x20, 1, 0x41, 3, 0x71, 0x04, 0x40, // if (sum & 3)
            0x20, 3, 0x20, 1, 0x3A, 0, .. Number(index % 256), // store a byte
            0x05, 0x20, 3, 0x41, 1, 0x6A, 0x20, 1, 0x36, 2, 4, 0x0B, // else store a word
            0x20, 1, 0x20, 2, 0x4A, 0x04, 0x40, 0x20, 1, 0x41, .. Signed(index + 3), 0x6C, 0x21, 1, 0x0B,
            0x20, 2, 0x41, 1, 0x6B, 0x22, 2, 0x0D, 0, 0x0B, // next round
            0x20, 1,
        ],
        locals: 3);

    private static byte[] Caller(int count, int stride)
    {
        List<byte> code = [];
        for (int function = 0; function < count; function += stride)
        {
            code.AddRange([0x20, 0, 0x10, .. Number(function), 0x21, 0]);
        }

        return Body([.. code, 0x20, 0], locals: 0);
    }

    private static byte[] Body(byte[] code, int locals)
    {
        byte[] declared = locals == 0 ? [0] : [1, (byte)locals, I32];
        byte[] content = [.. declared, .. code, 0x0B];
        return [.. Number(content.Length), .. content];
    }

    private static byte[] Module(params byte[][] sections) =>
        [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, .. sections.SelectMany(section => section)];

    private static byte[] Section(byte id, byte[] content) => [id, .. Number(content.Length), .. content];

    private static byte[] Vector(List<byte[]> items) => [.. Number(items.Count), .. items.SelectMany(item => item)];

    private static byte[] Name(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static List<byte> Number(int value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }

    private static List<byte> Signed(int value)
    {
        List<byte> bytes = [];
        for (; value is < -64 or > 63; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)(value & 0x7F));
        return bytes;
    }
}
