using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Binary.Sections;

internal sealed class SectionListTests
{
    private static readonly byte[] Empty = [(byte)SectionId.Custom, 1, 0];

    [Test]
    public void Sections_OfAModule_AreAllThereIs()
    {
        byte[] module = ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 0),
            ModuleBuilder.Section(0, 2, (byte)'h', (byte)'i', 9),
            ModuleBuilder.Section(10, 0));
        Assert.That(Module.Describe(module).Sections, Is.EqualTo(new ModuleSection[]
        {
            new(SectionId.Type, null, 8, 3), new(SectionId.Custom, "hi", 11, 6), new(SectionId.Code, null, 17, 3),
        }));
    }

    [Test]
    public void Sections_OfEveryKind_FollowEachOtherToTheEnd()
    {
        byte[] module = RichModule.Create().Build();
        var sections = Module.Describe(module).Sections;
        Assert.That(sections.Select(section => section.Id), Is.EquivalentTo(Enum.GetValues<SectionId>()[..^1]));
        Assert.That(
            sections.Select(section => section.Offset).Append(module.Length),
            Is.EqualTo(sections.Select(section => section.Offset + section.Length).Prepend(8)));
    }

    [Test]
    public void Listing_OfAModuleThatIsRefused_HasWhatTheModuleHas()
    {
        byte[] module = ModuleBuilder.Assemble(
            ModuleBuilder.Section(13, 1, 0, 0), ModuleBuilder.Section(99, 1, 2), ModuleBuilder.Section(1, 0));
        Assert.That(Module.ListSections(module).Select(section => (int)section.Id), Is.EqualTo(new[] { 13, 99, 1 }));
    }

    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { 1, 5, 0 })]
    [TestCase(new byte[] { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [TestCase(new byte[] { 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [TestCase(new byte[] { 0, 1, 5 })]
    public void Listing_OfASectionThatBreaksOff_EndsBeforeIt(byte[] rest) =>
        Assert.That(Module.ListSections(ModuleBuilder.Assemble(Empty, rest)), Has.Length.EqualTo(1));

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 0x00, 0x61, 0x73, 0x6D })]
    [TestCase(new byte[] { 0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00, 1, 1, 0 })]
    public void Listing_OfWhatIsNoModule_IsEmpty(byte[] bytes) => Assert.That(Module.ListSections(bytes), Is.Empty);

    [Test]
    public void Listing_OfMoreThanTheLimits_StopsThere()
    {
        ModuleLimits limits = new() { CustomSections = 7 };
        byte[] module = ModuleBuilder.Assemble([.. Enumerable.Repeat(Empty, 1000)]);
        Assert.That(Module.ListSections(module, limits), Has.Length.EqualTo(7 + 13));
        Assert.That(Module.ListSections(module, limits with { ModuleBytes = module.Length - 1 }), Is.Empty);
    }

    [Test]
    public void Name_ThatIsLongOrNoText_IsCutAndReplaced()
    {
        byte[] name = [0xFF, .. Enumerable.Repeat((byte)'a', 999)];
        byte[] module = ModuleBuilder.Assemble(ModuleBuilder.Section(0, [0xE8, 0x07, .. name]));
        Assert.That(Module.ListSections(module)[0].Name, Is.EqualTo("\uFFFD" + new string('a', 255)));
    }

    [Test]
    public void Listing_OfAnything_Ends()
    {
        Random random = new(7);
        byte[] bytes = new byte[200];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            Assert.That(() => Module.ListSections(ModuleBuilder.Assemble(bytes)), Throws.Nothing);
        }
    }
}
