using System.Buffers.Binary;
using System.Text;
using Plugins.Host.MessagePack.Tests.Support;

namespace Plugins.Host.MessagePack.Tests.Documents;

/// <summary>Keys that come twice are found in maps of any size, in time that is linear in them.</summary>
internal sealed class LargeMapTests
{
    private const int Keys = 200_000;

    [TestCase(2)]
    [TestCase(8)]
    [TestCase(9)]
    [TestCase(10)]
    [TestCase(300)]
    [TestCase(20_000)]
    public void Key_ThatComesTwice_IsFound(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"k{i}")];
        Assert.That(() => Hex.Check(Map(names)), Throws.Nothing);
        names[^1] = names[count / 3];
        MessagePackPayloadException refusal = Hex.Refused(Map(names));
        Assert.That(
            (refusal.Problem, refusal.Path), Is.EqualTo((MessagePackProblem.DuplicateKey, $"$.k{count / 3}")));
    }

    [Test]
    public void Maps_InsideALargeOne_HaveKeysOfTheirOwn()
    {
        byte[] inner = Map([.. Enumerable.Range(0, 20).Select(i => $"k{i}")]);
        byte[] outer = Map([.. Enumerable.Range(0, 20).Select(i => $"k{i}")], inner);
        Assert.That(() => Hex.Check(outer), Throws.Nothing);
    }

    // What costs most without a secret in the hash code: keys that differ in a few bytes, and keys in ascending order.
    [TestCase("{0:x8}")]
    [TestCase("{0}")]
    [TestCase("a long part that all keys have, so that comparing costs most {0}")]
    public void Keys_Many_TakeTimeInProportion(string form)
    {
        byte[] few = Map([.. Names(form, Keys / 10)]);
        byte[] many = Map([.. Names(form, Keys)]);
        Hex.Check(few);
        double usual = CpuMilliseconds(() => Repeat(10, () => Hex.Check(few)));
        Assert.That(CpuMilliseconds(() => Hex.Check(many)), Is.LessThan((20 * usual) + 300));
    }

    [Test]
    public void HashCodes_OfTextOfEachLength_AreOfAllItsBytes()
    {
        // Maps of keys that differ in one byte at each place, which would collide if that byte did not count.
        for (int length = 1; length <= 9; length++)
        {
            for (int place = 0; place < length; place++)
            {
                string[] names = [.. Enumerable.Range('0', 60).Select(last => Replace(length, place, (char)last))];
                Assert.That(() => Hex.Check(Map(names)), Throws.Nothing);
            }
        }
    }

    [Test]
    public void Maps_OfFewKeysEach_TakeNoMemory()
    {
        byte[] map = Map(["a", "b", "c"]);
        byte[] document = [0xDC, 0x03, 0xE8, .. Enumerable.Repeat(map, 1_000).SelectMany(bytes => bytes)];
        Hex.Check(document);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Hex.Check(document);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(200));
    }

    private static IEnumerable<string> Names(string form, int count) => Enumerable.Range(0, count)
        .Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i));

    private static string Replace(int length, int place, char value)
    {
        char[] name = [.. Enumerable.Repeat('-', length)];
        name[place] = value;
        return new string(name);
    }

    private static byte[] Map(string[] names, byte[]? value = null)
    {
        var document = new List<byte> { 0xDF, 0, 0, 0, 0 };
        BinaryPrimitives.WriteInt32BigEndian(
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(document)[1..], names.Length);
        foreach (string name in names)
        {
            document.AddRange([0xD9, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. value ?? [0xC0]]);
        }

        return [.. document];
    }

    private static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    }

    private static double CpuMilliseconds(Action action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}
