using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>An engine takes exactly the features it names: what one refuses must not slip through another.</summary>
internal sealed class FeatureTests(TestedEngine tested) : EngineContract(tested)
{
    private const int SharedMemory = 3;
    private const int Memory64 = 4;
    private static readonly string[] Everywhere =
    [
        "bulk-memory", "custom-page-sizes", "extended-const", "function-references", "memory64", "multi-value",
        "multimemory", "mutable-globals", "nontrapping-fptoint", "reference-types", "relaxed-simd", "sign-ext",
        "simd128", "tail-call", "wide-arithmetic",
    ];

    private static IEnumerable<TestCaseData> Modules()
    {
        yield return Case("mutable-globals", new ModuleBuilder().Global(I32, isMutable: true, export: "g"));
        yield return Case("sign-ext", Code(code => code.I32Const(1).Op(Opcode.I32Extend8S).Drop()));
        yield return Case("nontrapping-fptoint", Code(code => code.F64Const(1e99).Op(Opcode.I32TruncSatF64S).Drop()));
        yield return Case("multi-value", new ModuleBuilder()
            .Function([], [I32, I32], code => code.I32Const(1).I32Const(2)));
        yield return Case("bulk-memory", Code(code => code
            .I32Const(0).I32Const(0).I32Const(0).Op(Opcode.MemoryFill, 0)).Memory(1));
        yield return Case("reference-types", Code(code => code.RefNull(ExternRef).Drop()));
        yield return Case("simd128", "a type", new ModuleBuilder().Global(V128, value: code => code
            .Raw(0xFD, 0x0C).Raw(new byte[16])));
        yield return Case("simd128", "a local", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x60, 0, 0), ModuleBuilder.Section(3, 1, 0),
            ModuleBuilder.Section(10, 1, 4, 1, 1, 0x7B, 0x0B)));
        yield return Case("simd128", Code(code => code.Raw(0xFD, 0x0C).Raw(new byte[16]).Drop()));
        yield return Case("relaxed-simd", Code(code => code
            .Raw(0xFD, 0x0C).Raw(new byte[16]).Raw(0xFD, 0x0C).Raw(new byte[16]).Raw(0xFD, 0x80, 0x02).Drop()));
        yield return Case("tail-call", Code(code => code.Raw(0x12, 0)));
        yield return Case("tail-call", "by reference", Code(code => code.Raw(0xD0, 0, 0x15, 0)));
        yield return Case("tail-call", "indirect", Code(code => code.I32Const(0).Raw(0x13, 0, 0)).Table(1));
        yield return Case("exception-handling", "try_table", Code(code => code.Raw(0x1F, 0x40, 0).End()));
        yield return Case("legacy-exceptions", "legacy", Code(code => code.Raw(0x06, 0x40, 0x19).End()));
        yield return Case("exception-handling", "an imported tag", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x60, 0, 0), ModuleBuilder.Section(2, 1, 1, 0x61, 1, 0x62, 4, 0, 0)));
        yield return Case("exception-handling", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x60, 0, 0), ModuleBuilder.Section(13, 1, 0, 0)));
        yield return Case("extended-const", new ModuleBuilder()
            .Global(I32, value: code => code.I32Const(1).I32Const(2).Op(Opcode.I32Add)));
        yield return Case("multimemory", new ModuleBuilder().Memory(1).Memory(1).Function([], [], code => code
            .I32Const(0).Raw((byte)Opcode.I32Load, 0x42, 1, 0).Drop()));
        yield return Case("multimemory", "imported", new ModuleBuilder().ImportMemory("a", "m", 1).Memory(1));
        yield return Case("atomics", "an instruction", Code(code => code.Raw(0xFE, 0x03, 0)));
        yield return Case("atomics", ModuleBuilder.Assemble(ModuleBuilder.Section(5, 1, SharedMemory, 1, 2)));
        yield return Case("memory64", ModuleBuilder.Assemble(ModuleBuilder.Section(5, 1, Memory64, 1)));
        yield return Case("memory64", "a table", ModuleBuilder.Assemble(
            ModuleBuilder.Section(4, 1, 0x70, Memory64, 1)));
        yield return Case("gc", "a reference", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x60, 1, 0x6E, 0)));
        yield return Case("gc", "recursive types", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x4E, 1, 0x60, 0, 0)));
        yield return Case("gc", "an instruction", Code(code => code.I32Const(1).Raw(0xFB, 0x1C).Drop()));
        yield return Case("extended-const", "an earlier global", new ModuleBuilder()
            .Global(I32, value: code => code.I32Const(1)).Global(I32, value: code => code.GlobalGet(0)));
        yield return Case("gc", ModuleBuilder.Assemble(ModuleBuilder.Section(1, 1, 0x5F, 0)));
        yield return Case("function-references", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 2, 0x60, 0, 0, 0x60, 1, 0x64, 0, 0)));
        yield return Case("function-references", "a call", Code(code => code.Raw(0xD0, 0, 0x14, 0)));
        yield return Case("function-references", "a table with an element", ModuleBuilder.Assemble(
            ModuleBuilder.Section(4, 1, 0x40, 0, 0x70, 0, 1, 0xD0, 0x70, 0x0B)));
        yield return Case("stack-switching", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 2, 0x60, 0, 0, 0x5D, 0)));
        yield return Case("component-model", [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00]);
        yield return Case("custom-page-sizes", ModuleBuilder.Assemble(ModuleBuilder.Section(5, 1, 8, 1, 0)));
        yield return Case("wide-arithmetic", new ModuleBuilder().Function([], [], code => code
            .I64Const(1).I64Const(1).Raw(0xFC, 0x15).Drop().Drop()));
    }

    [TestCaseSource(nameof(Modules))]
    public void Module_OfAFeature_IsTakenIfAndOnlyIfTheEngineNamesIt(string feature, byte[] module)
    {
        void Compiling() => Engine.Compile(module, ModuleLimits.Default, meterFuel: true);
        if (Engine.Features.Contains(feature))
        {
            Assert.That(Compiling, Throws.Nothing);
            return;
        }

        var fault = FaultOf(Compiling);
        Assert.That((fault.Kind, fault.Subject), Is.EqualTo((EngineFaultKind.UnsupportedFeature, feature)));
        Assert.That(fault.Reason, Does.EndWith(".").And.Contain(": "));
        Assert.That(fault.Offset, Is.InRange(4, module.Length - 1));
    }

    [TestCaseSource(nameof(Modules))]
    public void Module_OfAFeatureThatIsNotAllowed_IsRefusedByItsName(string feature, byte[] module)
    {
        var options = new EngineModuleOptions
        {
            Limits = ModuleLimits.Default,
            MeterFuel = true,
            Features = Engine.Features.Where(known => known != feature).ToHashSet(StringComparer.Ordinal),
        };
        var fault = FaultOf(() => Engine.Compile([.. module], options));
        Assert.That((fault.Kind, fault.Subject), Is.EqualTo((EngineFaultKind.UnsupportedFeature, feature)));
    }

    [Test]
    public void Feature_UsedInAFunction_IsFoundThere()
    {
        byte[] module = new ModuleBuilder().ImportFunction("a", "f", [], [])
            .Function([], [], code => code.Op(Opcode.Nop))
            .Function([], [], code => code.Raw(0xFE, 0x03, 0)).Build();
        Assert.That(FaultOf(() => Engine.Compile(module, ModuleLimits.Default, true)).FunctionIndex, Is.EqualTo(2));
    }

    [Test]
    public void CustomSections_OfAProposal_AreIgnored()
    {
        byte[] hints = [.. "metadata.code.branch_hint"u8];
        byte[] module = ModuleBuilder.Assemble(ModuleBuilder.Section(0, [(byte)hints.Length, .. hints, 1, 0, 0]));
        Assert.That(() => Engine.Compile(module, ModuleLimits.Default, true), Throws.Nothing);
    }

    // Bytes that only look like a proposal's: they end too early, or are in a place where it has nothing.
    [TestCase("a memory of a page size, cut", new byte[] { 5, 2, 1, 8 })]
    [TestCase("a shared memory without a maximum", new byte[] { 5, 3, 1, 2, 0 })]
    [TestCase("a tag section of nothing", new byte[] { 13, 0 })]
    [TestCase("a throw in a constant", new byte[] { 6, 5, 1, 0x7F, 0, 0x08, 0x0B })]
    [TestCase("an unknown vector instruction", new byte[] { 6, 7, 1, 0x7F, 0, 0xFD, 0xFF, 0x7F, 0x0B })]
    public void Bytes_ThatOnlyLookLikeAFeature_AreMalformed(string what, byte[] sections)
    {
        byte[] module = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, .. sections];
        var fault = FaultOf(() => Engine.Compile(module, ModuleLimits.Default, meterFuel: true));
        Assert.That(fault.Kind, Is.EqualTo(EngineFaultKind.Malformed), what);
    }

    [Test]
    public void Features_ThatGuestsHereNeed_AreNamed() => Assert.That(Engine.Features, Is.SupersetOf(Everywhere));

    [Test]
    public void Name_OfAnEngine_IsAShortWord() => Assert.That(Engine.Name, Does.Match("^[a-z0-9-]{1,20}$"));

    [Test]
    public void Version_OfAnEngine_BeginsWithANumber() =>
        Assert.That(Engine.Version, Does.Match(@"^\d{1,4}[.0-9a-z-]*$"));

    private static ModuleBuilder Code(Action<CodeBuilder> code) => new ModuleBuilder().Function([], [], code);

    private static TestCaseData Case(string feature, ModuleBuilder module) => Case(feature, module.Build());

    private static TestCaseData Case(string feature, string way, ModuleBuilder module) =>
        Case(feature, way, module.Build());

    private static TestCaseData Case(string feature, string way, byte[] module) =>
        new TestCaseData(feature, module).SetArgDisplayNames($"{feature}, {way}");

    private static TestCaseData Case(string feature, byte[] module) =>
        new TestCaseData(feature, module).SetArgDisplayNames(feature);
}
