using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.Generator.Tests.Support;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>Documents of an attacker end in a value or in the typed exception, and in nothing else.</summary>
public sealed class HostileTests
{
    private const int Seed = 20_261_121;
    private const int Mutations = 3_000;

    [TestCaseSource(typeof(SampleList), nameof(SampleList.All))]
    public void Document_Mutated_IsReadOrRefused(Sample sample)
    {
        var random = new Random(Seed);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] document = Mutate(sample.Document, random);

            Assert.That(sample.IsReadOrRefused(document), Is.True, () => Convert.ToHexString(document));
        }
    }

    [TestCaseSource(typeof(SampleList), nameof(SampleList.All))]
    public void Document_CutAnywhere_IsRefused(Sample sample)
    {
        byte[] document = sample.Document;
        for (int length = 0; length < document.Length; length++)
        {
            Assert.That(() => sample.Read(document[..length]), Throws.TypeOf<MessagePackException>());
        }
    }

    [Test]
    public void Tree_DeeperThanAllowed_IsRefused()
    {
        byte[] level = [0x81, 0xA8, .. "Children"u8, 0x91];
        byte[] document = [.. Enumerable.Repeat(level, 100_000).SelectMany(part => part)];

        Assert.That(Documents.Refusal<Shop.Tree>(document).Problem, Is.EqualTo(MessagePackProblem.TooDeep));
    }

    [Test]
    public void Circle_OfObjects_IsNotWritten()
    {
        var tree = new Shop.Tree("a", []);
        tree.Children.Add(tree);

        Assert.That(
            () => Documents.Write(tree),
            Throws.TypeOf<MessagePackException>().With.Property("Problem").EqualTo(MessagePackProblem.TooDeep));
    }

    [Test]
    public void Objects_LargeFromAByteEach_AreBounded()
    {
        byte[] document = [0xDD, 0x00, 0x10, 0x00, 0x00, .. Enumerable.Repeat((byte)0x80, 0x10_0000)];

        Assert.That(Documents.Refusal<Shop.Numbers[]>(document).Problem, Is.EqualTo(MessagePackProblem.TooLarge));
    }

    private static byte[] Mutate(byte[] document, Random random)
    {
        byte[] mutated = [.. document];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(mutated.Length);
            mutated = random.Next(4) switch
            {
                0 => [.. mutated[..at], (byte)random.Next(256), .. mutated[at..]],
                1 when mutated.Length > 1 => [.. mutated[..at], .. mutated[(at + 1)..]],
                2 => [.. mutated[..at], .. mutated[random.Next(mutated.Length)..], 0xC0],
                _ => [.. mutated[..at], (byte)random.Next(256), .. mutated[(at + 1)..]],
            };
        }

        return mutated;
    }
}
