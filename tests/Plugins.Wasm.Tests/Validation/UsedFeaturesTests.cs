using System.Collections.Frozen;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

internal sealed class UsedFeaturesTests
{
    private static IEnumerable<TestCaseData> Uses() => [.. UsesOfTheSecondVersion(), .. UsesOfTheThirdVersion()];

    private static IEnumerable<TestCaseData> UsesOfTheSecondVersion()
    {
        yield return Case("bulk-memory", "memory.fill", Code(code => code
            .I32Const(0).I32Const(0).I32Const(0).Op(Opcode.MemoryFill, 0)).Memory(1));
        yield return Case("bulk-memory", "table.copy", Code(code => code
            .I32Const(0).I32Const(0).I32Const(0).Op(Opcode.TableCopy, 0, 0)).Table(1));
        yield return Case("bulk-memory", "a data count", new ModuleBuilder().Memory(1).Data(0, 1));
        yield return Case("bulk-memory", "passive elements", Code(_ => { }).PassiveElements(0));
        yield return Case("multi-value", "a type", new ModuleBuilder().Type([], [I32, I32]));
        yield return Case("multi-value", "a block", Code(code => code
            .I32Const(0).BlockOfType(Opcode.Block, 1).Drop().End()).Type([I32], []));
        yield return Case("mutable-globals", "an export", new ModuleBuilder()
            .Global(I32, isMutable: true, export: "g"));
        yield return Case("mutable-globals", "an import", new ModuleBuilder().ImportGlobal("a", "g", I32, true));
        yield return Case("nontrapping-fptoint", "the first", Code(code => code
            .F32Const(0).Op(Opcode.I32TruncSatF32S).Drop()));
        yield return Case("nontrapping-fptoint", "the last", Code(code => code
            .F64Const(0).Op(Opcode.I64TruncSatF64U).Drop()));
        yield return Case("gc", "ref.i31", Code(code => code.I32Const(1).Raw(0xFB, 0x1C).Drop()));
        yield return Case("gc", "i31.get_u", Code(code => code.Raw(0xD0, 0x6C, 0xFB, 0x1E).Drop()));
        yield return Case("gc", "ref.eq", Code(code => code.Raw(0xD0, 0x6D, 0xD0, 0x6D, 0xD3).Drop()));
        yield return Case("function-references", "call_ref", Code(code => code.Raw(0xD0, 0, 0x14, 0)));
        yield return Case("function-references", "br_on_null", Code(code => code
            .Raw(0xD0, 0, 0xD5, 0).Drop()));
        yield return Case("sign-ext", "the first", Code(code => code.I32Const(0).Op(Opcode.I32Extend8S).Drop()));
        yield return Case("sign-ext", "the last", Code(code => code.I64Const(0).Op(Opcode.I64Extend32S).Drop()));
        yield return Case("simd128", "a parameter", new ModuleBuilder().Type([V128], []));
        yield return Case("simd128", "a global", new ModuleBuilder().ImportGlobal("a", "g", V128));
        yield return Case("simd128", "a local", new ModuleBuilder().Function([], [], _ => { }, [V128]));
        yield return Case("simd128", "a constant", Code(code => code.Zero(V128).Drop()));
        yield return Case("simd128", "a block", Code(code => code.Block(V128).Op(Opcode.Unreachable).End().Drop()));
        yield return Case("simd128", "a load", Code(code => code
            .I32Const(0).Access(Opcode.V128Load).Drop()).Memory(1));
        yield return Case("reference-types", "a parameter", new ModuleBuilder().Type([ExternRef], []));
        yield return Case("reference-types", "a result", new ModuleBuilder().Type([], [FuncRef]));
        yield return Case("reference-types", "a local", new ModuleBuilder().Function([], [], _ => { }, [FuncRef]));
        yield return Case("reference-types", "a global", new ModuleBuilder().ImportGlobal("a", "g", ExternRef));
        yield return Case("reference-types", "a second table", new ModuleBuilder().Table(1).Table(1));
        yield return Case("reference-types", "a table", new ModuleBuilder().Table(1, kind: ExternRef));
        yield return Case("reference-types", "declared functions", Code(_ => { }).DeclareFunctions(0));
        yield return Case("reference-types", "select", Code(code => code
            .I32Const(0).I32Const(0).I32Const(0).SelectTyped(I32).Drop()));
        yield return Case("reference-types", "ref.is_null", Code(code => code
            .RefNull(FuncRef).Op(Opcode.RefIsNull).Drop()));
        yield return Case("reference-types", "table.size", Code(code => code
            .Op(Opcode.TableSize, 0).Drop()).Table(1));
        yield return Case("reference-types", "table.get", Code(code => code
            .I32Const(0).Op(Opcode.TableGet, 0).Drop()).Table(1));
    }

    private static IEnumerable<TestCaseData> UsesOfTheThirdVersion()
    {
        yield return Case("extended-const", "a global", new ModuleBuilder()
            .Global(I32, value: code => code.I32Const(1).I32Const(2).Op(Opcode.I32Add)));
        yield return Case("extended-const", "an earlier global", new ModuleBuilder()
            .Global(I32).Global(I32, value: code => code.GlobalGet(0)));
        yield return Case("multimemory", "two", new ModuleBuilder().Memory(1).Memory(1));
        yield return Case("multimemory", "the index of the first", Code(code => code
            .I32Const(0).Raw((byte)Opcode.I32Load, 0x42, 0, 0).Drop()).Memory(1));
        yield return Case("multimemory", "a long index", Code(code => code
            .Raw((byte)Opcode.MemorySize, 0x80, 0).Drop()).Memory(1));
        yield return Case("memory64", "a memory", new ModuleBuilder().LongMemory(1));
        yield return Case("memory64", "a long offset", Code(code => code
            .I32Const(0).Raw((byte)Opcode.I32Load, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0).Drop()).Memory(1));
        yield return Case("memory64", "long limits", new ModuleBuilder()
            .MemoryOf(item => item.Bytes(0, 0x81, 0x80, 0x80, 0x80, 0x80, 0)));
        yield return Case("custom-page-sizes", "bytes", new ModuleBuilder().ByteMemory(1));
        yield return Case("wide-arithmetic", "the first", Code(code => code
            .I64Const(0).I64Const(0).I64Const(0).I64Const(0).Op(Opcode.I64Add128).Drop().Drop()));
        yield return Case("wide-arithmetic", "the last", Code(code => code
            .I64Const(0).I64Const(0).Op(Opcode.I64MulWideU).Drop().Drop()));
        yield return Case("tail-call", "direct", Code(code => code.Op(Opcode.ReturnCall, 0)));
        yield return Case("tail-call", "indirect", Code(code => code
            .I32Const(0).Op(Opcode.ReturnCallIndirect, 0, 0)).Table(1));
    }

    [TestCaseSource(nameof(Uses))]
    public void Features_OfAModuleThatUsesOne_AreThatOne(string feature, byte[] module) =>
        Assert.That(Module.Describe(module).Features, Is.EqualTo(new[] { feature }));

    [Test]
    public void Features_OfTheFirstVersionsModule_AreNone()
    {
        byte[] module = new ModuleBuilder().Type([], []).Memory(1).Table(1, export: "t").Global(I32, isMutable: true)
            .Function([I64, F64], [F32], code => code
                .Block().I32Const(0).BrTable(0, 0, 0).End().I32Const(0).CallIndirect(0).F32Const(0), [I32, I64])
            .Elements(0, 0).Build();
        Assert.That(Module.Describe(module).Features, Is.Empty);
    }

    // The bytes of a constant, or of a jump's targets, are not instructions.
    [TestCase("f32.const", new byte[] { 0x43, 0xC0, 0xC0, 0xC0, 0xC0, 0x1A })]
    [TestCase("i32.const", new byte[] { 0x41, 0xC0, 0x00, 0x1A })]
    [TestCase("br_table", new byte[] { 0x41, 0x00, 0x0E, 0x02, 0x80, 0x00, 0x00, 0x00 })]
    public void Features_OfBytesThatLookLikeInstructions_AreNone(string what, byte[] code) =>
        Assert.That(
            Module.Describe(new ModuleBuilder().Type([], []).Function(0, code).Build()).Features, Is.Empty, what);

    [Test]
    public void Features_OfAModuleThatUsesAll_AreInOrder()
    {
        ModuleBuilder module = RichModule.Create().Global(I32, isMutable: true, export: "g").Function([], [], code =>
            code.I32Const(1).Op(Opcode.I32Extend16S).Drop().F32Const(1).Op(Opcode.I64TruncSatF32S).Drop()
                .Zero(V128).Zero(V128).Op(Opcode.I8x16RelaxedSwizzle).Drop());
        Assert.That(Module.Describe(module.Build()).Features, Is.EqualTo(new[]
        {
            "bulk-memory", "multi-value", "mutable-globals", "nontrapping-fptoint", "reference-types",
            "relaxed-simd", "sign-ext", "simd128",
        }));
    }

    [TestCaseSource(nameof(Uses))]
    public void Module_ForAnEngineWithoutTheFeature_IsRefusedWithItsPlace(string feature, byte[] module)
    {
        var others = Module.Features.Where(known => known != feature).ToFrozenSet(StringComparer.Ordinal);
        var refusal = Assert.Throws<UnsupportedFeatureException>(() => Module.Describe(module, others))!;
        Assert.That(refusal.Feature, Is.EqualTo(feature));
        Assert.That(refusal.Remedy, Does.StartWith("Build it "));
        Assert.That(refusal.Offset, Is.InRange(8, module.Length - 1));
        var only = FrozenSet.Create(StringComparer.Ordinal, feature);
        Assert.That(Module.Describe(module, only).Features, Is.EqualTo(only));
    }

    [TestCaseSource(nameof(Uses))]
    public void Module_OfAFeatureThatIsSwitchedOff_IsNotCompiled(string feature, byte[] module)
    {
        ModuleOptions options = new()
        {
            Features = Module.Features.Where(known => known != feature).ToFrozenSet(StringComparer.Ordinal),
        };
        var refusal = Assert.Throws<UnsupportedFeatureException>(() => Module.Compile(module, options))!;
        Assert.That(refusal.Feature, Is.EqualTo(feature));
        Assert.That(refusal.Message, Does.Contain(feature).And.Contain(refusal.Proposal));
        ModuleOptions only = new() { Features = FrozenSet.Create(StringComparer.Ordinal, feature) };
        Assert.That(() => Module.Compile(module, only), Throws.Nothing);
    }

    [Test]
    public void Refusal_OfAnInstruction_NamesItsFunctionAndItsPlace()
    {
        byte[] module = new ModuleBuilder().ImportFunction("a", "f", [], [])
            .Function([], [], code => code.Op(Opcode.Nop))
            .Function([], [], code => code.I32Const(0).Op(Opcode.I32Extend8S).Drop()).Build();
        var refusal = Assert.Throws<UnsupportedFeatureException>(
            () => Module.Describe(module, FrozenSet<string>.Empty))!;
        Assert.That(
            (refusal.FunctionIndex, refusal.Offset),
            Is.EqualTo((2, Array.LastIndexOf(module, (byte)Opcode.I32Extend8S))));
        Assert.That(refusal.Message, Does.Contain("sign-ext").And.Contain("in function 2"));
    }

    [Test]
    public void Module_ForAnEngineOfMoreThanIsKnown_IsDescribed()
    {
        var more = Module.Features.Append("atomics").ToFrozenSet(StringComparer.Ordinal);
        Assert.That(Module.Describe(RichModule.Create().Build(), more).Features, Is.Not.Empty);
        Assert.That(
            () => Module.Describe(Code(code => code.Raw(0xFE, 0x03, 0x00)).Build(), more),
            Throws.TypeOf<UnsupportedFeatureException>());
    }

    [Test]
    public void Features_ThatAreCompiled_AreThose() => Assert.That(
        Module.Features.Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "bulk-memory", "custom-page-sizes", "exception-handling", "extended-const", "function-references",
            "gc", "legacy-exceptions", "memory64", "multi-value", "multimemory", "mutable-globals",
            "nontrapping-fptoint", "reference-types", "relaxed-simd", "sign-ext", "simd128", "tail-call",
            "wide-arithmetic",
        }));

    private static ModuleBuilder Code(Action<CodeBuilder> code) => new ModuleBuilder().Function([], [], code);

    private static TestCaseData Case(string feature, string way, ModuleBuilder module) =>
        new TestCaseData(feature, module.Build()).SetArgDisplayNames($"{feature}, {way}");
}
