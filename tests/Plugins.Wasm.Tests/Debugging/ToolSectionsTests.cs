using Plugins.Wasm.Debugging;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Debugging;

internal sealed class ToolSectionsTests
{
    [Test]
    public void Producers_WellFormed_AreGiven()
    {
        byte[] section = new ByteWriter().UInt32(2)
            .Name("language").UInt32(1).Name("Rust").Name("")
            .Name("processed-by").UInt32(2).Name("rustc").Name("1.63.0").Name("clang").Name("19.1.7")
            .ToArray();

        Assert.That(Describe("producers", section).Producers, Is.EqualTo(new ModuleProducer[]
        {
            new("language", "Rust", ""), new("processed-by", "rustc", "1.63.0"), new("processed-by", "clang", "19.1.7"),
        }));
    }

    [Test]
    public void TargetFeatures_WellFormed_AreGiven()
    {
        byte[] section = new ByteWriter().UInt32(2).Byte('+').Name("simd128").Byte('-').Name("atomics").ToArray();

        Assert.That(Describe("target_features", section).TargetFeatures, Is.EqualTo(new[] { "+simd128", "-atomics" }));
    }

    [Test]
    public void Sections_ThatAreMissing_GiveNothing()
    {
        ModuleDescription description = Module.Describe(new ModuleBuilder().Build());

        Assert.That(description.Producers, Is.Empty);
        Assert.That(description.TargetFeatures, Is.Empty);
    }

    [TestCase("FF FF FF FF 0F", 0)]
    [TestCase("02 01 61 01 01 62 01 63 05 78", 1)]
    [TestCase("01 01 61 7F", 0)]
    public void Producers_Broken_AreThoseBefore(string section, int expected) =>
        Assert.That(ToolSections.ReadProducers(Hex.Bytes(section)), Has.Count.EqualTo(expected));

    [Test]
    public void Entries_WithoutNumber_AreBounded()
    {
        byte[] entry = new ByteWriter().Byte('+').Name("").ToArray();
        ByteWriter section = new ByteWriter().UInt32(100_000);
        for (int i = 0; i < 100_000; i++)
        {
            section.Bytes(entry);
        }

        Assert.That(ToolSections.ReadTargetFeatures(section.ToArray()), Has.Count.EqualTo(100));
    }

    [Test]
    public void Names_OfHostileLength_AreCut()
    {
        byte[] section = new ByteWriter().UInt32(1).Byte('+').Name(new string('x', 5_000)).ToArray();

        Assert.That(ToolSections.ReadTargetFeatures(section).Single(), Has.Length.EqualTo(257));
    }

    private static ModuleDescription Describe(string name, byte[] section) =>
        Module.Describe(new ModuleBuilder().Custom(name, section).Build());
}
