namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Changes bytes of a module: most results are broken in one place, some are still valid.</summary>
internal static class ByteMutation
{
    private static readonly byte[] s_edges = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0x40, 0x0B, 0xFC, 0xFD, 0x70, 0x6F, 0x7B];

    internal static byte[] Apply(byte[] module, SeededBytes random)
    {
        List<byte> bytes = [.. module];
        for (int changes = 1 + random.Below(3); changes > 0; changes--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, SeededBytes random)
    {
        if (bytes.Count < 9)
        {
            return;
        }

        // The magic number and the version are left alone: one test of them is enough.
        int at = 8 + random.Below(bytes.Count - 8);
        int length = Math.Min(1 + random.Below(6), bytes.Count - at);
        switch (random.Below(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                bytes[at] = (byte)random.Below(256);
                break;
            case 2:
                bytes[at] = s_edges[random.Below(s_edges.Length)];
                break;
            case 3:
                bytes.Insert(at, (byte)random.Below(256));
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(8 + random.Below(bytes.Count - 8 - length + 1), length));
                break;
            default:
                bytes[at] += (byte)(random.Below(2) == 0 ? 1 : 255);
                break;
        }
    }
}
