using System.Text;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Debugging;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Debugging;

internal sealed class SourceMapTests
{
    // Two functions of some instructions each.
    private static ModuleBuilder Guest => new ModuleBuilder()
        .Function([], [], code => code.Op(Opcode.Nop).Op(Opcode.Unreachable), export: "first")
        .Function([], [], code => code.Op(Opcode.Nop).Op(Opcode.Unreachable), export: "second");

    [Test]
    public void Find_BetweenMappings_GivesTheOneBefore()
    {
        byte[] map = Map(SourceMappings.Of((Trap(0) - 1, 0, 4, 2), (Trap(1) - 1, 1, 9, 0)));
        var positions = new SourcePositions(Guest.Build(), map);

        Assert.That(positions.Find(Trap(0)).Single(), Is.EqualTo(new SourceFrame(null, new("a.ts", 5, 3))));
        Assert.That(positions.Find(Trap(1)).Single().Position.ToString(), Is.EqualTo("b.ts:10:1"));
    }

    [Test]
    public void Find_InAFunctionWithoutMappings_GivesNothing()
    {
        var positions = new SourcePositions(Guest.Build(), Map(SourceMappings.Of((Trap(0), 0, 4, 2))));

        Assert.That(positions.Find(Trap(0)), Is.Not.Empty);
        Assert.That(positions.Find(Trap(1)), Is.Empty);
        Assert.That(positions.Find(0), Is.Empty);
        Assert.That(positions.Find(-1), Is.Empty);
        Assert.That(positions.Find(int.MaxValue), Is.Empty);
    }

    [Test]
    public void Map_WithARoot_NamesItsFilesWithoutIt()
    {
        byte[] map = Map(SourceMappings.Of((Trap(0), 0, 0, 0)), """ "sourceRoot": "./out", """);

        Assert.That(new SourcePositions(Guest.Build(), map).Find(Trap(0)).Single().Position.File, Is.EqualTo("a.ts"));
    }

    [Test]
    public void Map_InsideTheModulesUrl_IsRead()
    {
        string url = "data:application/json;base64,"
            + Convert.ToBase64String(Map(SourceMappings.Of((Trap(0), 0, 0, 0))));
        byte[] module = WithUrl(url);

        Assert.That(new SourcePositions(module).Find(Trap(0)), Is.Not.Empty);
        Assert.That(new SourcePositions(module).SourceMapUrl, Is.EqualTo(url));
    }

    [TestCase("https://example.com/out.wasm.map")]
    [TestCase("/etc/passwd")]
    [TestCase("data:application/json;base64,====")]
    [TestCase("data:application/json;base64")]
    [TestCase("data:,{}")]
    public void Url_OfAnythingElse_IsOnlyTold(string url)
    {
        var positions = new SourcePositions(WithUrl(url));

        Assert.That(positions.SourceMapUrl, Is.EqualTo(url));
        Assert.That(positions.IsEmpty, Is.True);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\uFFFF")]
    [TestCase("""{ "version": 2, "sources": ["a.ts"], "mappings": "gCAAA" }""")]
    [TestCase("""{ "version": 3, "sources": ["a.ts"] }""")]
    [TestCase("""{ "version": 3, "sources": ["a.ts"], "mappings": 3 }""")]
    [TestCase("""{ "version": 3, "sources": ["a.ts"], "mappings": "!!" }""")]
    [TestCase("""{ "version": 3, "sources": ["a.ts"], "mappings": "gggggggggggggggggggg" }""")]
    [TestCase("""{ "version": 3, "sections": [] }""")]
    public void Map_ThatIsBroken_TellsNothing(string map)
    {
        var positions = new SourcePositions(Guest.Build(), Encoding.UTF8.GetBytes(map));

        Assert.That(positions.IsEmpty, Is.True);
        Assert.That(positions.Find(Trap(0)), Is.Empty);
    }

    [TestCase("[]")]
    [TestCase("[null, null]")]
    [TestCase("[1, {}]")]
    [TestCase("3")]
    public void Map_WithoutTheFile_TellsNothing(string sources)
    {
        byte[] map = Encoding.UTF8.GetBytes(
            $$"""{ "version": 3, "sources": {{sources}}, "mappings": "{{SourceMappings.Of((Trap(0), 0, 0, 0))}}" }""");

        Assert.That(new SourcePositions(Guest.Build(), map).Find(Trap(0)), Is.Empty);
    }

    [Test]
    public void Map_ThatGoesBack_IsReadUpToThere()
    {
        var positions = new SourcePositions(
            Guest.Build(), Map(SourceMappings.Of((Trap(0), 0, 0, 0), (Trap(0) - 1, 1, 1, 1), (Trap(1), 1, 1, 1))));

        Assert.That(positions.Find(Trap(0)), Is.Not.Empty);
        Assert.That(positions.Find(Trap(1)), Is.Empty);
    }

    [Test]
    public void Names_OfHostileLength_AreCut()
    {
        string name = new('x', 5_000), mappings = SourceMappings.Of((Trap(0), 0, 0, 0));
        byte[] map = Encoding.UTF8.GetBytes(
            $$"""{ "version": 3, "sources": ["{{name}}"], "mappings": "{{mappings}}" }""");

        Assert.That(new SourcePositions(Guest.Build(), map).Find(Trap(0)).Single().Position.File,
            Has.Length.EqualTo(257));
    }

    private static byte[] WithUrl(string url) =>
        Guest.Custom("sourceMappingURL", new ByteWriter().Name(url).ToArray()).Build();

    private static int Trap(int function) =>
        ModuleDecoder.Decode(Guest.Build(), ModuleLimits.Default).Bodies[function].Start + 1;

    private static byte[] Map(string mappings, string more = "") => Encoding.UTF8.GetBytes(
        $$"""{ "version": 3, {{more}} "names": [], "sources": ["a.ts", "b.ts"], "mappings": "{{mappings}}" }""");
}
