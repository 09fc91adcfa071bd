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
        "bulk-memory", "multi-value", "mutable-globals", "nontrapping-fptoint", "reference-types", "sign-ext",
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
        yield return Case("simd128", Code(code => code.Raw(0xFD, 0x0C).Raw(new byte[16]).Drop()));
        yield return Case("relaxed-simd", Code(code => code
            .Raw(0xFD, 0x0C).Raw(new byte[16]).Raw(0xFD, 0x0C).Raw(new byte[16]).Raw(0xFD, 0x80, 0x02).Drop()));
        yield return Case("tail-call", Code(code => code.Raw(0x12, 0)));
        yield return Case("exception-handling", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x60, 0, 0), ModuleBuilder.Section(13, 1, 0, 0)));
        yield return Case("extended-const", new ModuleBuilder()
            .Global(I32, value: code => code.I32Const(1).I32Const(2).Op(Opcode.I32Add)));
        yield return Case("multimemory", new ModuleBuilder().Memory(1).Memory(1).Function([], [], code => code
            .I32Const(0).Raw((byte)Opcode.I32Load, 0x42, 1, 0).Drop()));
        yield return Case("atomics", ModuleBuilder.Assemble(ModuleBuilder.Section(5, 1, SharedMemory, 1, 2)));
        yield return Case("memory64", ModuleBuilder.Assemble(ModuleBuilder.Section(5, 1, Memory64, 1)));
        yield return Case("gc", ModuleBuilder.Assemble(ModuleBuilder.Section(1, 1, 0x5F, 0)));
        yield return Case("function-references", ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 2, 0x60, 0, 0, 0x60, 1, 0x64, 0, 0)));
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

        EngineFaultKind[] refusals =
            [EngineFaultKind.Malformed, EngineFaultKind.Invalid, EngineFaultKind.ModuleLimit];
        Assert.That(FaultOf(Compiling).Kind, Is.AnyOf(refusals));
    }

    [Test]
    public void Features_ThatGuestsHereNeed_AreNamed() => Assert.That(Engine.Features, Is.SupersetOf(Everywhere));

    [Test]
    public void Name_OfAnEngine_IsAShortWord() => Assert.That(Engine.Name, Does.Match("^[a-z0-9-]{1,20}$"));

    private static ModuleBuilder Code(Action<CodeBuilder> code) => new ModuleBuilder().Function([], [], code);

    private static TestCaseData Case(string feature, ModuleBuilder module) => Case(feature, module.Build());

    private static TestCaseData Case(string feature, byte[] module) =>
        new TestCaseData(feature, module).SetArgDisplayNames(feature);
}
