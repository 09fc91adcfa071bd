using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;

namespace Plugins.Host.MessagePack.Tests.Documents;

/// <summary>A million documents, each damaged in a few places, see nothing but the typed exception.</summary>
internal sealed class MutatedDocumentTests
{
    private const int Documents = 1_000_000;
    private const int Parts = 8;
    private const int Seed = 20_261_121;

    /// <summary>First bytes whose damage is worth more than that of text.</summary>
    private static readonly byte[] s_codes =
        [0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, .. Enumerable.Range(0xC0, 0x40).Select(code => (byte)code)];

    [Test]
    public void Documents_Mutated_GiveAValueOrTheTypedException()
    {
        byte[][] originals =
        [
            .. Enumerable.Range(1, 4).Select(seed => Hex.WriteBytes(Order.Create(seed, 1 + (seed % 2)))),
        ];
        int[] refused = [.. ParallelEnumerable.Range(0, Parts).Select(part => CountRefused(originals, Seed + part))];
        TestContext.Out.WriteLine($"Seed {Seed}: {refused.Sum()} of {Documents} refused");
        Assert.That(refused.Sum(), Is.InRange(Documents / 10, Documents - 1_000));
    }

    /// <summary>Reads half of the documents as a type and half as anything.</summary>
    private static int CountRefused(byte[][] originals, int seed)
    {
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < Documents / Parts; i++)
        {
            byte[] document = Mutate(originals[i % originals.Length], random);
            refused += (i % 8 < 4 ? IsRefused<Order>(document) : IsRefused<object>(document)) ? 1 : 0;
        }

        return refused;
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] document = [.. original];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(document.Length);
            switch (random.Next(6))
            {
                case 0:
                    document[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    document[at] = (byte)random.Next(256);
                    break;
                case 2:
                    document[at] = s_codes[random.Next(s_codes.Length)];
                    break;
                case 3:
                    document = document[..Math.Max(1, at)];
                    break;
                case 4:
                    document = [.. document[..at], s_codes[random.Next(s_codes.Length)], .. document[at..]];
                    break;
                default:
                    document = [.. document[..at], .. document[random.Next(document.Length)..]];
                    document = document.Length == 0 ? [0xC1] : document;
                    break;
            }
        }

        return document;
    }

    private static bool IsRefused<T>(byte[] document)
    {
        try
        {
            Hex.Read<T>(document);
            return false;
        }
        catch (MessagePackPayloadException exception)
            when (exception.Path is not null && exception.Offset <= document.Length)
        {
            return true;
        }
    }
}
